"""Between which values numbers must lie of which one knows sums: what whoever adds and subtracts can find out, and no more.

This is the audit of a table with hidden cells: for each of them the least and the greatest value that fits all that is shown,
by linear programming (Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4). The true values fit, so the
simplex method begins there; it counts in fractions and rounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

# Steps after which nothing more is found out of one table; a cell of which too little is known by then counts as told.
MOST_STEPS = 5_000
# How far a number goes that nothing stops.
FAR = Fraction(10**9)
Row = dict[int, Fraction]


@dataclass(slots=True)
class Unknown:
    """A number that nobody shows: what it is now in a table that fits, and between which values it was seen in such tables."""

    now: Fraction
    # What everybody knows of it.
    least: Fraction
    most: Fraction | None
    low: Fraction
    high: Fraction

    def room(self, rises: bool) -> Fraction | None:
        """Return how far it can go; None is without end."""
        if rises:
            return None if self.most is None else self.most - self.now
        return self.now - self.least

    def move(self, by: Fraction) -> None:
        self.now += by
        self.low, self.high = min(self.low, self.now), max(self.high, self.now)


class Ranges:
    """Unknown numbers, by their place in a list, and the sums that are known of them."""

    def __init__(self, unknown: Sequence[Unknown], sums: Iterable[Mapping[int, int]]) -> None:
        self.unknown = unknown
        # Each number on the left follows those on its right: left + sum(factor * right) never changes.
        self.follows: dict[int, Row] = {}
        self.steps = 0
        for added in sums:
            self._learn({one: Fraction(factor) for one, factor in added.items()})

    def is_wide(self, one: int, width: Fraction) -> bool:
        """Tell whether tables that fit differ by so much in this number."""
        seen = self.unknown[one]
        for rises in (True, False):
            while seen.high - seen.low < width and self._step(one, rises):
                pass
        return seen.high - seen.low >= width

    def _learn(self, row: Row) -> None:
        for left in [left for left in row if left in self.follows]:
            _add(row, self.follows[left], -row.pop(left))
        if row:
            left = min(row)
            self._lead(left, row)

    def _lead(self, left: int, row: Row) -> None:
        """Let a number follow the others of a row, and put these in its place wherever it was followed."""
        factor = row.pop(left)
        new = {one: value / factor for one, value in row.items()}
        for other in self.follows.values():
            if left in other:
                _add(other, new, -other.pop(left))
        self.follows[left] = new

    def _step(self, one: int, rises: bool) -> bool:
        """Go to a table in which a number is greater, or less, or by which one gets there; tell whether there is one."""
        row = self.follows.get(one)
        slopes = {one: Fraction(1)} if row is None else {mover: -factor for mover, factor in row.items()}
        # The first that can move, and the first that stops it: so one never goes round in a circle (Bland, 1977).
        for mover in sorted(slopes):
            up = (slopes[mover] > 0) == rises
            if self.unknown[mover].room(up) != 0:
                self.steps += 1
                if self.steps <= MOST_STEPS:
                    self._go(mover, up)
                return self.steps <= MOST_STEPS
        return False

    def _go(self, mover: int, up: bool) -> None:
        """Move one number as far as it and those that follow it can go; the first that stops it changes places with it."""
        followers = {left: row[mover] for left, row in self.follows.items() if mover in row}
        way, stopped = self.unknown[mover].room(up), None
        for left, factor in sorted(followers.items()):
            room = self.unknown[left].room((factor < 0) == up)
            if room is not None and (way is None or room / abs(factor) < way):
                way, stopped = room / abs(factor), left
        by = (FAR if way is None else way) * (1 if up else -1)
        self.unknown[mover].move(by)
        for left, factor in followers.items():
            self.unknown[left].move(-factor * by)
        if stopped is not None:
            row = self.follows.pop(stopped)
            self._lead(mover, {**row, stopped: Fraction(1)})


def _add(row: Row, other: Row, times: Fraction) -> None:
    for one, value in other.items():
        if total := row.get(one, Fraction()) + times * value:
            row[one] = total
        else:
            row.pop(one, None)
