"""Pins on a map and their names, placed so that no name covers another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from learningcity.common.geo import HEIGHT, WIDTH, project

LETTER, LINE, GAP, HEAD = 15.0, 36.0, 15.0, 10.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """A place to show, with the page it leads to."""

    label: str
    lat: float
    lon: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPin:
    """A pin where it is drawn: its head, its name, and a line between them where the name had to move away."""

    label: str
    href: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    leader: str

    @property
    def head(self) -> str:
        """The path of the head: a square on its corner, as the crossings of the cloth."""
        return f"M{self.x} {self.y - HEAD}l{HEAD} {HEAD}-{HEAD} {HEAD}-{HEAD}-{HEAD}z"


def width_of(label: str) -> float:
    """Return how wide a name is drawn, roughly: Thai vowels and tone marks above and below take no room."""
    return LETTER * sum(1 for letter in label if unicodedata.category(letter) != "Mn")


def placed(pins: Iterable[Pin]) -> tuple[PlacedPin, ...]:
    """Return the pins, each with the nearest place for its name that is still free."""
    spots = [(pin, *project(pin.lat, pin.lon)) for pin in pins]
    taken: list[Box] = [(x - HEAD, y - HEAD, x + HEAD, y + HEAD) for _, x, y in spots]
    found = {}
    for pin, x, y in sorted(spots, key=lambda spot: spot[2]):
        width = width_of(pin.label)
        choices = list(_choices(x, y, width))
        chosen = next((choice for choice in choices if _is_free(choice[0], taken)), choices[0])
        box, text_x, text_y, anchor = chosen
        taken.append(box)
        moved = abs(text_y - LINE / 3 - y) > LINE
        leader = f"M{x} {y}L{text_x} {text_y - LINE / 3:.0f}" if moved else ""
        found[pin] = PlacedPin(pin.label, pin.href, x, y, text_x, text_y, anchor, leader)
    return tuple(found[pin] for pin, *_ in spots)


def _choices(x: float, y: float, width: float) -> Iterator[tuple[Box, float, float, str]]:
    """Yield places for a name: right, left, then both sides ever further up and down."""
    for drop in (0, 24, -24, 40, -40, 64, -64, 88, -88, 120, -120):
        away = GAP + abs(drop) / 4
        middle = y + drop
        yield _box(x + away, middle, width), x + away, middle + LINE / 3, "start"
        yield _box(x - away - width, middle, width), x - away, middle + LINE / 3, "end"


def _box(left: float, middle: float, width: float) -> Box:
    return left, middle - LINE / 2, left + width, middle + LINE / 2


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > WIDTH or top < 0 or bottom > HEIGHT:
        return False
    return all(right < other[0] or left > other[2] or bottom < other[1] or top > other[3] for other in taken)
