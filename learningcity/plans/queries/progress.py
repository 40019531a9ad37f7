"""How far a target has come: always computed from the published numbers, never typed."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.conf import settings

from learningcity.common.thai.dates import Precision
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Observation
from learningcity.opendata.queries import disclosed
from learningcity.plans.models import Target
from learningcity.sources.models import Source

# "About 500" may lie on either side of 500, and "less than" says nothing of a goal above: such a number reaches no target.
SHORT_OF = {True: {Qualifier.LESS_THAN}, False: {Qualifier.MORE_THAN, Qualifier.AT_LEAST}}


class Reading(StrEnum):
    """What the newest number says of a target."""

    UNMEASURED = "unmeasured"
    CONTRADICTED = "contradicted"
    REACHED = "reached"
    CLOSER = "closer"
    UNCHANGED = "unchanged"
    FURTHER = "further"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its date and its source."""

    value: Decimal
    qualifier: Qualifier
    on: dt.date
    precision: Precision
    source: Source


@dataclass(frozen=True, slots=True)
class Progress:
    """A target, where it started, and every number of the newest date since then."""

    target: Target
    start: Measure
    latest: list[Measure]

    @property
    def now(self) -> Measure | None:
        """The newest number; none if there is none since the start."""
        return self.latest[0] if self.latest else None

    @property
    def is_rising(self) -> bool:
        return self.target.value > self.start.value

    @property
    def share(self) -> float | None:
        """The part of the way that is behind; more than 1 beyond the target, less than 0 on the wrong side of the start."""
        way = self.target.value - self.start.value
        if self.now is None or not way or self.reading == Reading.CONTRADICTED:
            return None
        return float((self.now.value - self.start.value) / way)

    @property
    def reading(self) -> Reading:
        """What the newest number says."""
        if self.now is None:
            return Reading.UNMEASURED
        if len({(said.value, said.qualifier) for said in self.latest}) > 1:
            return Reading.CONTRADICTED
        if self._reaches(self.now):
            return Reading.REACHED
        moved = (self.now.value - self.start.value) * (1 if self.is_rising else -1)
        return Reading.CLOSER if moved > 0 else Reading.FURTHER if moved < 0 else Reading.UNCHANGED

    def _reaches(self, said: Measure) -> bool:
        beyond = (said.value - self.target.value) * (1 if self.is_rising else -1)
        if beyond < 0 or said.qualifier in SHORT_OF[self.is_rising]:
            return False
        return beyond > 0 or said.qualifier != Qualifier.ABOUT

    def is_overdue(self, on: dt.date) -> bool:
        """Whether its time is over without its being reached."""
        return last_day(self.target.due_on, self.target.due_precision) < on and self.reading != Reading.REACHED


def last_day(day: dt.date, precision: str) -> dt.date:
    """Return the last day of a date that may be known to the month or the year only."""
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def progress_of(target: Target, observations: Iterable[Observation]) -> Progress:
    """Return how far a target has come, given the numbers of its indicator in its city, newest first."""
    start = _start_of(target)
    since = [said for said in observations if said.observed_on > start.on]
    latest = [_measure(said) for said in since if said.observed_on == since[0].observed_on]
    return Progress(target, start, latest)


def _start_of(target: Target) -> Measure:
    if target.baseline:
        return _measure(target.baseline)
    value, qualifier = target.baseline_value, Qualifier.EXACT
    # So few people that somebody could be recognized are told to nobody, whoever counted them.
    if value is not None and value < settings.SMALLEST_GROUP and target.indicator.is_of_people:
        value, qualifier = Decimal(settings.SMALLEST_GROUP), Qualifier.LESS_THAN
    return Measure(
        value,  # type: ignore[arg-type]  # a constraint keeps all three
        qualifier,
        target.baseline_on,  # type: ignore[arg-type]
        Precision(target.baseline_precision),
        target.baseline_source,  # type: ignore[arg-type]
    )


def _measure(said: Observation) -> Measure:
    """Return the number as everybody may see it."""
    said = disclosed([said])[0]
    return Measure(
        said.value, Qualifier(said.qualifier), said.observed_on, Precision(said.observed_precision), said.source
    )
