"""How often data are taken: noted while a request is answered, put together in memory, written down now and then.

Nothing is kept of who asks. What one process of the site has counted and not yet written is lost if it is killed: a few
downloads at most, and no request waits for the database.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.db.models import OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from learningcity.opendata.enums import DOWNLOADS, Way
from learningcity.opendata.models import Dataset, Use

logger = logging.getLogger(__name__)
# Seconds between two times of writing, and how many different numbers are not kept waiting for so long.
PAUSE, MOST = 60, 2_000
# Years after which a month is forgotten.
KEPT_YEARS = 5
# The address of a dataset, the first day of the month, the way.
Taken = tuple[str, dt.date, str]
# In one order, so that two who write at once do not wait for each other in a circle.
WRITE = """
INSERT INTO opendata_use (dataset_id, month, way, count)
SELECT opendata_dataset.id, month, way, count
FROM unnest(%s::text[], %s::date[], %s::text[], %s::bigint[]) AS taken(slug, month, way, count)
JOIN opendata_dataset USING (slug) ORDER BY slug, month, way
ON CONFLICT (dataset_id, month, way) DO UPDATE SET count = opendata_use.count + excluded.count
"""

_noted: ContextVar[list[tuple[str, Way]] | None] = ContextVar("noted", default=None)


class Tally:
    """What this process counted and has not yet written down."""

    def __init__(self) -> None:
        self.counted: Counter[Taken] = Counter()
        self.lock = Lock()
        self.written_at = time.monotonic()

    def add(self, noted: list[tuple[str, Way]]) -> None:
        month = timezone.localdate().replace(day=1)
        with self.lock:
            self.counted.update((slug, month, way.value) for slug, way in noted)

    @property
    def is_due(self) -> bool:
        waited = time.monotonic() - self.written_at
        return bool(self.counted) and (waited >= PAUSE or len(self.counted) >= MOST)

    def taken_out(self) -> Counter[Taken]:
        with self.lock:
            counted, self.counted, self.written_at = self.counted, Counter(), time.monotonic()
        return counted

    def put_back(self, counted: Counter[Taken]) -> None:
        with self.lock:
            self.counted.update(counted)


TALLY = Tally()


def note_use(way: Way, *slugs: str) -> None:
    """Note what an address does not say: which datasets are handed out. It counts if the answer is really sent."""
    noted = _noted.get()
    if noted is not None:
        noted += [(slug, way) for slug in slugs]


@contextmanager
def listening() -> Iterator[list[tuple[str, Way]]]:
    """Provide the list in which is noted what is handed out meanwhile."""
    noted: list[tuple[str, Way]] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def write_uses() -> None:
    """Write down what was counted; where the database does not take it, it is kept for the next time."""
    counted = TALLY.taken_out()
    if not counted:
        return
    slugs, months, ways = zip(*counted, strict=True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WRITE, [[*slugs], [*months], [*ways], [*counted.values()]])
    except DatabaseError:
        logger.warning("uses could not be written down", exc_info=True)
        TALLY.put_back(counted)


@transaction.atomic
def sum_up_uses() -> None:
    """Say of each dataset how often it was downloaded in the last twelve months, and forget what is too old."""
    month = timezone.localdate().replace(day=1)
    Use.objects.filter(month__lt=month.replace(year=month.year - KEPT_YEARS)).delete()
    taken = Use.objects.filter(dataset=OuterRef("pk"), way__in=DOWNLOADS, month__gt=month.replace(year=month.year - 1))
    total = taken.order_by().values("dataset").annotate(total=Sum("count")).values("total")
    downloads = Coalesce(Subquery(total), Value(0))
    # Only what is another number now is written: pages are read anew when something changed.
    for dataset in Dataset.objects.annotate(counted=downloads).exclude(downloads=downloads).order_by("pk"):
        Dataset.objects.filter(pk=dataset.pk).update(downloads=dataset.counted)
