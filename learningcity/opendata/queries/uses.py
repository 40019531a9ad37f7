"""How often a dataset was taken, month by month and way by way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from learningcity.opendata.enums import DOWNLOADS, Way
from learningcity.opendata.models import Dataset, Use

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What was taken in a month: how often in each of the ways of the whole table."""

    first: dt.date
    counts: list[tuple[Way, int]]

    @property
    def downloads(self) -> int:
        return sum(count for way, count in self.counts if way in DOWNLOADS)


@dataclass(frozen=True, slots=True)
class Uses:
    """The last twelve months, the latest first, in all ways in which anything was taken."""

    ways: list[Way]
    months: list[Month]

    @property
    def downloads(self) -> int:
        return sum(month.downloads for month in self.months)


def uses_of(dataset: Dataset) -> Uses:
    """Return how often a dataset was taken in this month and the eleven before."""
    months = last_months(timezone.localdate())
    counted: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for use in Use.objects.filter(dataset=dataset, month__gte=months[-1]):
        counted[use.month][use.way] = use.count
    ways = [way for way in Way if any(way in each for each in counted.values())]
    # Before the first month in which anything was counted, nothing is known.
    known = [month for month in months if counted and month >= min(counted)]
    return Uses(ways, [Month(month, [(way, counted[month].get(way, 0)) for way in ways]) for month in known])


def last_months(today: dt.date) -> list[dt.date]:
    """Return the first days of this month and the eleven before, the latest first."""
    count = today.year * 12 + today.month - 1
    return [dt.date(number // 12, number % 12 + 1, 1) for number in range(count, count - MONTHS, -1)]
