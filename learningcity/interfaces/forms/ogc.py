"""What may be asked of OGC API - Features: exactly the parameters that its document names (17-069r4, 7.14 and 7.15)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from learningcity.interfaces.queries.features import DEFAULT, MOST, Box, Selection

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MOMENT = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?"
DATETIME = re.compile(rf"{MOMENT}|(?:{MOMENT}|\.\.|)/(?:{MOMENT}|\.\.|)", re.ASCII)


class Wrong(Exception):
    """A parameter is unknown, or has a value that it cannot have."""


def only(given: Mapping[str, str], *known: str) -> None:
    """Do nothing where all parameters are known.

    :raises Wrong: if one is not: a filter that is passed over in silence gives wrong data.
    """
    if unknown := sorted(given.keys() - {"f", *known}):
        raise Wrong(f"There is no parameter {unknown[0]!r}.")
    if given.get("f", "json") != "json":
        raise Wrong("f is json.")


def read_selection(given: Mapping[str, str]) -> Selection:
    """Return which features are asked for.

    :raises Wrong: if it cannot be understood.
    """
    only(given, "bbox", "bbox-crs", "crs", "datetime", "limit", "after", "offset")
    for word in ("crs", "bbox-crs"):
        # Programs that know other systems ask for this one by name.
        if given.get(word, CRS84) not in (CRS84, f"[{CRS84}]"):
            raise Wrong(f"{word} is {CRS84}: longitude, then latitude.")
    # No feature has a time of its own, so all of them are of any time; but the question must be one.
    if "datetime" in given and (not DATETIME.fullmatch(given["datetime"]) or given["datetime"] == "/"):
        raise Wrong("datetime is a moment of RFC 3339, or an interval of two with a slash between them.")
    return Selection(
        limit=read_limit(given["limit"]) if "limit" in given else DEFAULT,
        box=read_box(given["bbox"]) if "bbox" in given else None,
        after=given.get("after", ""),
        offset=read_offset(given["offset"]) if "offset" in given else 0,
    )


def read_limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= 1):
        raise Wrong("limit is a number from 1 on.")
    return min(int(text), MOST)


def read_offset(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Wrong("offset is a number from 0 on.")
    return int(text)


def read_box(text: str) -> Box:
    """Return a box; heights, where they are given, say nothing about places that have none.

    :raises Wrong: if it is not made of four or six numbers in their order.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise Wrong("bbox is west,south,east,north (or six numbers with heights), in degrees.")
    half = len(numbers) // 2
    west, south, east, north = numbers[0], numbers[1], numbers[half], numbers[half + 1]
    if south > north:
        raise Wrong("In bbox the south lies north of the north.")
    return Box(west, south, east, north)
