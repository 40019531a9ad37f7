"""Which cells of a table of people are hidden so that nobody can be recognized in it: a pure function of the table.

A cell below the smallest size is hidden. That alone is not enough: where a table adds up, the only hidden cell is the total
less the others. So a second one is hidden with it, the smallest, and a third, until what a reader can work out by adding and
subtracting along one dimension is again the number of a group that is large enough (complementary suppression).

A table in several dimensions tells more: who adds up along one can subtract along another. So the hidden cells are tried
together, by all sums that are shown, as whoever wants to know them would (see ranges). While what is hidden as small can be
told, or told too nearly, one more cell is hidden beside it. After A. Hundepool et al., Statistical Disclosure Control (Wiley,
2012), chapters 4 and 5; also the handbook of the same title of the European statistical offices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from learningcity.opendata.queries.ranges import Ranges, Unknown

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


def hidden_cells(values: Values, smallest: int, also: Iterable[Cell] = ()) -> Hidden:
    """Return the cells of one table (one indicator, place and date) that are not shown, and why; some are hidden already."""
    said = tuple(sorted(values.items(), key=lambda said: _order(said[0])))
    return dict(_hidden_cells(said, smallest, frozenset(also)))


@lru_cache(maxsize=512)
def _hidden_cells(said: tuple[tuple[Cell, Decimal], ...], smallest: int, also: frozenset[Cell]) -> Hidden:
    values = dict(said)
    hidden: Hidden = {cell: Hiding.SMALL for cell, value in said if value < smallest}
    hidden |= dict.fromkeys(sorted(also - hidden.keys(), key=_order), Hiding.COVER)
    families, sums = list(_families(values)), Sums(values)
    # Each round hides at least one more, or is the last.
    while any(_cover(family, values, hidden, smallest) for family in families) or _cover_told(sums, hidden, smallest):
        pass
    return hidden


class Sums:
    """All that adds up in a table, also over cells that it leaves out: men and all are given, and so are women."""

    def __init__(self, said: Values) -> None:
        self.said = said
        self.values = dict(said)
        self._add_wholes()
        while self._add_rests():
            self._add_wholes()
        self.families = list(_families(self.values))

    def _add_wholes(self) -> None:
        """Add what the parts make up: from the finest to the coarsest, which are made up of them."""
        wholes = {whole for cell in self.values for whole in _wholes_of(cell)} - self.values.keys()
        families = list(_families([*self.values, *sorted(wholes, key=_order)]))
        for cell in sorted(wholes, key=lambda one: (-_depth(one), _span(one), _order(one))):
            parts = [family.parts for family in families if family.whole == cell]
            self.values[cell] = max(sum((self.values[part] for part in some), Decimal()) for some in parts)

    def _add_rests(self) -> bool:
        """Add each part that alone is missing beside its whole and the others; tell whether there was one."""
        rests: dict[Cell, Decimal] = {}
        for name in PARTS:
            known = {getattr(cell, name) for cell in self.values} - {""}
            for family in _families_by(name, self.values.keys()):
                missing = known - {getattr(part, name) for part in family.parts}
                if len(missing) == 1 and family.whole in self.values:
                    rest = self.values[family.whole] - sum(self.values[part] for part in family.parts)
                    if rest >= 0:
                        rests.setdefault(replace(family.whole, **{name: missing.pop()}), rest)
        self.values |= rests
        return bool(rests)

    def among(self, hidden: Hidden, smallest: int) -> tuple[dict[Cell, int], Ranges]:
        """Return what is not shown, each with its place, and between which values it can lie."""
        places = {
            cell: place for place, cell in enumerate(cell for cell in self.values if not self._is_shown(cell, hidden))
        }
        unknown = [_unknown(Fraction(self.values[cell]), hidden.get(cell), smallest) for cell in places]
        sums: list[dict[int, int]] = []
        for family in self.families:
            added = {places[cell]: 1 for cell in family.parts if cell in places}
            if family.whole is None or not (added or family.whole in places):
                continue
            untold = Fraction(self.values[family.whole] - sum(self.values[cell] for cell in family.parts))
            # A whole that is less than its parts says nothing of them.
            if untold < 0:
                continue
            if family.whole in places:
                added[places[family.whole]] = -1
            if untold:
                added[len(unknown)] = 1
                unknown.append(_unknown(untold, None, smallest))
            sums.append(added)
        return places, Ranges(unknown, sums)

    def nearest_shown(self, cell: Cell, hidden: Hidden) -> Cell | None:
        """Return the smallest shown cell of the families nearest to a hidden one, or None where none is left but the total."""
        seen, ring = {cell}, {cell}
        while ring:
            near = {one for family in self.families if ring & family.cells for one in family.cells}
            shown = [one for one in near if self._is_shown(one, hidden) and not one.is_total]
            if shown:
                return min(shown, key=lambda one: (self.values[one], _order(one)))
            ring = near - seen
            seen |= near
        return None

    def _is_shown(self, cell: Cell, hidden: Hidden) -> bool:
        return cell in self.said and cell not in hidden


def _cover_told(sums: Sums, hidden: Hidden, smallest: int) -> bool:
    """Hide one more cell beside each small one that the sums tell, or tell within a quarter of what is small."""
    small = [cell for cell, why in hidden.items() if why == Hiding.SMALL]
    if not small:
        return False
    places, ranges = sums.among(hidden, smallest)
    width = Fraction(max(smallest // 4, 1))
    told = [cell for cell in small if not ranges.is_wide(places[cell], width)]
    more = {cover for cell in told if (cover := sums.nearest_shown(cell, hidden))}
    hidden |= dict.fromkeys(more, Hiding.COVER)
    return bool(more)


def _unknown(value: Fraction, why: Hiding | None, smallest: int) -> Unknown:
    """Return what everybody knows of a number: where a reason is told, on which side of the limit it lies."""
    if why == Hiding.SMALL:
        return Unknown(value, min(Fraction(), value), max(Fraction(smallest - 1), value), value, value)
    return Unknown(value, Fraction(smallest if why else 0), None, value, value)


@dataclass(frozen=True, slots=True)
class Family:
    """Cells that do not overlap, and the one that counts them all together, if there is one."""

    by: str
    whole: Cell | None
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> set[Cell]:
        return {*self.parts, *([self.whole] if self.whole else ())}

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
    # In the order given: every process has to hide the same.
    known = dict.fromkeys(cells)
    for name in PARTS:
        yield from _families_by(name, known)
    yield from _families_of_ages(known)


def _families_by(name: str, known: Collection[Cell]) -> Iterator[Family]:
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in known:
        if getattr(cell, name):
            parts[_without(cell, name)].append(cell)
    for whole, some in parts.items():
        yield Family(name, whole if whole in known else None, tuple(some))


def _families_of_ages(known: Collection[Cell]) -> Iterator[Family]:
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


def _wholes_of(cell: Cell) -> set[Cell]:
    """Return every cell that counts these people and others, told apart by less."""
    wholes = {cell}
    for name in (*PARTS, "ages"):
        wholes |= {_without(one, name) for one in wholes}
    return wholes - {cell}


def _depth(cell: Cell) -> int:
    return sum(bool(part) for part in (cell.sex, cell.ages, cell.district, cell.disability))


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
