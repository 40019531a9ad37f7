"""The part of an objective's form in which one target is told: a few fields with a number in their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.forms import NumberField, VagueDateField, number_value
from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.models import Indicator, Observation
from learningcity.plans.models import Target
from learningcity.plans.queries import last_day
from learningcity.sources.fields import SourceChoice, day_value

OWN_START = ("start", "start_on", "source")
NAMES = ("indicator", "baseline", *OWN_START, "value", "due")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one target in the form: the first, the second …"""

    position: int

    def name(self, field: str) -> str:
        """Return the name of a field of this slot."""
        return f"target{self.position}_{field}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.name(field) for field in NAMES)


def slot_fields(slot: Slot, choices: dict[str, list[tuple[str, str]]]) -> dict[str, forms.Field]:
    """Return the fields of a slot, none of them required, because a slot may stay empty."""
    fields: dict[str, forms.Field] = {
        "indicator": forms.ChoiceField(
            label=gettext_lazy("What is counted"), choices=choices["indicator"], required=False
        ),
        "baseline": forms.ChoiceField(
            label=gettext_lazy("Where the city starts"),
            choices=choices["baseline"],
            required=False,
            help_text=gettext_lazy(
                "A number that is published here already. If it is not here, fill in the next fields."
            ),
        ),
        "start": NumberField(label=gettext_lazy("Or another starting number"), required=False, digits=20, places=4),
        "start_on": VagueDateField(label=gettext_lazy("Its date"), required=False),
        "source": SourceChoice(
            label=gettext_lazy("Its source"),
            required=False,
            help_text=gettext_lazy("One that is not in the list is a new one: describe it at the end of the form."),
        ),
        "value": NumberField(label=gettext_lazy("Target number"), required=False, digits=20, places=4),
        "due": VagueDateField(label=gettext_lazy("By when"), required=False),
    }
    return {slot.name(name): field for name, field in fields.items()}


def target_choices(place: str) -> dict[str, list[tuple[str, str]]]:
    """Return what there is to choose from in a city: what can be counted, and its numbers."""
    indicators = Indicator.objects.order_by("position", "slug")
    numbers = _numbers_of(place).select_related("indicator").order_by("indicator__position", "-observed_on", "pk")
    return {
        "indicator": [("", _("No target here")), *((one.slug, str(one.name)) for one in indicators)],
        "baseline": [("", _("Choose …")), *((str(said.pk), _number_words(said)) for said in numbers)],
    }


def clean_slot(
    slot: Slot, cleaned: dict[str, Any], place: str, complain: Callable[[str, ValidationError], None]
) -> bool:
    """Try the fields of a slot together, and tell whether there is a target in it."""
    said = {name: cleaned.get(slot.name(name)) for name in NAMES}
    if not any(said.values()):
        return False

    def wrong(name: str, words: str) -> None:
        complain(slot.name(name), ValidationError(words, code="invalid"))

    missing = {
        "indicator": _("Say what is counted."),
        "value": _("A target needs its number."),
        "due": _("Say by when."),
    }
    for name, words in missing.items():
        if said[name] is None or said[name] == "":
            wrong(name, words)
    start, since = _clean_start(said, place, wrong)
    if said["value"] is not None and start == said["value"]:
        wrong("value", _("The target is the number you start from: nothing would change."))
    if said["due"] and since and last_day(said["due"].date, said["due"].precision) < since:
        wrong("due", _("The target is due before the day from which it starts."))
    return True


def _clean_start(said: dict[str, Any], place: str, wrong: Callable[[str, str], None]) -> tuple[Any, Any]:
    """Try where a target starts, and return the number and its day as far as they are known."""
    if said["baseline"]:
        if any(said[name] for name in OWN_START):
            wrong("baseline", _("Choose a published number or give another one, not both."))
        number = _numbers_of(place).select_related("indicator").get(pk=said["baseline"])
        if said["indicator"] and number.indicator.slug != said["indicator"]:
            wrong("baseline", _("This number counts something else than the target."))
        return number.value, number.observed_on
    if said["start"] is None:
        wrong(
            "baseline", _("Say where the city starts: choose a published number, or give one with its date and source.")
        )
    elif not said["start_on"]:
        wrong("start_on", _("A starting number needs its date."))
    if said["start"] is not None and not said["source"]:
        wrong("source", _("A starting number needs its source."))
    return said["start"], said["start_on"].date if said["start_on"] else None


def slot_values(target: Target) -> dict[str, str]:
    """Return what the form shows of a target."""
    slot = Slot(target.position)
    said = {
        "indicator": target.indicator.slug,
        "baseline": str(target.baseline_id or ""),
        "start": number_value(target.baseline_value),
        "start_on": day_value(target.baseline_on, target.baseline_precision),
        "source": target.baseline_source.slug if target.baseline_source else "",
        "value": number_value(target.value),
        "due": day_value(target.due_on, target.due_precision),
    }
    return {slot.name(name): value for name, value in said.items()}


def _numbers_of(place: str) -> QuerySet[Observation]:
    return Observation.totals.filter(city__slug=place)


def _number_words(said: Observation) -> str:
    number = f"{shown_number(said.value)} {said.indicator.unit}".strip()
    return f"{said.indicator.name}: {number} ({shown_date(said.observed_on, said.observed_precision)})"
