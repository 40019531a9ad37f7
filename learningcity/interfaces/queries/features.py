"""What can be drawn on a map: the tables of the platform whose rows have a place, as features."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone

from learningcity.opendata.queries.changes import content_version
from learningcity.opendata.registry import Publication, publication_named, publications

Feature = dict[str, Any]
# Coordinates in decimal degrees: some centimeters.
DECIMALS = 7
# Features on a page: where nobody says how many, and however many somebody wants.
DEFAULT, MOST = 100, 1_000


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world. Where its west lies east of its east, it reaches over the date line."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        between = self.west <= longitude <= self.east
        over = self.west > self.east and (longitude >= self.west or longitude <= self.east)
        return self.south <= latitude <= self.north and (between or over)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which features are asked for."""

    limit: int
    box: Box | None = None
    # Behind the feature of this id.
    after: str = ""
    # Passing over so many: not in the standard, but many programs count so.
    offset: int = 0


def collections() -> list[Publication]:
    """Return the tables whose rows have a place."""
    return [publication for publication in publications() if publication.has_places]


def collection_named(name: str) -> Publication | None:
    publication = publication_named(name)
    return publication if publication and publication.has_places else None


def features(publication: Publication) -> list[Feature]:
    """Return all features of a table, by id; they are kept until something is changed, or the day is over."""
    return known_features(publication.name, content_version(), timezone.localdate())


@lru_cache(maxsize=4)
def known_features(name: str, version: int, day: dt.date) -> list[Feature]:
    publication = publication_named(name)
    rows = publication.rows() if publication else ()
    return sorted((feature(publication, row) for row in rows if publication), key=lambda one: one["id"])


def feature(publication: Publication, row: tuple[Any, ...]) -> Feature:
    """Return a row as a feature of GeoJSON: longitude first; without a geometry where the place is not known."""
    said = dict(zip((column.name for column in publication.columns), map(plain, row), strict=True))
    identifier = ":".join(str(said[name]) for name in publication.key)
    latitude, longitude = said.pop(publication.latitude), said.pop(publication.longitude)
    geometry = None
    if latitude is not None and longitude is not None:
        place = [round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)]
        geometry = {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": said}


def plain(value: Any) -> Any:
    """Return a value as JSON can say it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    number = float(value)
    return number if math.isfinite(number) else None


def selected(publication: Publication, selection: Selection) -> tuple[list[Feature], int, bool]:
    """Return the features that are asked for, how many there are in all, and whether more follow."""
    found = [one for one in features(publication) if selection.box is None or lies_in(one, selection.box)]
    rest = [one for one in found if one["id"] > selection.after][selection.offset :]
    return rest[: selection.limit], len(found), len(rest) > selection.limit


def lies_in(one: Feature, box: Box) -> bool:
    return one["geometry"] is not None and box.holds(*one["geometry"]["coordinates"])


def feature_named(publication: Publication, identifier: str) -> Feature | None:
    return next((one for one in features(publication) if one["id"] == identifier), None)


def extent(publication: Publication) -> list[float] | None:
    """Return the box around all features, if any has a place."""
    places = [one["geometry"]["coordinates"] for one in features(publication) if one["geometry"]]
    if not places:
        return None
    east, north = (max(place[axis] for place in places) for axis in (0, 1))
    west, south = (min(place[axis] for place in places) for axis in (0, 1))
    return [west, south, east, north]
