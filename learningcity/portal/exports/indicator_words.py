"""Numbers of indicators in words and as rows, as everybody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningcity.cities.models import City
from learningcity.common.tables import Cell, Column, Table
from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import Hiding, people_counted
from learningcity.portal.queries.indicators import Place
from learningcity.sources.enums import Certainty


def value_words(number: Observation) -> str:
    """Return a number as it is said: more than 59; fewer than 10; not shown."""
    if number.hiding == Hiding.SMALL:
        return _("fewer than %(number)s") % {"number": settings.SMALLEST_GROUP}
    if number.value is None:
        return _("not shown")
    value = shown_number(number.value)
    return value if number.qualifier == Qualifier.EXACT else f"{number.get_qualifier_display()} {value}"


def date_words(number: Observation) -> str:
    return shown_date(number.observed_on, number.observed_precision)


def sentence(number: Observation, indicator: Indicator) -> str:
    """Return a number with its date, its unit, its doubt and its source."""
    doubt = f" ({number.get_certainty_display()})" if number.certainty != Certainty.STATED else ""
    return f"{date_words(number)}: {value_words(number)} {indicator.unit}".rstrip() + f"{doubt}; {number.source.title}"


def remarks(number: Observation, said_beside: int) -> str:
    """Return what a reader must know of a number: that others contradict it, that it is in doubt, why it is hidden."""
    told = []
    if number.hiding == Hiding.SMALL:
        told.append(_("hidden: so few that somebody could be recognized"))
    if number.hiding == Hiding.COVER:
        told.append(_("hidden: a small number could be worked out from it"))
    if said_beside > 1:
        told.append(_("the sources differ"))
    if number.certainty != Certainty.STATED:
        told.append(str(number.get_certainty_display()))
    if number.note:
        told.append(str(number.note))
    return capfirst("; ".join(told))


def heading_of(indicator: Indicator) -> str:
    """Return the heading above its numbers: with the unit, where it has one."""
    return f"{_('Number')} ({indicator.unit})" if indicator.unit else _("Number")


def table_over_time(indicator: Indicator, places: Iterable[Place]) -> Table:
    """Return the numbers of places, for each the newest first."""
    columns = (
        Column(_("Place")),
        Column(_("Date")),
        Column(heading_of(indicator), is_number=True),
        Column(_("Remarks")),
        Column(_("Source")),
    )
    rows = tuple(row for place in places for row in _rows_over_time(place))
    return Table(_("All numbers, for each place the newest first"), columns, rows)


def _rows_over_time(place: Place) -> Iterator[tuple[Cell, ...]]:
    for number in reversed(place.numbers):
        beside = {(one.value, one.qualifier) for one in place.numbers if one.observed_on == number.observed_on}
        yield (
            Cell(place.of.name, address_of(place)),
            Cell(date_words(number)),
            Cell(value_words(number)),
            Cell(remarks(number, len(beside))),
            Cell(number.source.title, reverse("source", args=[number.source.slug])),
        )


def table_of_parts(indicator: Indicator, places: Iterable[Place]) -> Table | None:
    """Return the numbers of some of the people of places, if there are any."""
    columns = (
        Column(_("Place")),
        Column(_("Date")),
        Column(_("Whom it counts")),
        Column(heading_of(indicator), is_number=True),
        Column(_("Remarks")),
        Column(_("Source")),
    )
    rows = tuple(
        (
            Cell(place.of.name, address_of(place)),
            Cell(date_words(number)),
            Cell(people_counted(number)),
            Cell(value_words(number)),
            Cell(remarks(number, 1)),
            Cell(number.source.title, reverse("source", args=[number.source.slug])),
        )
        for place in places
        for table in place.tables
        for number in table
    )
    return Table(_("By sex, age, district and disability, as far as a source tells"), columns, rows) if rows else None


def address_of(place: Place) -> str:
    """Return where the numbers of a place stand."""
    if isinstance(place.of, City):
        return reverse("city-indicators", args=[place.of.slug])
    return f"{reverse('about')}#networks"
