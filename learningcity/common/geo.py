"""The map of Thailand: from a file of boundaries to paths that SVG can draw. Pure functions, computed once."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.conf import settings

WIDTH, HEIGHT = 600, 1100
WEST, EAST = 97.2, 105.8
NORTH = 20.65
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProvinceShape:
    """The area of a province as the `d` of an SVG path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Thailand:
    """The map: the land, the borders between provinces, and each province as an area."""

    width: int
    height: int
    land: str
    borders: str
    provinces: tuple[ProvinceShape, ...]


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def project(lat: float, lon: float) -> tuple[float, float]:
    """Return where a place lies on the map (Mercator)."""
    scale = WIDTH / math.radians(EAST - WEST)
    return (
        round(math.radians(float(lon) - WEST) * scale, 1),
        round((_mercator(NORTH) - _mercator(float(lat))) * scale, 1),
    )


@cache
def thailand() -> Thailand:
    """Return the map of Thailand."""
    topology = json.loads((settings.ROOT / "data/map/thailand.topo.json").read_text())
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["provinces"]["geometries"]
    uses = Counter(_index(arc) for shape in shapes for arc in _arcs_of(shape))
    coast = [arc for arc in uses if uses[arc] == 1]
    return Thailand(
        WIDTH,
        HEIGHT,
        "".join(_area(ring) for ring in _rings(coast, arcs)),
        "".join(_line(arcs[arc]) for arc in uses if uses[arc] > 1),
        tuple(ProvinceShape(shape["id"], _province_path(shape, arcs)) for shape in shapes),
    )


def outline() -> tuple[ProvinceShape, ...]:
    """Return the provinces as areas."""
    return thailand().provinces


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[Point] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        across, down = project(y * scale_y + move_y, x * scale_x + move_x)
        point = (round(across), round(down))
        if not points or points[-1] != point:
            points.append(point)
    return points


def _index(arc: int) -> int:
    """Return the number of an arc; a negative one means the same arc walked backwards."""
    return arc if arc >= 0 else ~arc


def _arcs_of(shape: dict[str, Any]) -> Iterable[int]:
    return (arc for polygon in shape["arcs"] for ring in polygon for arc in ring)


def _province_path(shape: dict[str, Any], arcs: list[list[Point]]) -> str:
    path = ""
    for polygon in shape["arcs"]:
        for ring in polygon:
            points: list[Point] = []
            for arc in ring:
                points += (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[1 if points else 0 :]
            path += _area(points)
    return path


def _rings(coast: Iterable[int], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return closed lines, joined from those pieces of coast and frontier that belong to one province only."""
    open_ends: list[list[Point]] = [arcs[arc] for arc in coast]
    rings = []
    while open_ends:
        ring = list(open_ends.pop())
        while ring[0] != ring[-1]:
            following = next((piece for piece in open_ends if ring[-1] in (piece[0], piece[-1])), None)
            if following is None:
                break
            open_ends.remove(following)
            ring += following[1:] if following[0] == ring[-1] else following[::-1][1:]
        rings.append(ring)
    return rings


def _line(points: Sequence[Point]) -> str:
    steps = [f"M{points[0][0]} {points[0][1]}l"]
    for (from_x, from_y), (to_x, to_y) in pairwise(points):
        x, y = f"{to_x - from_x}", f"{to_y - from_y}"
        # A minus parts numbers as well as a space does.
        separator = "" if len(steps) == 1 or x.startswith("-") else " "
        steps.append(f"{separator}{x}{y if y.startswith('-') else ' ' + y}")
    return "".join(steps)


def _area(points: Sequence[Point]) -> str:
    return f"{_line(points)}z" if len(points) > 2 else ""
