import contextlib
import hashlib
import json
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, Model, QuerySet

from learningcity.audit.models import Entry

# What the first entry of the chain points back to.
GENESIS = "0" * 64
# Numbers that no entry has: each stands for a version of the content that never was.
_imagined = count(-1, -1)
_pretended: ContextVar[int | None] = ContextVar("pretended", default=None)


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds, and if not, the first entry that breaks it."""

    entries: int
    broken_at: int | None = None


def head() -> int:
    """Return the number of the newest entry, or, inside of what is imagined, one that no entry has."""
    if (number := pretended()) is not None:
        return number
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def pretended() -> int | None:
    """Return the number that stands for what is imagined, below zero, or None where things are as they are."""
    return _pretended.get()


@contextlib.contextmanager
def imagined() -> Iterator[None]:
    """Let what is read inside pass for a version of its own, so that no memory mistakes it for what is really there."""
    token = _pretended.set(next(_imagined))
    try:
        yield
    finally:
        _pretended.reset(token)


def newest_hash() -> str:
    """Return the hash of the newest entry; noted outside, it shows later whether the end was cut off."""
    return Entry.objects.order_by("-pk").values_list("hash", flat=True).first() or GENESIS


def history(record: Model) -> QuerySet[Entry]:
    """Return what was done to this record, newest first."""
    return Entry.objects.filter(record=name_of(record)).select_related("actor").order_by("-pk")


def name_of(record: Model) -> str:
    return f"{record._meta.label}:{record.pk}"


def fingerprint(entry: Entry) -> str:
    """Return the SHA-256 over everything the entry says and the hash of the one before it."""
    said = [
        entry.previous_hash,
        entry.actor_id,
        entry.action,
        entry.record,
        entry.before,
        entry.after,
        entry.detail,
        entry.at.isoformat(),
    ]
    canonical = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify_chain() -> Verdict:
    """Recompute every hash from the first entry to the last; a changed, missing or slipped-in entry shows."""
    previous, count = GENESIS, 0
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != fingerprint(entry):
            return Verdict(count, broken_at=entry.pk)
        previous, count = entry.hash, count + 1
    return Verdict(count)
