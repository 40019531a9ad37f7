"""Rows that name other rows of their file: brought into an order in which what is named comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice

from learningcity.common.descent import IN_A_CIRCLE, depths
from learningcity.common.sheets.headings import heading_key
from learningcity.imports.registry import Table

# A department in a faculty in a university has two others above it.
MOST_ABOVE = 20
Pair = tuple[int, dict[str, str]]


class Kin:
    """Which row names which, by number; what is called so in the database alone does not matter here."""

    def __init__(self, table: Table, rows: Iterable[Pair]) -> None:
        named: dict[str, int] = {}
        # What several rows are called.
        self.several: set[str] = set()
        upper: dict[int, str] = {}
        for number, cells in rows:
            for key in keys_of(table, cells):
                if named.setdefault(key, number) != number:
                    self.several.add(key)
            upper[number] = heading_key(cells.get(table.within, ""))
        self.depth = depths({number: named.get(key) for number, key in upper.items()})

    def is_in_a_circle(self, number: int) -> bool:
        return self.depth.get(number) == IN_A_CIRCLE

    def is_too_deep(self, number: int) -> bool:
        return self.depth.get(number, 0) > MOST_ABOVE


def keys_of(table: Table, cells: Mapping[str, str]) -> set[str]:
    """Return what other rows may call a row."""
    return {key for name in table.called(cells) if (key := heading_key(name))}


def parts(rows: Iterable[Pair], most: int) -> Iterator[list[Pair]]:
    """Return the rows in their order, so many at once."""
    several = iter(rows)
    while part := list(islice(several, most)):
        yield part


def parts_by_depth(rows: list[Pair], kin: Kin, most: int) -> Iterator[list[Pair]]:
    """Return the rows so many at once, and none together with one that it names, or before it."""

    def depth(row: Pair) -> int:
        # Those that are too deep are refused, whatever their order.
        return min(kin.depth[row[0]], MOST_ABOVE + 1)

    for _depth, level in groupby(sorted(rows, key=depth), depth):
        yield from parts(level, most)
