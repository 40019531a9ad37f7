"""What moderation looks after, as a stream of records: its revisions say when a record was changed, and when it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from heapq import merge
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    F,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Greatest

from learningcity.audit.models import Entry
from learningcity.common.text import LocalText
from learningcity.interfaces.registry import Described, Feed, Record, Span
from learningcity.moderation.models import Revision

# Older than everything that this site can have loaded.
BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Moderated:
    """A kind of content that moderation changes and removes, and the files under ``data/`` from which it may be loaded."""

    kind: str
    files: tuple[str, ...]
    # Those that everybody may see, with what a description needs; the key is the number.
    shown: Callable[[], QuerySet[Any]]
    described: Callable[[Any, dt.datetime], Described]
    # The column that says when a record was changed, by whatever way; without one its revisions and the loads do.
    changed: str = ""

    def feed(self, name: str, title: LocalText) -> Feed:
        """Return the stream of its records."""
        return Feed(name=name, title=title, records=self.records, find=self.find, earliest=self.earliest)

    def records(self, span: Span) -> list[Record]:
        here = narrowed(self.dated(), span)[: span.most]
        gone = narrowed(self.gone(), span)[: span.most]
        both = merge(map(self.record, here), map(tombstone, gone), key=lambda one: (one.at, int(one.key)))
        return list(both)[: span.most]

    def find(self, key: str) -> Record | None:
        if not (key.isascii() and key.isdecimal() and str(int(key[:20])) == key and int(key) <= LARGEST_KEY):
            return None
        number = int(key)
        if one := self.dated().filter(feed_key=number).first():
            return self.record(one)
        return next((tombstone(one) for one in self.gone().filter(feed_key=number)), None)

    def earliest(self) -> dt.datetime | None:
        known = (query.aggregate(earliest=Min("feed_at"))["earliest"] for query in (self.dated(), self.gone()))
        return min(filter(None, known), default=None)

    def record(self, one: Any) -> Record:
        return Record(key=str(one.feed_key), at=one.feed_at, described=self.described(one, one.feed_at))

    def dated(self) -> QuerySet[Any]:
        """Return what is there, with the moment of its last change.

        A load that brought anything into one of its files counts for all: which rows it changed, nobody wrote down.
        """
        if self.changed:
            return self.shown().annotate(feed_at=F(self.changed), feed_key=F("pk"))
        latest = Revision.objects.filter(kind=self.kind, key=Cast(OuterRef("pk"), CharField())).order_by("-number")
        loads = Entry.objects.filter(action="load data", detail__files__has_any_keys=self.files)
        loaded = loads.aggregate(at=Max("at"))["at"] or BEGINNING
        changed = Greatest(Subquery(latest.values("at")[:1]), Value(loaded))
        return self.shown().annotate(feed_at=changed, feed_key=F("pk"))

    def gone(self) -> QuerySet[Any]:
        """Return what was removed: revisions that say nothing, about records that are not there."""
        there = self.shown().annotate(feed_name=Cast("pk", CharField())).filter(feed_name=OuterRef("key"))
        empty = Revision.objects.filter(~Exists(there), kind=self.kind, values={})
        return empty.annotate(feed_at=F("at"), feed_key=Cast("key", BigIntegerField()))


def narrowed(found: QuerySet[Any], span: Span) -> QuerySet[Any]:
    if span.since:
        found = found.filter(feed_at__gte=span.since)
    if span.before:
        found = found.filter(feed_at__lt=span.before)
    if span.after:
        at, key = span.after
        found = found.filter(Q(feed_at__gt=at) | Q(feed_at=at, feed_key__gt=int(key)))
    return found.order_by("feed_at", "feed_key")


def tombstone(revision: Model) -> Record:
    return Record(key=str(revision.feed_key), at=revision.feed_at, described=None)  # type: ignore[attr-defined]
