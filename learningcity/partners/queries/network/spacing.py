"""Discs pushed apart until none overlaps, and groups of them packed side by side."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

CELL = 60.0
# How much wider than high a picture is: about as a screen.
SHAPE = 1.5
# Between two groups.
GAP = 30.0
# After so many rounds in vain there is too little room, and everything moves away from the middle.
PATIENCE = 8
# Two discs on one spot have no direction away from each other; this turn gives every pair its own.
GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(slots=True)
class Disc:
    """A round place: its middle, and how far it reaches."""

    x: float
    y: float
    radius: float


def spread(discs: list[Disc]) -> list[Disc]:
    """Push discs apart until none overlaps another."""
    for number, disc in enumerate(discs):
        disc.x += 0.01 * math.cos(number * GOLDEN)
        disc.y += 0.01 * math.sin(number * GOLDEN)
    rounds = 0
    while _push(discs):
        rounds += 1
        if rounds % PATIENCE == 0:
            for disc in discs:
                disc.x, disc.y = disc.x * 1.1, disc.y * 1.1
    return discs


def _push(discs: Sequence[Disc]) -> int:
    """Push overlapping discs apart once, the larger one less; return how many pairs overlapped."""
    pairs = 0
    for one, other in _close(discs):
        across, down = other.x - one.x, other.y - one.y
        away = math.hypot(across, down) or 0.001
        lack = one.radius + other.radius - away
        if lack > 0.01:
            pairs += 1
            share = other.radius**2 / (one.radius**2 + other.radius**2)
            # A little more than what is lacking, or the last steps would take for ever.
            step = (lack + 0.5) / away
            one.x, one.y = one.x - across * step * share, one.y - down * step * share
            other.x, other.y = other.x + across * step * (1 - share), other.y + down * step * (1 - share)
    return pairs


def _close(discs: Sequence[Disc]) -> Iterator[tuple[Disc, Disc]]:
    """Yield pairs that touch the same cell of a grid: all that overlap, and few others."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, disc in enumerate(discs):
        left, right = int((disc.x - disc.radius) // CELL), int((disc.x + disc.radius) // CELL)
        top, bottom = int((disc.y - disc.radius) // CELL), int((disc.y + disc.radius) // CELL)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                cells[column, row].append(number)
    for numbers in cells.values():
        for one, other in combinations(numbers, 2):
            yield discs[one], discs[other]


def packed(groups: Sequence[Mapping[int, Disc]]) -> tuple[list[tuple[float, float]], float, float]:
    """Return how far each group moves so that they stand in rows, the first at the top left, and how large all is."""
    boxes = [_box(group) for group in groups]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in boxes)
    widest = max((right - left for left, _, right, _ in boxes), default=0.0)
    limit = max(widest, math.sqrt(area * SHAPE))
    moves: list[tuple[float, float]] = []
    x = y = depth = width = 0.0
    for left, top, right, bottom in boxes:
        if x and x + right - left > limit:
            x, y, depth = 0.0, y + depth + GAP, 0.0
        moves.append((x - left, y - top))
        x, depth = x + right - left + GAP, max(depth, bottom - top)
        width = max(width, x - GAP)
    return moves, width, y + depth


def _box(group: Mapping[int, Disc]) -> tuple[float, float, float, float]:
    discs = group.values()
    return (
        min(disc.x - disc.radius for disc in discs),
        min(disc.y - disc.radius for disc in discs),
        max(disc.x + disc.radius for disc in discs),
        max(disc.y + disc.radius for disc in discs),
    )
