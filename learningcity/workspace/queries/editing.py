"""What the form of a proposal needs to know: what was typed, what stood there, and what others have typed."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learningcity.accounts.models import User
from learningcity.moderation import queries
from learningcity.moderation.enums import OPEN
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import Kind, Values, kind_named


@dataclass(frozen=True)
class Aside:
    """What somebody else wants a field to say, shown beside one's own text."""

    field: str
    label: object
    language: str
    text: str
    pieces: tuple[queries.Piece, ...]


@dataclass(frozen=True)
class Other:
    """Somebody else who has the same record in hand, and what they changed so far."""

    proposal: Proposal
    name: str
    since: dt.datetime
    asides: list[Aside] = field(default_factory=list)


def fingerprints(values: Mapping[str, Any]) -> str:
    """Return a short mark of each value, so that it shows later which fields a person really changed on a page."""
    return json.dumps({name: _mark(value) for name, value in values.items()}, separators=(",", ":"))


def changed_since(typed: Values, marks: str) -> Values:
    """Return what of a whole form differs from what stood in it when the page was shown."""
    try:
        known = json.loads(marks)
    except (ValueError, RecursionError):
        return typed
    if not isinstance(known, dict):
        return typed
    return {name: value for name, value in typed.items() if known.get(name) != _mark(value)}


def _mark(value: Any) -> int:
    return zlib.crc32(json.dumps(queries.plain(value), ensure_ascii=True).encode())


def asides_of(form: Any, mine: Values, theirs: Values) -> list[Aside]:
    """Return the fields in which somebody else's text differs from mine, word by word."""
    changes = queries.changes_between(form, mine, theirs)
    return [Aside(each.field, each.label, each.language, each.after, each.pieces) for each in changes]


def others_in(proposal: Proposal, form: Any) -> list[Other]:
    """Return who else has this record in hand, and in which fields they want something else."""
    mine = queries.whole_values(proposal)
    found = []
    for other in queries.others_at(proposal):
        theirs = {name: value for name, value in other.values.items() if name in form.fields}
        asides = asides_of(form, {name: mine.get(name) for name in theirs}, theirs) if theirs else []
        found.append(Other(other, str(other.keeper), other.started_at, asides))
    return found


def overtaken_in(proposal: Proposal, form: Any) -> list[Aside]:
    """Return the fields that were published otherwise since the proposal began, and that it changes too."""
    kind = kind_named(proposal.kind)
    live = queries.live_values(kind, queries.record_or_none(kind, proposal.key))
    clashing = {clash.field: clash for clash in queries.clashes(proposal, live) if clash.field in form.fields}
    mine = {name: clash.proposed for name, clash in clashing.items()}
    return asides_of(form, mine, {name: clash.live for name, clash in clashing.items()})


def draft_of(user: User, kind: Kind, key: str) -> Proposal | None:
    """Return what this person has in hand for a record, if anything."""
    return Proposal.objects.filter(keeper=user, kind=kind.name, key=key, state__in=OPEN).first()


def remembered_source(user: User, place: str) -> str:
    """Return the source that this person named last for a place: most often it is the next one's, too."""
    named = Proposal.objects.filter(keeper=user, place=place, values__has_key="source").exclude(values__source="new")
    said = named.order_by("-saved_at").values_list("values__source", flat=True).first()
    return said if isinstance(said, str) else ""
