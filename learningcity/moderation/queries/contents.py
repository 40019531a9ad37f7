"""What a proposal says, what the record says, and where the two part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model

from learningcity.moderation.models import Proposal, Revision
from learningcity.moderation.registry import Kind, Values, kind_named, kinds


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else published meanwhile: what it was, what it is now, and what is proposed."""

    field: str
    base: Any
    live: Any
    proposed: Any


def find_record(kind: Kind, key: str) -> Any:
    """Return the record of this key; None for one that does not exist yet.

    :raises ObjectDoesNotExist: if there is no such record (any more).
    """
    if not key:
        return None
    try:
        record = kind.model._default_manager.select_related(*kind.follows).get(pk=key)
    except (ValueError, OverflowError, ValidationError):
        raise ObjectDoesNotExist(key) from None
    if not kind.stands(record):
        raise ObjectDoesNotExist(key)
    return record


def record_or_none(kind: Kind, key: str) -> Any:
    """Return the record of this key; None for one that does not exist yet, and for one that is gone."""
    with contextlib.suppress(ObjectDoesNotExist):
        return find_record(kind, key)
    return None


def live_values(kind: Kind, record: Any) -> Values:
    """Return what the form shows of a record; of one that does not exist yet, nothing."""
    return kind.values_of(record) if record is not None else {}


def whole_values(proposal: Proposal) -> Values:
    """Return every field as the proposal wants it: what was there, with what was typed over it."""
    return {**proposal.base, **proposal.values}


def form_of(proposal: Proposal, values: Values | None = None) -> Any:
    """Return the form of a proposal, filled with what it says and tried."""
    kind = kind_named(proposal.kind)
    record = record_or_none(kind, proposal.key)
    return kind.form(whole_values(proposal) if values is None else values, place=proposal.place, record=record)


def same(one: Any, other: Any) -> bool:
    """Tell whether two values of a field mean the same: no text and an empty one do, and so do all line ends."""
    return plain(one) == plain(other)


def plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value or ""


def clashes(proposal: Proposal, live: Values) -> list[Clash]:
    """Return the fields that changed on the site since the proposal began and that it changes otherwise."""
    found = []
    for field, proposed in proposal.values.items():
        base, now = proposal.base.get(field), live.get(field)
        if not same(base, now) and not same(now, proposed) and not same(base, proposed):
            found.append(Clash(field, base, now, proposed))
    return found


def keys_changed_here(model: type[Model], keys: Iterable[str]) -> set[str]:
    """Return which of these records of a model somebody changed on the site, with the approval of somebody else."""
    names = [kind.name for kind in kinds() if kind.model is model]
    revisions = Revision.objects.filter(kind__in=names, key__in=list(keys), proposal__isnull=False)
    return set(revisions.order_by().values_list("key", flat=True))
