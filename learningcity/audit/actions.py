from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.audit.queries import fingerprint, name_of, newest_hash

# Any number will do, so long as nothing else in the project locks on it.
CHAIN_LOCK = 7_215_031


Record = TypeVar("Record", bound=models.Model)


class TransitionNotAllowed(Exception):
    """The record is not in a state from which this step may be taken."""


@transaction.atomic
def write(action: str, record: models.Model | str, *, by: User | None, **said: Any) -> Entry:
    """Write one entry at the end of the chain; ``before`` and ``after`` name states, the rest is detail."""
    with connection.cursor() as cursor:
        # Two writers must not follow the same entry; the lock falls with the transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    entry = Entry(
        actor=by,
        action=action,
        record=record if isinstance(record, str) else name_of(record),
        before=said.pop("before", ""),
        after=said.pop("after", ""),
        detail=said,
        at=timezone.now(),
        previous_hash=newest_hash(),
    )
    entry.hash = fingerprint(entry)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def move(record: Record, *, to: str, steps: Mapping[str, set[str]], by: User | None) -> Record:
    """Move a record to another state and write down who did it: nobody, where a job did.

    :raises TransitionNotAllowed: if ``steps`` has no such step.
    """
    # Read the state under a lock: two people may press the button at once.
    state = type(record)._default_manager.select_for_update().values_list("state", flat=True).get(pk=record.pk)
    if to not in steps[state]:
        raise TransitionNotAllowed(f"{record._meta.label}: {state} -> {to}")
    record.state = to  # type: ignore[attr-defined]
    record.save()
    write("move", record, by=by, before=state, after=to)
    return record
