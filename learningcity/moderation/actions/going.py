"""What goes from the site by another way than a proposal: its history says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, prefetch_related_objects

from learningcity.moderation.models import Revision
from learningcity.moderation.registry import Kind, kinds


@transaction.atomic
def note_removal(model: type[Model], records: Sequence[Any]) -> int:
    """Write into the history of records, removed or about to be, that they are gone; return how many have one.

    Those have it that somebody changed here, and those of a kind that is handed out to others, who must learn of it.
    """
    return sum(_note(kind, records) for kind in kinds() if kind.model is model)


def _note(kind: Kind, records: Sequence[Any]) -> int:
    histories = Revision.objects.filter(kind=kind.name, key__in=[str(record.pk) for record in records])
    latest = dict(histories.order_by().values_list("key").annotate(Max("number")))
    gone = [record for record in records if kind.is_handed_out or str(record.pk) in latest]
    prefetch_related_objects(gone, *kind.follows)
    Revision.objects.bulk_create(
        Revision(
            kind=kind.name,
            key=str(record.pk),
            number=latest.get(str(record.pk), 0) + 1,
            place=kind.place_of(record),
            title=str(kind.title_of(record))[:300],
        )
        for record in gone
    )
    return len(gone)
