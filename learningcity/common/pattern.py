"""The cloth of a city: a weave computed from its code, so that each city has its own and always the same.

It is made as a loom makes it. A draft has three parts: the threading (on which shaft each warp thread hangs), the
treadling (which treadle is pressed for each row) and the tie-up (which shafts a treadle lifts). The code of the city
gives the draft; the cloth follows. No existing pattern is copied, least of all a sacred one.
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SHAFTS = 6
# The code of the site itself, whose cloth is its mark and hems every page.
SITE = "learning-city"
NAMES = ("ground", "weft", "inlay", "heart")


class Thread(IntEnum):
    """What lies on top at a crossing of warp and weft."""

    GROUND = 0
    WEFT = 1
    INLAY = 2
    HEART = 3


Cloth = tuple[tuple[Thread, ...], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a weaver would need to weave the cloth; threads are counted from the middle outwards."""

    threading: tuple[int, ...]
    tie_up: tuple[tuple[bool, ...], ...]
    inlay: tuple[bool, ...]


class Stream:
    """An endless stream of numbers that depends on nothing but the code."""

    def __init__(self, code: str) -> None:
        self.code, self.block, self.numbers = code, 0, iter(b"")

    def below(self, limit: int) -> int:
        """Return the next number, smaller than the limit."""
        for number in self.numbers:
            return number % limit
        self.numbers = iter(hashlib.sha256(f"{self.block}:{self.code}".encode()).digest())
        self.block += 1
        return self.below(limit)


def draft_of(code: str, half: int) -> Draft:
    """Return the draft whose cloth has `half` threads from its middle to its edge."""
    stream = Stream(code)
    base = [True, True, stream.below(2) == 0, stream.below(2) == 0, False, False]
    shift = stream.below(SHAFTS)
    tie_up = [[base[(treadle + shaft + shift) % SHAFTS] for shaft in range(SHAFTS)] for treadle in range(SHAFTS)]
    for _ in range(2):
        treadle, shaft = stream.below(SHAFTS), stream.below(SHAFTS)
        tie_up[treadle][shaft] = tie_up[shaft][treadle] = not tie_up[treadle][shaft]
    shaft, step = stream.below(SHAFTS), 1 if stream.below(2) else -1
    threading, inlay = [], []
    run = 3 + stream.below(4)
    for _ in range(half):
        threading.append(shaft)
        inlay.append(stream.below(3) == 0)
        run -= 1
        if run == 0:
            step, run = -step, 2 + stream.below(5)
        shaft = (shaft + step) % SHAFTS
    return Draft(tuple(threading), tuple(map(tuple, tie_up)), tuple(inlay))


@lru_cache(maxsize=4096)
def cloth(code: str, half: int = 8) -> Cloth:
    """Return the cloth of a code as rows of crossings, `2 * half - 1` each way; a smaller one is the heart of a larger."""
    draft = draft_of(code, half)
    reach = range(1 - half, half)
    return tuple(tuple(_crossing(draft, abs(x), abs(y)) for x in reach) for y in reach)


def _crossing(draft: Draft, across: int, down: int) -> Thread:
    lifted = draft.tie_up[draft.threading[down]][draft.threading[across]]
    if not lifted:
        return Thread.GROUND
    ring = across + down
    if ring <= 1:
        return Thread.HEART
    return Thread.INLAY if draft.inlay[ring % len(draft.inlay)] else Thread.WEFT


def svg(code: str, half: int = 8) -> SafeString:
    """Return the cloth as an SVG ornament; its colors are those of the page, light or dark."""
    side = 2 * half - 1
    return format_html('<svg class="cloth" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', side, side, _paths(cloth(code, half)))


def hem(code: str, half: int = 8) -> SafeString:
    """Return the border of a cloth: the pattern again and again, as wide as the page."""
    side = 2 * half - 2
    repeated = tuple(row[:-1] for row in cloth(code, half)[:-1])
    return format_html(
        '<svg class="hem cloth" aria-hidden="true"><defs><pattern id="hem" width="{}" height="{}" patternUnits="userSpaceOnUse"'
        ' patternTransform="scale(4)">{}</pattern></defs><rect width="100%" height="100%" fill="url(#hem)"/></svg>',
        side,
        side,
        _paths(repeated),
    )


def runs(cells: Cloth) -> list[tuple[Thread, int, int, int]]:
    """Return the crossings as floats of one color: thread, column, row, length."""
    found = []
    for y, row in enumerate(cells):
        x = 0
        for thread, crossings in groupby(row):
            length = len(list(crossings))
            if thread is not Thread.GROUND:
                found.append((thread, x, y, length))
            x += length
    return found


def _paths(cells: Cloth) -> SafeString:
    by_thread: dict[Thread, str] = {}
    for thread, x, y, length in runs(cells):
        by_thread[thread] = f"{by_thread.get(thread, '')}M{x} {y}h{length}v1h-{length}z"
    return format_html_join("", '<path class="{}" d="{}"/>', ((NAMES[thread], path) for thread, path in by_thread.items()))
