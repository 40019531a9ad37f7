"""Which cells of a table of people are hidden so that nobody can be recognized in it: a pure function of the table.

A cell below the smallest size is hidden. That alone is not enough: where a table adds up, the only hidden cell is the total
less the others. So a second one is hidden with it, the smallest, and a third, until what a reader can work out by adding and
subtracting along one dimension is again the number of a group that is large enough (complementary suppression).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

# Where an age group without an end ends.
NEVER = 1_000


class Hiding(StrEnum):
    """Why a number is not shown."""

    # It is smaller than the smallest that is shown.
    SMALL = "small"
    # Without it one could work out a small one.
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class Cell:
    """By whom a number of a table counts; empty where it counts all."""

    sex: str = ""
    ages: tuple[int, int] | None = None
    district: str = ""
    disability: str = ""

    @property
    def is_total(self) -> bool:
        return self == TOTAL


TOTAL = Cell()
PARTS = ("sex", "district", "disability")
Values = Mapping[Cell, Decimal]
Hidden = dict[Cell, Hiding]


def hidden_cells(values: Values, smallest: int) -> Hidden:
    """Return the cells of one table (one indicator, place, date and source) that are not shown, and why."""
    hidden: Hidden = {cell: Hiding.SMALL for cell, value in values.items() if value < smallest}
    families = list(_families(values))
    # Each round hides at least one more, or is the last.
    while any(_cover(family, values, hidden, smallest) for family in families):
        pass
    return hidden


@dataclass(frozen=True, slots=True)
class Family:
    """Cells that do not overlap, and the one that counts them all together, if there is one."""

    by: str
    whole: Cell | None
    parts: tuple[Cell, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nobody is left who could be named: people of no known age are none, those of a third sex are."""
        if self.by != "ages":
            return self.by == "disability" and len(self.parts) == 2
        spans = sorted(cell.ages for cell in self.parts if cell.ages)
        ends = (self.whole and self.whole.ages) or (0, NEVER)
        return (spans[0][0], spans[-1][1]) == ends and all(one[1] + 1 == then[0] for one, then in pairwise(spans))


def _families(cells: Iterable[Cell]) -> Iterator[Family]:
    """Return every part of the table that may add up."""
    known = set(cells)
    for name in PARTS:
        parts: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in known:
            if getattr(cell, name):
                parts[_without(cell, name)].append(cell)
        for whole, some in parts.items():
            yield Family(name, whole if whole in known else None, tuple(some))
    yield from _families_of_ages(known)


def _families_of_ages(known: set[Cell]) -> Iterator[Family]:
    """Return for every age group, and for all ages, the groups into which it is divided, in each way that is there."""
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in known:
        if cell.ages:
            parts[_without(cell, "ages")].append(cell)
    for everybody, some in parts.items():
        wholes = [cell for cell in some if any(_lies_in(other, cell) for other in some)]
        for whole in [everybody, *wholes]:
            within = some if whole is everybody else [cell for cell in some if _lies_in(cell, whole)]
            for row in _rows_of(within):
                yield Family("ages", whole if whole in known else None, row)


def _rows_of(cells: list[Cell]) -> list[tuple[Cell, ...]]:
    """Return age groups as rows without overlap: from the fine groups to the coarse ones, each in one row at least."""
    rows: list[tuple[Cell, ...]] = []
    remaining = sorted(cells, key=_span)
    while remaining:
        row: list[Cell] = []
        # The first of the remaining begins a row; any of the others may fill it up.
        for cell in [remaining[0], *sorted(cells, key=_span)]:
            if all(not _overlap(cell, other) for other in row):
                row.append(cell)
        rows.append(tuple(row))
        remaining = [cell for cell in remaining if cell not in row]
    return rows


def _cover(family: Family, values: Values, hidden: Hidden, smallest: int) -> bool:
    """Hide one more cell of a family if a small number could be worked out; tell whether one was hidden."""
    shown = [cell for cell in family.parts if cell not in hidden]
    if not shown or not _is_at_risk(family, values, hidden, smallest):
        return False
    hidden[min(shown, key=lambda cell: (values[cell], _order(cell)))] = Hiding.COVER
    return True


def _is_at_risk(family: Family, values: Values, hidden: Hidden, smallest: int) -> bool:
    """Tell whether what is left of the whole without the shown parts is a small number, or one hidden cell alone."""
    missing = [cell for cell in family.parts if cell in hidden]
    gone = sum((values[cell] for cell in missing), Decimal())
    if family.whole is None:
        # Another source may tell the whole.
        return bool(missing) and (len(missing) == 1 or gone < smallest)
    if family.whole in hidden:
        # The parts would tell the whole.
        return not missing
    # People of whom no part tells stand beside those that are hidden.
    told = sum((values[cell] for cell in family.parts), Decimal())
    untold = Decimal() if family.is_complete else max(values[family.whole] - told, Decimal())
    if len(missing) == 1 and (untold == 0 or (untold < smallest and hidden[missing[0]] == Hiding.SMALL)):
        return True
    return gone + untold < smallest and (bool(missing) or untold > 0)


def _without(cell: Cell, name: str) -> Cell:
    said = {part: getattr(cell, part) for part in (*PARTS, "ages") if part != name}
    return Cell(**said)


def _lies_in(cell: Cell, whole: Cell) -> bool:
    (start, end), (first, last) = cell.ages or (0, NEVER), whole.ages or (0, NEVER)
    return first <= start and end <= last and (start, end) != (first, last)


def _overlap(one: Cell, other: Cell) -> bool:
    (start, end), (first, last) = one.ages or (0, NEVER), other.ages or (0, NEVER)
    return start <= last and first <= end


def _span(cell: Cell) -> tuple[int, int]:
    start, end = cell.ages or (0, NEVER)
    return end - start, start


def _order(cell: Cell) -> tuple[str, tuple[int, int], str, str]:
    return cell.sex, cell.ages or (0, NEVER), cell.district, cell.disability
