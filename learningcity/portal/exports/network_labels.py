"""Names beside the nodes of a picture: as many as find room, the most important first, and none over another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from learningcity.common.pins import width_of

# The size of the letters, and that of the pins whose letters `width_of` measures.
SIZE, PIN_SIZE = 13, 26
LINE = 18.0
# How far a name may reach beyond the outermost nodes.
MARGIN = 230.0
# Longer names are cut here; the whole name stands in the table and in the node's own words.
LONGEST = 34
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


def shortened(name: str) -> str:
    """Return the name, cut at a space if there is one near the end."""
    if len(name) <= LONGEST:
        return name
    cut = name[: LONGEST - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > LONGEST // 2 else cut}…"


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
    words = shortened(spot.name)
    width = width_of(words) * SIZE / PIN_SIZE
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
