"""Names beside the nodes of a picture: as many as find room, the most important first, and none over another."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

# The size of the letters, the height of a line, and how wide a letter is, roughly, in either script.
SIZE, LINE = 13, 18.0
LATIN, THAI = 7.0, 7.6
# How far a name may reach beyond the outermost nodes.
MARGIN = 205.0
# Longer names are cut here, or, where there is little room, there; the whole name stands in the table and in the node's own words.
LONGEST, SHORT = 30, 18
CELL = 48.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node that may have a name: where it stands, how far it reaches, and the side on which there is room."""

    name: str
    x: float
    y: float
    across: float
    down: float
    # Whether the middle of what it is tied to lies to its right, so that its name is better on the left.
    leftward: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is drawn."""

    words: str
    x: float
    y: float
    anchor: str
    box: Box


def shortened(name: str, longest: int = LONGEST) -> str:
    """Return the name, cut at a space if there is one near the end."""
    if len(name) <= longest:
        return name
    cut = name[: longest - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > longest // 2 else cut}…"


def width_of(words: str) -> float:
    """Return how wide a name is drawn: Thai vowels and tone marks above and below take no room."""
    return sum(LATIN if letter.isascii() else THAI for letter in words if unicodedata.category(letter) != "Mn")


def placed(spots: list[Spot], frame: Box) -> list[Label | None]:
    """Return a label for each spot that finds room for one; those named first choose first."""
    taken = Taken()
    for spot in spots:
        taken.add((spot.x - spot.across, spot.y - spot.down, spot.x + spot.across, spot.y + spot.down))
    return [_first_free(spot, taken, frame) for spot in spots]


def _first_free(spot: Spot, taken: Taken, frame: Box) -> Label | None:
    for label in _choices(spot):
        left, top, right, bottom = label.box
        inside = left >= frame[0] and top >= frame[1] and right <= frame[2] and bottom <= frame[3]
        if inside and taken.is_free(label.box):
            taken.add(label.box)
            return label
    return None


def _choices(spot: Spot) -> Iterator[Label]:
    for longest in (LONGEST, SHORT) if len(spot.name) > SHORT else (LONGEST,):
        yield from _beside(spot, shortened(spot.name, longest))


def _beside(spot: Spot, words: str) -> Iterator[Label]:
    """Yield the name on all four sides, the best one first."""
    width = width_of(words)
    base = spot.y + SIZE * 0.36
    right = (spot.x + spot.across + 4, base, "start")
    left = (spot.x - spot.across - 4, base, "end")
    below = (spot.x, spot.y + spot.down + SIZE, "middle")
    above = (spot.x, spot.y - spot.down - 5, "middle")
    for x, y, anchor in (*((left, right) if spot.leftward else (right, left)), below, above):
        start = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
        yield Label(words, x, y, anchor, (start, y - SIZE, start + width, y - SIZE + LINE))


class Taken:
    """The boxes that are taken, found by the cells of a grid that they touch."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self.cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return not any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1]
            for cell in _cells(box)
            for other in self.cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(edge // CELL) for edge in box)
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))
