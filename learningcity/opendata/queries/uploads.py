"""Files that wait to be published."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import QuerySet
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.audit.queries import name_of
from learningcity.moderation.enums import WRITABLE, ProposalState
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import Values, authority
from learningcity.opendata.models import Upload

# Under this name datasets stand in moderation.
KIND = "dataset"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOLDER = "opendata/uploads"
# A file that was stored so long ago and that no upload names was left by a worker that was stopped.
LONG_AGO = dt.timedelta(days=2)


def uploads_in(user: User) -> QuerySet[Upload]:
    """Return the uploads of the places that a person works for, the newest first."""
    found = Upload.objects.select_related("by").order_by("-received_at", "-pk")
    places = authority().places_of(user)
    return found if places is None else found.filter(place__in=places)


def hands_in(values: Values) -> set[int]:
    """Return who brought the files that a proposal names, had them read again, or said what their columns mean."""
    tokens = [token for token in values.get("uploads") or () if UUID.fullmatch(str(token))]
    uploads = list(Upload.objects.filter(token__in=tokens)) if tokens else []
    acted = (
        Entry.objects.filter(record__in=[name_of(upload) for upload in uploads]) if uploads else Entry.objects.none()
    )
    found = {*acted.values_list("actor", flat=True), *(upload.by_id for upload in uploads)}
    return {pk for pk in found if pk is not None}


def forgotten_uploads(before: dt.datetime) -> QuerySet[Upload]:
    """Return the uploads that were brought before that moment and that no proposal names."""
    waiting = (*WRITABLE, ProposalState.SUBMITTED, ProposalState.SCHEDULED)
    named = Proposal.objects.filter(kind=KIND, state__in=waiting).values_list("values__uploads", flat=True)
    tokens = {token for some in named if isinstance(some, list) for token in some}
    return Upload.objects.filter(received_at__lt=before).exclude(token__in=tokens).order_by("pk")


def lost_files() -> list[str]:
    """Return the names of stored files that belong to no upload any more."""
    storage = Upload._meta.get_field("file").storage
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = {name for pair in Upload.objects.values_list("file", "table") for name in pair}
    stored = [f"{FOLDER}/{name}" for name in names]
    return [
        name for name in stored if name not in known and storage.get_modified_time(name) < timezone.now() - LONG_AGO
    ]
