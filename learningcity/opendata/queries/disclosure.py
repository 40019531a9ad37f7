"""What everybody may know of the numbers. Whatever is shown to the public goes through here, on pages, in files, in answers.

The limit of ten is the one that California's schools and colleges keep: "information for groups of less than 10 students may
not be reported in aggregated tables", with a second group hidden where the first could be worked out from the total
(calpassplus.org/Launchboard/Suppression). Thai law names no number. Nought is hidden too: that nobody of an age in a district
was found may tell as much of one child as that one was.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import TOTAL, UNITS_OF_PEOPLE, Observation
from learningcity.opendata.queries.hiding import NEVER, Cell, Hiding, hidden_cells

# The numbers that one source gives of one thing in one place on one day stand in one table.
TABLE = ("indicator", "city", "network", "observed_on", "observed_precision", "source")
# Of a record that belongs to an indicator: whether this one counts people.
OF_PEOPLE = Q(indicator__counts_people=True) | Q(
    Q(indicator__unit_th__in=UNITS_OF_PEOPLE) | Q(indicator__unit_en__in=UNITS_OF_PEOPLE),
    indicator__counts_people__isnull=True,
)
TOGETHER = 500
Row = tuple[int, Cell, Decimal]


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


def hidden_among(numbers: QuerySet[Observation]) -> dict[int, Hiding]:
    """Return which of these numbers, and of those that stand in one table with them, are not shown, and why."""
    hidden: dict[int, Hiding] = {}
    for table in _tables(numbers):
        values: dict[Cell, Decimal] = {}
        for _pk, cell, value in table:
            values[cell] = min(value, values.get(cell, value))
        not_shown = hidden_cells(values, settings.SMALLEST_GROUP)
        hidden |= {pk: not_shown[cell] for pk, cell, _value in table if cell in not_shown}
    small = numbers.order_by().filter(OF_PEOPLE, TOTAL, value__lt=settings.SMALLEST_GROUP)
    return dict.fromkeys(small.values_list("pk", flat=True), Hiding.SMALL) | hidden


def _tables(numbers: QuerySet[Observation]) -> Iterator[list[Row]]:
    """Return each table of people in which one of these numbers may stand, whole: with the numbers that were not asked for."""
    divided = Observation.objects.filter(OF_PEOPLE, ~TOTAL, _near(numbers.order_by()))
    days, sources = divided.values("observed_on"), divided.values("source")
    rows = Observation.objects.filter(OF_PEOPLE, _near(divided), observed_on__in=days, source__in=sources)
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    columns = ("pk", "value", "sex", "age_from", "age_to", "district_code", "disability")
    for row in rows.values_list(*TABLE, *columns).iterator():
        pk, value, sex, start, end, district, disability = row[len(TABLE) :]
        ages = None if start is None else (start, NEVER if end is None else end)
        found[row[: len(TABLE)]].append((pk, Cell(sex, ages, district, disability), value))
    return (table for table in found.values() if any(not cell.is_total for _pk, cell, _value in table))


def _near(numbers: QuerySet[Observation]) -> Q:
    """Return what is of the same things and places as these numbers; more than that does no harm, and is found far faster."""
    places = Q(city__in=numbers.values("city")) | Q(network__in=numbers.values("network"))
    return Q(indicator__in=numbers.values("indicator")) & places


def _as_shown(number: Observation, hidden: dict[int, Hiding]) -> Observation:
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
