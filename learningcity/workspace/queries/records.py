"""The records of a place, kind by kind, and who has which of them in hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from learningcity.accounts.models import User
from learningcity.moderation.enums import OPEN
from learningcity.moderation.models import Proposal, Revision
from learningcity.moderation.registry import Kind, address_of, kinds

# So many of each kind stand on the page of a place; the rest on a page of their own.
FIRST = 6
# What an officer changes most often stands first; what other apps bring follows.
ORDER = ("profile", "fact", "practice", "milestone", "office", "component", "city")


@dataclass(frozen=True)
class Row:
    """A record in a list."""

    key: str
    title: object
    address: str
    published_at: dt.datetime | None
    mine: Proposal | None = None
    others: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True)
class KindList:
    """The records of one kind in a place, and the drafts of new ones."""

    kind: Kind
    count: int
    rows: list[Row]
    fresh: list[Proposal]
    can_begin: bool

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def may_propose(user: User, place: str) -> bool:
    """Tell whether a person may propose changes for a place."""
    return user.has_perm("moderation.propose", place)  # type: ignore[arg-type]


def lists_of(place: str, user: User) -> list[KindList]:
    """Return what a place answers for: the first few of each kind."""
    waiting = list(Proposal.objects.filter(place=place, state__in=OPEN).select_related("keeper").order_by("-saved_at"))
    published = _published(Revision.objects.filter(place=place))
    found = []
    for kind in sorted(kinds(), key=_rank):
        records = kind.records_in(place)
        first = list(records[:FIRST])
        count = len(first) if len(first) < FIRST else records.count()
        fresh = [each for each in waiting if each.kind == kind.name and not each.key]
        if count or fresh or kind.may_begin_in(place):
            rows = _rows(kind, first, user, waiting, published)
            found.append(KindList(kind, count, rows, fresh, kind.may_begin_in(place)))
    return found


def _rank(kind: Kind) -> int:
    return ORDER.index(kind.name) if kind.name in ORDER else len(ORDER)


def page_of_kind(kind: Kind, records: Sequence[Any], user: User) -> list[Row]:
    """Return one page of the records of a kind."""
    keys = [str(record.pk) for record in records]
    waiting = Proposal.objects.filter(kind=kind.name, key__in=keys, state__in=OPEN).select_related("keeper")
    published = _published(Revision.objects.filter(kind=kind.name, key__in=keys))
    return _rows(kind, records, user, list(waiting), published)


def _published(revisions: Any) -> dict[tuple[str, str], dt.datetime]:
    rows = revisions.filter(proposal__isnull=False).values_list("kind", "key").annotate(latest=Max("at"))
    return {(kind, key): at for kind, key, at in rows}


def _rows(kind: Kind, records: Sequence[Any], user: User, waiting: list[Proposal], published: Any) -> list[Row]:
    in_hand = defaultdict(list)
    for each in waiting:
        if each.kind == kind.name and each.key:
            in_hand[each.key].append(each)
    rows = []
    for record in records:
        key = str(record.pk)
        mine = next((each for each in in_hand[key] if each.keeper_id == user.pk), None)
        others = [each for each in in_hand[key] if each.keeper_id != user.pk]
        title = kind.title_of(record)
        rows.append(Row(key, title, address_of(kind.name, record), published.get((kind.name, key)), mine, others))
    return rows
