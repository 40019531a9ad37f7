"""What the pages show on which files are brought and become datasets."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from learningcity.moderation.models import Proposal
from learningcity.moderation.queries import whole_values
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries import Entry, entries
from learningcity.opendata.queries.columns import first_unsaid
from learningcity.opendata.queries.score import Criterion, Score, score_of
from learningcity.opendata.queries.uploads import UUID

KIND = "dataset"
IN_WORK = (Standing.RECEIVED, Standing.READING)


def waiting_in(place: str) -> QuerySet[Upload]:
    """Return the files that were brought for a place and are not published, the newest first."""
    return Upload.objects.filter(place=place).select_related("by").order_by("-received_at", "-pk")


def files_named(proposal: Proposal) -> QuerySet[Upload]:
    """Return the files that wait for a proposal to be published: whoever decides wants to look into them."""
    tokens = whole_values(proposal).get("uploads") if proposal.kind == KIND else None
    known = [str(token) for token in tokens or () if UUID.fullmatch(str(token))]
    return waiting_in(proposal.place).filter(token__in=known)


def scored(datasets: QuerySet[Dataset]) -> list[tuple[Entry, Score]]:
    """Return datasets, each with how well it is described."""
    return [(entry, score_of(entry)) for entry in entries(datasets)]


def field_address(entry: Entry, criterion: Criterion) -> str:
    """Return the address of the field in which something missing would be said."""
    key = str(entry.dataset.pk)
    _form, colon, what = criterion.field.rpartition(":")
    if colon:
        return f"{reverse('record-edit', args=['columns', key])}#id_{first_unsaid(entry.dataset, what)}"
    # Nothing can be chosen before it is brought.
    if criterion.field == "uploads":
        return f"{reverse('place-data', args=[entry.dataset.place or '-'])}#files"
    return f"{reverse('record-edit', args=[KIND, key])}#id_{criterion.field}"
