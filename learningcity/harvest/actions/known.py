"""What stands here already: our own datasets on their way back, and records that another catalog brought before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.harvest.enums import Outcome, Reason
from learningcity.harvest.models import Copy, Origin, Twin
from learningcity.harvest.tasks.marks import UUID, mark_of, mark_of_addresses, mark_of_contents
from learningcity.harvest.tasks.remote import Remote
from learningcity.opendata.models import Dataset

# The SHA-256 of no record: the next run writes it anew.
UNWRITTEN = "0" * 64


def ours_among(records: Iterable[Remote]) -> set[str]:
    """Return the ids of records that are datasets of this site, handed on by a catalog that harvested us."""
    found: set[str] = set()
    asked: dict[str, str] = {}
    for record in records:
        if is_of_this_site(record):
            found.add(record.id)
        asked |= {name.lower(): record.id for name in (record.id, record.name) if UUID.fullmatch(name)}
        asked |= {mark: record.id for mark in record.marks if UUID.fullmatch(mark)}
    uids = Dataset.objects.filter(uid__in=asked).values_list("uid", flat=True)
    return found | {asked[str(uid)] for uid in uids}


def is_of_this_site(record: Remote) -> bool:
    """Tell whether a record says that it comes from here: its name, its page, or all of its files."""
    here = urlsplit(settings.SITE_URL)
    begin = mark_of(f"{settings.SITE_URL}/x").removesuffix("x")
    if any(mark.startswith((begin, f"oai:{here.hostname}:")) for mark in (*record.marks, *record.hints)):
        return True
    marks = [mark_of(file.address) for file in record.files]
    return bool(marks) and all(mark.startswith(begin) for mark in marks)


def marks_of_record(record: Remote, parts: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """Return by what a record is known again, with its files once they were fetched."""
    contents = mark_of_contents(part["sha256"] for part in parts if part["table"])
    return [*record.marks, *mark_of_addresses(file.address for file in record.files), *contents]


def twins_among(origin: Origin, records: Sequence[Remote]) -> dict[str, Copy]:
    """Return the copies that other catalogs brought of these records, by the id that the records have in this one."""
    standing = Copy.objects.exclude(origin=origin).select_related("origin", "dataset")
    told = Twin.objects.filter(origin=origin, remote_id__in=[record.id for record in records])
    found = {twin.remote_id: twin.copy for twin in told.select_related("copy__origin", "copy__dataset")}
    asked: dict[str, str] = {}
    for record in records:
        asked |= dict.fromkeys((*record.hints, *marks_of_record(record)), record.id)
    for copy in standing.filter(marks__overlap=list(asked)).order_by("-pk") if asked else ():
        found |= {asked[mark]: copy for mark in copy.marks if mark in asked}
    return found


def twin_by_contents(origin: Origin, record: Remote, parts: Sequence[Mapping[str, Any]]) -> Copy | None:
    """Return the copy that another catalog brought of a record, now that its files are known too."""
    marks = [*record.hints, *marks_of_record(record, parts)]
    standing = Copy.objects.exclude(origin=origin).select_related("origin", "dataset")
    return standing.filter(marks__overlap=marks).order_by("pk").first()


def twin_of(copy: Copy) -> dict[str, Any]:
    """Return what is said of a record that another catalog brought; one that was withdrawn here stays so."""
    reason = Reason.WITHDRAWN_HERE if copy.dataset.is_withdrawn else Reason.TWIN
    said = {"reason": reason, "dataset": copy.dataset, "detail": copy.origin.title}
    return {"outcome": Outcome.REFUSED, **said}


def remember_twins(origin: Origin, twins: Iterable[tuple[Remote, Copy]]) -> None:
    """Write down which records stand here already, so that people see it and the files are not fetched again."""
    Twin.objects.bulk_create(
        [
            Twin(origin=origin, remote_id=record.id, title=record.title[:300], copy=copy, seen_at=timezone.now())
            for record, copy in twins
        ],
        update_conflicts=True,
        unique_fields=["origin", "remote_id"],
        update_fields=["title", "copy", "seen_at"],
    )


@transaction.atomic
def take_from_here(twin: Twin, *, by: User) -> Copy:
    """Have a dataset follow this catalog from now on, and the one that brought it no more.

    :raises PermissionDenied: if this person may not change both origins.
    """
    twin = Twin.objects.select_for_update(of=("self",)).select_related("origin").get(pk=twin.pk)
    copy = Copy.objects.select_for_update(of=("self",)).select_related("origin", "dataset").get(pk=twin.copy_id)
    former, following = copy.origin, twin.origin
    if not all(by.has_perm("harvest.change_origin", origin) for origin in (former, following)):
        raise PermissionDenied
    there = (copy.remote_id, str(copy.dataset)[:300])
    copy.origin, copy.remote_id, copy.remote_name, copy.remote_modified = following, twin.remote_id, "", ""
    copy.fingerprint, copy.gone_at = UNWRITTEN, None
    copy.save()
    twin.origin, (twin.remote_id, twin.title) = former, there
    twin.save()
    # Whatever was settled before is asked for once more.
    Origin.objects.filter(pk=following.pk).update(memory={})
    write("harvest.take_from_here", copy.dataset, by=by, before=str(former.pk), after=str(following.pk))
    return copy
