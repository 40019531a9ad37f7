"""What belongs to what, where both stand in one list: who comes first, and who belongs to itself in the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

IN_A_CIRCLE = -1
T = TypeVar("T", str, int)


def depths(above: Mapping[T, T | None]) -> dict[T, int]:
    """Return how many of the list stand above each, and IN_A_CIRCLE for those that belong to themselves in the end."""
    found: dict[T, int] = {}
    for start in above:
        path: dict[T, int] = {}
        here: T | None = start
        while here is not None and here in above and here not in found and here not in path:
            path[here] = len(path)
            here = above[here]
        way = list(path)
        if here is not None and here in path:
            found |= dict.fromkeys(way[path[here] :], IN_A_CIRCLE)
            way = way[: path[here]]
        for each in reversed(way):
            upper = above[each]
            found[each] = 0 if upper is None or upper not in found else found[upper] + 1
    return found
