"""How often one may ask in a minute, counted by all processes together.

Each process takes tickets in lots from the shared count, so that most questions cost no look at it. Whoever asks through
several processes may lose the tickets of a lot that nobody used: a few of hundred.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.core.cache import cache

WINDOW = 60
LOTS = 20
REMEMBERED = 10_000


@dataclass
class Tickets:
    """What a process has of somebody's tickets of this minute, and how many all processes took."""

    left: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much somebody may still ask."""

    limit: int
    remaining: int
    seconds: int
    is_spent: bool = False
    # Whether tickets had to be taken from the shared count.
    is_first: bool = False

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Policy": f"{self.limit};w={WINDOW}",
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds),
        }


_tickets: OrderedDict[tuple[str, int], Tickets] = OrderedDict()
_guard = threading.Lock()


def draw(who: str, limit: int) -> Allowance:
    """Take one ticket for somebody, if there is one left this minute."""
    now = time.time()
    minute, seconds = int(now // WINDOW), WINDOW - int(now % WINDOW)
    with _guard:
        mine = _tickets.setdefault((who, minute), Tickets())
        while len(_tickets) > REMEMBERED:
            _tickets.popitem(last=False)
        if is_first := not mine.left:
            take_lot(who, minute, limit, mine)
        is_spent = not mine.left
        mine.left -= 0 if is_spent else 1
        return Allowance(limit, mine.left + max(0, limit - mine.taken), seconds, is_spent, is_first)


def take_lot(who: str, minute: int, limit: int, mine: Tickets) -> None:
    """Take some tickets of the shared count."""
    key = f"api:{minute}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    taken = cache.get(key, 0)
    lot = min(max(1, limit // LOTS), max(0, limit - taken))
    mine.taken = taken + lot
    mine.left = lot
    if lot:
        cache.set(key, mine.taken, 2 * WINDOW)


def forget() -> None:
    """Forget the tickets of this process; tests begin with none."""
    with _guard:
        _tickets.clear()
