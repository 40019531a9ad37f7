"""Where the headings of a table stand, and which column each of them names: in Thai, in English or as machines call it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from learningcity.common.thai.words import clean

# Titles, logos and notes stand above the headings; a table that begins later is none.
FURTHEST = 30
IN_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
UNSEEN = re.compile(r"[\s*_\-./:,()\[\]]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """On which rows the headings stand, and under which place each column is found."""

    # How many lines of the sheet come before the first row of the table.
    end: int
    places: Mapping[str, int]
    # Headings that name no column of ours, and columns that are named twice.
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


@lru_cache(10_000)
def heading_key(text: str) -> str:
    """Return what all ways to write a heading share."""
    return UNSEEN.sub("", clean(text)).casefold()


class Names:
    """Every name of every column."""

    def __init__(self, columns: Mapping[str, Iterable[str]]) -> None:
        self.column_of = {heading_key(name): column for column, names in columns.items() for name in (column, *names)}

    def column(self, *texts: str) -> str:
        """Return the column that the first of the texts names which names one."""
        for text in texts:
            for written in (text, IN_BRACKETS.sub("", text)):
                if found := self.column_of.get(heading_key(written)):
                    return found
        return ""

    def known(self, row: Sequence[str]) -> int:
        return len({column for cell in row if (column := self.column(cell))})


def find_headings(rows: Sequence[Sequence[str]], names: Names, required: Iterable[str]) -> Headings | None:
    """Return where the headings stand among the first rows of a sheet, or nothing.

    They may take two rows: a group above its parts, or one language above the other.
    """
    found = [_headings(rows, first, names) for first in range(min(len(rows), FURTHEST))]
    wanted = set(required)
    # The most columns, the required ones first; of equal ones the topmost.
    best = max(found, key=lambda each: (len(wanted & each.places.keys()), len(each.places)), default=None)
    return best if best and len(best.places) >= min(2, len(set(names.column_of.values()))) else None


def likeness(rows: Sequence[Sequence[str]], names: Names) -> int:
    """Return how many columns the best row of headings names."""
    return max((names.known(row) for row in rows[:FURTHEST]), default=0)


def _headings(rows: Sequence[Sequence[str]], first: int, names: Names) -> Headings:
    top = rows[first]
    single = _mapped(first + 1, [(cell,) for cell in top], names)
    if first + 1 >= len(rows):
        return single
    below = rows[first + 1]
    width = max(len(top), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (top, below))
    pairs = [
        (f"{one} {other}", f"{other} {one}", other, one) if one and other and one != other else (other or one,)
        for one, other in zip(upper, lower, strict=True)
    ]
    double = _mapped(first + 2, pairs, names)
    alone = names.known(below)
    # A second row that itself is made of headings belongs to them; a row of the table hardly names a column.
    if len(double.places) > max(len(single.places), alone) or (
        len(single.places) >= 2 and alone * 2 > len(single.places)
    ):
        return double
    return single


def _mapped(end: int, written: Sequence[tuple[str, ...]], names: Names) -> Headings:
    columns = [names.column(*texts) for texts in written]
    counted = Counter(column for column in columns if column)
    return Headings(
        end=end,
        places={column: place for place, column in reversed(list(enumerate(columns))) if column},
        unknown=tuple(texts[0] for texts, column in zip(written, columns, strict=True) if texts[0] and not column),
        doubled=tuple(column for column, times in counted.items() if times > 1),
    )
