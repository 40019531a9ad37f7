"""Fields that several apps share."""

from __future__ import annotations

from typing import Any

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
