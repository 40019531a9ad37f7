"""The cloth of a city: a weave computed from its code, so that each city has its own and always the same.

It is made as a loom makes it. A draft has three parts: the threading (on which shaft each warp thread hangs), the
treadling (which treadle is pressed for each row) and the tie-up (which shafts a treadle lifts). The code of the city
gives the draft; the cloth follows. No existing pattern is copied, least of all a sacred one.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import count, groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SHAFTS = 6
# Threads from the middle of the largest cloth to its edge.
LARGEST = 16
# Which shafts one treadle lifts; the next treadle lifts the same, one shaft further on.
TWILLS = ("##----", "###---", "##-#--", "###-#-", "####--")
# The three rings of the middle: full, hollow, or a chessboard.
HEARTS = ((True, True, True), (False, True, True), (True, False, True))
# How much of a cloth is figure rather than ground, and how often the two change: less is empty, more is a chessboard.
SHARE, CHANGES = (0.36, 0.66), (0.25, 0.6)
# The code of the site itself, whose cloth is its mark and hems every page.
SITE = "learning-cities"
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
    heart: tuple[bool, ...]

    def lifts(self, across: int, down: int) -> bool:
        """Return whether the warp is lifted here; it is treadled as it is threaded, hence the diamonds."""
        return self.tie_up[self.threading[down]][self.threading[across]]

    def is_handsome(self) -> bool:
        """Return whether the cloth has a figure, and none that anyone could take for a cross."""
        lifted = [[self.lifts(x, y) for x in range(8)] for y in range(8)]
        share = sum(map(sum, lifted)) / 64
        changes = sum(row[x] != row[x + 1] for row in lifted for x in range(7)) / 56
        return SHARE[0] < share < SHARE[1] and CHANGES[0] < changes < CHANGES[1] and not self._has_cross()

    def _has_cross(self) -> bool:
        return any(self._is_cross(x, y) for y in range(LARGEST - 2) for x in range(y, LARGEST - 2))

    def _is_cross(self, x: int, y: int) -> bool:
        def same(right: int, below: int) -> bool:
            return self.lifts(abs(x + right), abs(y + below)) == self.lifts(x, y)

        has_arms = all(same(step, 0) and same(0, step) for step in (-2, -1, 1, 2))
        return has_arms and not any(same(*corner) for corner in ((-1, -1), (-1, 1), (1, -1), (1, 1)))


def draws(code: str) -> Iterator[int]:
    """Yield numbers that depend on nothing but the code, without end."""
    for block in count():
        yield from hashlib.sha256(f"{block}:{code}".encode()).digest()


@lru_cache(maxsize=4096)
def draft_of(code: str) -> Draft:
    """Return the first handsome draft that the code leads to."""
    numbers = draws(code)
    return next(draft for draft in (_draft(numbers) for _ in count()) if draft.is_handsome())


def _draft(numbers: Iterator[int]) -> Draft:
    def below(limit: int) -> int:
        return next(numbers) % limit

    # The diagonals of a twill, broken in three places: the breaks are what tells two cities apart.
    twill = TWILLS[below(len(TWILLS))]
    tie_up = [[twill[(treadle + shaft) % SHAFTS] == "#" for shaft in range(SHAFTS)] for treadle in range(SHAFTS)]
    for _ in range(3):
        treadle, shaft = below(SHAFTS), below(SHAFTS)
        tie_up[treadle][shaft] = tie_up[shaft][treadle] = not tie_up[treadle][shaft]
    shaft, step, run = below(SHAFTS), 1, 2 + below(4)
    threading = []
    for _ in range(LARGEST):
        threading.append(shaft)
        run -= 1
        if run == 0:
            step, run = -step, 2 + below(5)
        shaft = (shaft + step) % SHAFTS
    inlay = [below(5) < 2 for _ in range(2 * LARGEST)]
    heart = HEARTS[below(len(HEARTS))]
    return Draft(tuple(threading), tuple(map(tuple, tie_up)), tuple(inlay), heart)


@lru_cache(maxsize=4096)
def cloth(code: str, half: int = 8) -> Cloth:
    """Return the cloth as rows of crossings, `2 * half - 1` each way; a smaller one is the middle of a larger one."""
    draft = draft_of(code)
    reach = range(1 - half, half)
    return tuple(tuple(_crossing(draft, abs(x), abs(y)) for x in reach) for y in reach)


def _crossing(draft: Draft, across: int, down: int) -> Thread:
    ring = across + down
    if ring < len(draft.heart):
        return Thread.HEART if draft.heart[ring] else Thread.GROUND
    if not draft.lifts(across, down):
        return Thread.GROUND
    return Thread.INLAY if draft.inlay[ring] else Thread.WEFT


@lru_cache(maxsize=1024)
def svg(code: str, half: int = 8) -> SafeString:
    """Return the cloth as an SVG ornament; its colors are those of the page, light or dark."""
    side = 2 * half - 1
    return format_html(
        '<svg class="cloth" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', side, side, _paths(cloth(code, half))
    )


@lru_cache(maxsize=64)
def hem(code: str, half: int = 8) -> SafeString:
    """Return the border of a cloth: the pattern again and again, as wide as the page."""
    side = 2 * half - 2
    repeated = tuple(row[:-1] for row in cloth(code, half)[:-1])
    return format_html(
        '<svg class="hem cloth" aria-hidden="true"><defs><pattern id="hem-{}" width="{}" height="{}" patternUnits="userSpaceOnUse"'
        ' patternTransform="scale(4)">{}</pattern></defs><rect width="100%" height="100%" fill="url(#hem-{})"/></svg>',
        code,
        side,
        side,
        _paths(repeated),
        code,
    )


def icon(code: str) -> str:
    """Return the cloth as a file of its own, in colors that show on light and dark alike."""
    fills = {Thread.WEFT: "#4a5aa8", Thread.INLAY: "#c2255c", Thread.HEART: "#f0b429"}
    paths = "".join(
        f'<path fill="{fills[thread]}" d="M{x} {y}h{length}v1h-{length}z"/>'
        for thread, x, y, length in runs(cloth(code, 4))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7" shape-rendering="crispEdges">{paths}</svg>'


def runs(cells: Cloth) -> list[tuple[Thread, int, int, int]]:
    """Return the crossings as floats of one color: thread, column, row, length."""
    found: list[tuple[Thread, int, int, int]] = []
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
    return format_html_join(
        "", '<path class="{}" d="{}"/>', ((NAMES[thread], path) for thread, path in by_thread.items())
    )
