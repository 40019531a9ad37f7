"""Features of GeoJSON (RFC 7946) as records, and whether their places are where the standard wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from learningcity.common.columnar.coordinates import EASTMOST, NORTHMOST, SOUTHMOST, WESTMOST

EAST, NORTH, OUTLINE = "longitude", "latitude", "geometry"
# Degrees of WGS 84, east first: what the standard means, under the names that programs gave it.
WGS84 = ("crs84", "epsg:4326", "epsg::4326")
EXAMPLES = 3
DEEPEST = 6


@dataclass(slots=True)
class Places:
    """What was seen of the places of a file."""

    features: int = 0
    points: int = 0
    missing: int = 0
    outlines: int = 0
    outside: int = 0
    swapped: int = 0
    # Numbers of the first features that are meant.
    rows_outside: list[int] = field(default_factory=list)
    rows_swapped: list[int] = field(default_factory=list)
    # Coordinates that are no degrees.
    foreign: int = 0

    def crs(self, said: Any) -> str:
        """Return the name of the reference system, where it is another one than the standard's."""
        properties = said.get("properties") if isinstance(said, dict) else None
        name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
        if name and not name.lower().endswith(WGS84):
            return name[:100]
        return "?" if self.foreign * 2 > self.features - self.missing > 0 else ""


def is_feature(record: Any) -> bool:
    return isinstance(record, dict) and record.get("type") == "Feature" and "geometry" in record


def as_records(features: Iterable[Any], places: Places) -> Iterator[dict[str, Any]]:
    """Return a record for each feature: its place, its id, and its properties under their names."""
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        said = dict(properties) if isinstance(properties, dict) else {}
        if isinstance(feature, dict) and "id" in feature and "id" not in said:
            said = {"id": feature["id"], **said}
        places.features += 1
        yield placed(geometry, number, places) | {_free(name): value for name, value in said.items()}


def placed(geometry: Any, number: int, places: Places) -> dict[str, Any]:
    """Return the columns of a place, and note where it lies."""
    position = first_position(geometry.get("coordinates"), DEEPEST) if isinstance(geometry, dict) else None
    if position is None and not (isinstance(geometry, dict) and geometry.get("geometries")):
        places.missing += 1
        return {}
    if position is not None:
        _note(position, number, places)
    if geometry.get("type") == "Point" and position is not None:
        places.points += 1
        return {EAST: position[0], NORTH: position[1]}
    places.outlines += 1
    return {OUTLINE: json.dumps(geometry, ensure_ascii=False, separators=(",", ":"))}


def first_position(coordinates: Any, deepest: int) -> tuple[float, float] | None:
    """Return the first position of a geometry, if it is one."""
    if not isinstance(coordinates, list) or not coordinates or not deepest:
        return None
    if len(coordinates) >= 2 and all(type(one) in (int, float) for one in coordinates[:2]):
        return float(coordinates[0]), float(coordinates[1])
    return first_position(coordinates[0], deepest - 1)


def _note(position: tuple[float, float], number: int, places: Places) -> None:
    east, north = position
    if abs(east) > 180 or abs(north) > 180:
        places.foreign += 1
    elif SOUTHMOST <= east <= NORTHMOST and WESTMOST <= north <= EASTMOST:
        places.swapped += 1
        places.rows_swapped += [number] if len(places.rows_swapped) < EXAMPLES else []
    elif not (SOUTHMOST <= north <= NORTHMOST and WESTMOST <= east <= EASTMOST):
        places.outside += 1
        places.rows_outside += [number] if len(places.rows_outside) < EXAMPLES else []


def _free(name: str) -> str:
    """Return the name of a property, other than those that the place itself takes."""
    return f"{name}_" if name in (EAST, NORTH, OUTLINE) else name
