"""What everybody may know of the numbers. Whatever is shown to the public goes through here, on pages, in files, in answers.

The limit of ten is the one that California's schools and colleges keep: "information for groups of less than 10 students may
not be reported in aggregated tables", with a second group hidden where the first could be worked out from the total
(calpassplus.org/Launchboard/Suppression). Thai law names no number. Nought is hidden too: that nobody of an age in a district
was found may tell as much of one child as that one was.

What several sources say of one thing on one day stands in one table: who knows the total of one and a part of another can
subtract them too. And a share of a group that is hidden would tell how many it is of, so it is hidden with it.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import TOTAL, UNITS_OF_PEOPLE, Observation
from learningcity.opendata.queries.hiding import NEVER, Cell, Hiding, hidden_cells

# The numbers of one thing in one place on one day stand in one table, whoever says them.
PLACE_AND_DAY = ("city", "network", "observed_on")
TABLE = ("indicator", *PLACE_AND_DAY)
WHOM = ("sex", "age_from", "age_to", "district_code", "disability")
# Of a record that belongs to an indicator: whether this one counts people.
OF_PEOPLE = Q(indicator__counts_people=True) | Q(
    Q(indicator__unit_th__in=UNITS_OF_PEOPLE) | Q(indicator__unit_en__in=UNITS_OF_PEOPLE),
    indicator__counts_people__isnull=True,
)
# Of a record that belongs to an indicator: whether it says how many of how many.
OF_SHARES = Q(indicator__unit_th__in=("%", "เปอร์เซ็นต์", "‰")) | Q(indicator__unit_en__in=("%", "percent", "‰"))
OF_SHARES |= Q(indicator__unit_th__startswith="ร้อยละ") | Q(indicator__unit_th__startswith="ต่อ")
OF_SHARES |= Q(indicator__unit_en__istartswith="per ")
TOGETHER = 500
Hidden = dict[int, Hiding]


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a table, and by which source."""

    pk: int
    cell: Cell
    value: Decimal
    source: int


def public_numbers(numbers: QuerySet[Observation]) -> Iterator[Observation]:
    """Return these numbers as everybody may see them: of small groups of people no value and no note.

    What is hidden says "less than" the smallest group that is shown (settings.SMALLEST_GROUP), or, where it only covers
    another one, nothing: its ``value`` is None. Records that come from here are for showing and never for saving.
    """
    hidden = hidden_among(numbers)
    for number in numbers.select_related("indicator").iterator(TOGETHER):
        yield _as_shown(number, hidden)


def disclosed(numbers: Iterable[Observation]) -> list[Observation]:
    """Return numbers that were read already as everybody may see them (see public_numbers), in the same order."""
    numbers = list(numbers)
    parts = [number.pk for number in numbers if not number.is_total]
    hidden = hidden_among(Observation.objects.filter(pk__in=parts)) if parts else {}
    return [_as_shown(number, hidden) for number in numbers]


def hidden_among(numbers: QuerySet[Observation]) -> Hidden:
    """Return which of these numbers, and of those that stand in one table with them, are not shown, and why."""
    hidden = _hidden_people(numbers)
    alone = Q(OF_PEOPLE, TOTAL, value__lt=settings.SMALLEST_GROUP) | Q(OF_SHARES, ~TOTAL)
    shares = {}
    for pk, *key in numbers.order_by().filter(alone).values_list("pk", *PLACE_AND_DAY, *WHOM):
        if cell_of(*key[3:]).is_total:
            hidden.setdefault(pk, Hiding.SMALL)
        else:
            shares[pk] = (*key[:3], cell_of(*key[3:]))
    return hidden | _hidden_shares(shares) if shares else hidden


def cell_of(sex: str, start: int | None, end: int | None, district: str, disability: str) -> Cell:
    """Return by whom a number counts."""
    return Cell(sex, None if start is None else (start, NEVER if end is None else end), district, disability)


def _hidden_people(numbers: QuerySet[Observation]) -> Hidden:
    """Return which numbers of the tables of people in which some of these stand are not shown, and why."""
    hidden: Hidden = {}
    for table in _tables(numbers):
        not_shown = _hidden_in(table)
        for said in table:
            # Another source may say of the same people that they are many; of everybody each speaks for itself.
            if said.value < settings.SMALLEST_GROUP:
                hidden[said.pk] = Hiding.SMALL
            elif said.cell in not_shown and not said.cell.is_total:
                hidden[said.pk] = Hiding.COVER
    return hidden


def _hidden_in(table: list[Said]) -> set[Cell]:
    """Return what is not shown of a table, neither by what each source says nor by what all say together."""
    by_source: dict[int, dict[Cell, Decimal]] = defaultdict(dict)
    together: dict[Cell, Decimal] = {}
    for said in table:
        for values in (by_source[said.source], together):
            values[said.cell] = min(said.value, values.get(said.cell, said.value))
    tables = [together] if len(by_source) == 1 else [together, *by_source.values()]
    hidden, before = set[Cell](), None
    # What one table hides, the others hide too, and then may have to hide more.
    while hidden != before:
        before = set(hidden)
        for values in tables:
            hidden |= hidden_cells(values, settings.SMALLEST_GROUP, hidden & values.keys()).keys()
    return hidden


def _hidden_shares(shares: Mapping[int, tuple[Any, ...]]) -> Hidden:
    """Return which shares are not shown: those of people of whom any number is hidden in the same place on the same day."""
    cities, networks, days, _cells = map(set, zip(*shares.values(), strict=True))
    here = Q(city__in=cities - {None}) | Q(network__in=networks - {None})
    people = Observation.objects.filter(OF_PEOPLE, ~TOTAL, here, observed_on__in=days)
    hidden = people.filter(pk__in=list(_hidden_people(people))).values_list(*PLACE_AND_DAY, *WHOM)
    keys = {(*key[:3], cell_of(*key[3:])) for key in hidden}
    return {pk: Hiding.COVER for pk, key in shares.items() if key in keys}


def _tables(numbers: QuerySet[Observation]) -> Iterator[list[Said]]:
    """Return each table of people in which one of these numbers may stand, whole: with the numbers that were not asked for."""
    divided = Observation.objects.filter(OF_PEOPLE, ~TOTAL, _near(numbers.order_by()))
    rows = Observation.objects.filter(OF_PEOPLE, _near(divided), observed_on__in=divided.values("observed_on"))
    found: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
    for row in rows.values_list(*TABLE, "pk", "value", "source", *WHOM).iterator():
        pk, value, source = row[len(TABLE) : len(TABLE) + 3]
        found[row[: len(TABLE)]].append(Said(pk, cell_of(*row[len(TABLE) + 3 :]), value, source))
    return (table for table in found.values() if any(not said.cell.is_total for said in table))


def _near(numbers: QuerySet[Observation]) -> Q:
    """Return what is of the same things and places as these numbers; more than that does no harm, and is found far faster."""
    places = Q(city__in=numbers.values("city")) | Q(network__in=numbers.values("network"))
    return Q(indicator__in=numbers.values("indicator")) & places


def _as_shown(number: Observation, hidden: Hidden) -> Observation:
    """Return the number, or, if it is hidden, a copy that does not hold it."""
    why = hidden.get(number.pk)
    if why is None and number.is_total and number.value < settings.SMALLEST_GROUP and number.indicator.is_of_people:
        why = Hiding.SMALL
    if why is None:
        return number
    shown = copy.copy(number)
    shown.hiding = why
    # A note may tell what the number would.
    shown.note_th = shown.note_en = ""
    if why == Hiding.SMALL:
        shown.value, shown.qualifier = Decimal(settings.SMALLEST_GROUP), Qualifier.LESS_THAN
    else:
        shown.value, shown.qualifier = None, Qualifier.EXACT  # type: ignore[assignment]  # a copy that is never saved
    return shown
