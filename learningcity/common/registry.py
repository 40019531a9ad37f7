"""What the floors above add to every page. They say it here when they start, because common knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Way:
    """A page that everybody who is signed in finds above the masthead."""

    # From the left: where it stands in the line, whichever app starts first.
    place: int
    # The name of its address.
    name: str
    # Its words, for the person who reads them.
    label: Callable[[Any], str]


ways: list[Way] = []
# The way among them with which the trails to everybody's own pages begin, as these trails call it.
desks: list[Way] = []
