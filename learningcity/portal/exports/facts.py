"""Numbers and milestones as rows of a file, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from learningcity.cities.models import Milestone
from learningcity.opendata.models import Observation
from learningcity.portal.exports.lists import Rows, called, dated
from learningcity.sources.models import Source


def number_headings() -> list[str]:
    """Return the headings of the list of numbers."""
    told = called(Observation, "value", "qualifier", "observed_on", "certainty", "note_th", "note_en")
    place = [_("Indicator"), _("Unit"), _("City"), _("Network")]
    return [*place, *told, _("Source"), *called(Source, "url"), _("Key")]


def number_rows(numbers: Iterable[Observation]) -> Rows:
    """Return numbers as rows."""
    for one in numbers:
        yield (
            one.indicator.name,
            one.indicator.unit,
            one.city.name if one.city else "",
            one.network.name if one.network else "",
            Decimal(f"{one.value.normalize():f}"),
            one.get_qualifier_display(),
            dated(one.observed_on, one.observed_precision),
            one.get_certainty_display(),
            one.note_th,
            one.note_en,
            one.source.title,
            one.source.url,
            one.indicator.slug,
        )


def milestone_headings() -> list[str]:
    """Return the headings of the list of milestones."""
    told = called(Milestone, "happened_on", "text_th", "text_en", "certainty")
    return [_("City"), *told, _("Source"), *called(Source, "url"), _("Key")]


def milestone_rows(milestones: Iterable[Milestone]) -> Rows:
    """Return milestones as rows."""
    for one in milestones:
        date, certainty = dated(one.happened_on, one.happened_precision), one.get_certainty_display()
        source = one.source
        yield (one.city.name, date, one.text_th, one.text_en, certainty, source.title, source.url, one.slug)
