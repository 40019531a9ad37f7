"""Fields that several apps share."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.thai.dates import Precision
from learningcity.common.thai.sorting import sort_key


class SortKeyField(models.CharField):
    """The Thai dictionary order of another field, kept up on every save."""

    def __init__(self, *, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 500, "editable": False, "db_collation": "C", **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, record: models.Model, add: bool) -> str:
        key = sort_key(getattr(record, self.of))
        setattr(record, self.attname, key)
        return key


def precision_field() -> Any:
    """Return the field that says how exactly the date beside it is known."""
    return models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.DAY)


def unknown_parts_are_one(date: str, precision: str, name: str) -> models.CheckConstraint:
    """Return a constraint that keeps two rows from storing the same vague date differently."""
    first_of_month = Q(**{f"{date}__day": 1})
    return models.CheckConstraint(
        name=name,
        condition=Q(**{precision: Precision.DAY})
        | (Q(**{precision: Precision.MONTH}) & first_of_month)
        | (Q(**{precision: Precision.YEAR}) & first_of_month & Q(**{f"{date}__month": 1}))
        | Q(**{f"{date}__isnull": True}),
        violation_error_message=_("A date known to the month starts on the 1st; one known to the year, on 1 January."),
    )


def in_order(start: str, end: str, name: str) -> models.CheckConstraint:
    """Return a constraint that a period does not end before it starts."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        violation_error_message=_("The end lies before the start."),
    )


def latitude_field(between: tuple[int, int] = (-90, 90)) -> Any:
    """Return the field for how far north a point lies, in degrees of WGS 84; about a meter exactly."""
    return _degrees(_("latitude"), *between)


def longitude_field(between: tuple[int, int] = (-180, 180)) -> Any:
    """Return the field for how far east a point lies, in degrees of WGS 84; about a meter exactly."""
    return _degrees(_("longitude"), *between)


def _degrees(label: Any, least: int, most: int) -> Any:
    return models.DecimalField(
        label,
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
    )


def at_a_whole_point(name: str, message: Any = None, **also: Any) -> models.CheckConstraint:
    """Return a constraint that a record has both coordinates, on the globe and with what else belongs to them, or none.

    What is said otherwise of their ranges counts.
    """
    on_the_globe = {"latitude__range": (-90, 90), "longitude__range": (-180, 180)}
    # A range says nothing of what is not there, and what says nothing is let pass.
    point = Q(latitude__isnull=False, longitude__isnull=False, **{**on_the_globe, **also})
    return models.CheckConstraint(
        name=name,
        condition=Q(latitude__isnull=True, longitude__isnull=True) | point,
        violation_error_message=message or _("A location needs latitude and longitude."),
    )
