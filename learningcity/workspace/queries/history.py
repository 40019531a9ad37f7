"""How a record came to say what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from learningcity.moderation.models import Revision
from learningcity.moderation.queries import Change, changes_between, record_or_none
from learningcity.moderation.registry import Kind

MOST_GONE = 100


@dataclass(frozen=True)
class Step:
    """One revision, and what it changed; nothing for the first that we know."""

    revision: Revision
    changes: list[Change]
    is_first: bool = False

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.revision.at)

    @property
    def erased_on(self) -> dt.date | None:
        return timezone.localdate(self.revision.erased_at) if self.revision.erased_at else None


@dataclass(frozen=True)
class Comparison:
    """Two revisions and what differs between them, the earlier one first."""

    before: Revision
    after: Revision
    changes: list[Change]


def numbers_in(query: Mapping[str, Any]) -> tuple[int, int]:
    """Return which two revisions somebody wants to compare; 0 where the address does not say."""
    said = [str(query.get(name, "")) for name in ("from", "to")]
    first, second = (int(word) if word.isdecimal() and len(word) < 10 else 0 for word in said)
    return min(first, second), max(first, second)


def compared(kind: Kind, key: str, first: int, second: int) -> Comparison | None:
    """Return what differs between two revisions of a record; nothing if they are not two."""
    found = {each.number: each for each in Revision.objects.filter(kind=kind.name, key=key, number__in=[first, second])}
    if len(found) < 2:
        return None
    form = _form(kind, key, found[first].place)
    before, after = found[first], found[second]
    return Comparison(before, after, changes_between(form, before.values, after.values))


def steps_of(kind: Kind, record: Any, revisions: list[Revision]) -> list[Step]:
    """Return these revisions, newest first, each with what it changed for everybody against the one before it."""
    if not revisions:
        return []
    form = _form(kind, revisions[0].key, revisions[0].place)
    oldest = revisions[-1]
    earlier = Revision.objects.filter(kind=kind.name, key=oldest.key, number__lt=oldest.number).order_by("-number")
    befores = [*revisions[1:], earlier.first()]
    told = partial(kind.public_values, record)
    return [
        Step(each, changes_between(form, told(before.values), told(each.values)) if before else [], before is None)
        for each, before in zip(revisions, befores, strict=True)
    ]


def gone_from(kind: Kind, place: str) -> list[Revision]:
    """Return the last revision of each record of a place that is off the site: so its history is found, to restore or to erase."""
    there = kind.model._default_manager.annotate(word=Cast("pk", CharField())).values("word")
    rows = Revision.objects.filter(kind=kind.name, place=place).exclude(key__in=there)
    return list(rows.order_by("key", "-number").distinct("key")[:MOST_GONE])


def _form(kind: Kind, key: str, place: str) -> Any:
    return kind.form(None, place=place, record=record_or_none(kind, key))
