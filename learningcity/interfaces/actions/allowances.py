"""How much one may ask in a minute, counted by all processes together, whichever interface is asked.

A question costs points by the work that it makes. Each process takes points in lots: the first lot of each minute without
asking, so that whoever asks little costs nothing at all; every other from a shared count. Several processes so give a
twentieth more each, and may lose points of a lot that nobody used.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.core.cache import cache

from learningcity.audit.queries import head
from learningcity.interfaces.actions.keys import note_key_used
from learningcity.interfaces.queries import keys

WINDOW = 60
LOTS = 20
REMEMBERED = 10_000
# Of what a page of a list costs, one record costs so little that ten thousand may be read one by one in a minute.
RECORD, QUESTION, TABLE = 1, 40, 120


class UnknownKey(Exception):
    """The key is none of ours, or was revoked."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: from where, and with which key."""

    address: str
    token: str = ""


@dataclass
class Points:
    """What a process has of somebody's points of this minute, and how many all processes took of the shared ones."""

    left: int
    lot: int
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much somebody may still ask, in questions that cost as much as this one."""

    limit: int
    remaining: int
    seconds: int
    is_spent: bool = False
    # Whether points had to be taken for it, as for the first question of a minute.
    is_first: bool = False

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Policy": f"{self.limit};w={WINDOW}",
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds),
        }


_points: OrderedDict[tuple[str, int], Points] = OrderedDict()
_guard = threading.Lock()


def allow(asker: Asker, price: int = QUESTION) -> Allowance:
    """Take what a question costs from what somebody may ask.

    :raises UnknownKey: if the key is none; each such try counts for the address.
    """
    holder = keys.holder_of(asker.token, head()) if asker.token else None
    if not holder:
        allowance = draw(f"address {asker.address}", keys.WITHOUT_KEY * QUESTION, price)
        if asker.token and not allowance.is_spent:
            raise UnknownKey
        return allowance
    allowance = draw(f"key {holder}", keys.WITH_KEY * QUESTION, price)
    # Once a minute is often enough to know the day.
    if allowance.is_first:
        note_key_used(holder)
    return allowance


def draw(who: str, limit: int, price: int) -> Allowance:
    """Take points for somebody, if there are so many left this minute."""
    now = time.time()
    minute, seconds = int(now // WINDOW), WINDOW - int(now % WINDOW)
    lot = max(1, limit // LOTS)
    with _guard:
        is_first = (who, minute) not in _points
        mine = _points.setdefault((who, minute), Points(lot, lot))
        while len(_points) > REMEMBERED:
            _points.popitem(last=False)
        if mine.left < price:
            is_first = True
            take_lots(mine, price, limit - lot, f"{who} {minute}")
        is_spent = mine.left < price
        mine.left -= 0 if is_spent else price
        left = mine.left + limit - lot - mine.taken
        return Allowance(limit // price, left // price, seconds, is_spent, is_first)


def take_lots(mine: Points, price: int, shared: int, whose: str) -> None:
    """Take as many lots of the shared points as a question needs, if there are as many."""
    # Whoever has asked for all is refused without another look.
    if mine.taken >= shared:
        return
    key = f"asked:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"
    taken = cache.get(key, 0)
    needed = -(-(price - mine.left) // mine.lot) * mine.lot
    some = min(needed, max(0, shared - taken))
    mine.taken = taken + some
    mine.left += some
    if some:
        cache.set(key, mine.taken, 2 * WINDOW)


def forget() -> None:
    """Forget the points of this process; tests begin with none."""
    with _guard:
        _points.clear()
