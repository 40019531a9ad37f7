"""Files that people bring: received, looked at in the background, described, dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File as DjangoFile
from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.common.columnar.found import Choices
from learningcity.common.columnar.limits import LARGEST_UPLOAD
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.sniffing import kind_of, too_large
from learningcity.common.quotas import BYTES_WAITING, DATA_WAITING
from learningcity.opendata import tasks
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Upload
from learningcity.opendata.queries.uploads import forgotten_uploads, lost_files

# Files may name people; what nobody goes on with is not kept.
PATIENCE = dt.timedelta(days=90)


def receive_upload(file: DjangoFile[bytes], name: str, place: str, *, by: User) -> Upload:
    """Take in a file for a place, and have it examined in the background in the language that is spoken now.

    What was found stands in the upload when its standing is ``ready``: ``format``, ``schema``, ``row_count``,
    ``problems`` (say them with quality.in_words) and ``found`` (Found.as_json, with ``choices``); ``refusal`` says why
    it is ``refused``. ``progress`` goes from 0 to 100 meanwhile.

    :raises PermissionDenied: if this person may not bring files to the place.
    :raises Refused: if it is larger than LARGEST_UPLOAD, empty, of no kind that we take, or if as much waits for the place
        as may.
    """
    if not by.has_perm("opendata.upload", place):  # type: ignore[arg-type]
        raise PermissionDenied
    if file.size > LARGEST_UPLOAD:
        raise Refused(too_large())
    waiting = Upload.objects.filter(place=place).aggregate(count=Count("pk"), size=Coalesce(Sum("size"), 0))
    if waiting["count"] >= DATA_WAITING or waiting["size"] + file.size > BYTES_WAITING:
        raise Refused(_("Too many files wait here already. Publish or delete some of them first."))
    content: Any = file.file
    kind_of(content, name)
    content.seek(0)
    upload = Upload(place=place, by=by, name=PurePath(name).name[-200:], size=file.size)
    upload.file.save(upload.name, file, save=False)
    try:
        return _received(upload, by)
    except BaseException:
        # Nothing of it stays, if it cannot be written down.
        upload.file.storage.delete(upload.file.name or "")
        raise


@transaction.atomic
def _received(upload: Upload, by: User) -> Upload:
    upload.save(force_insert=True)
    write("opendata.receive_upload", upload, by=by, place=upload.place, bytes=upload.size)
    examine(upload, Choices())
    return upload


@transaction.atomic
def read_again(upload: Upload, choices: Choices, *, by: User) -> Upload:
    """Have a file examined once more as the person chose: another sheet, dates of the Buddhist calendar as dates.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    upload = locked(upload, by)
    if upload.file:
        write("opendata.read_again", upload, by=by)
        examine(upload, choices)
    return upload


@transaction.atomic
def drop_upload(upload: Upload, *, by: User) -> None:
    """Delete a file that was brought, and what was made of it; what is published of it stays published.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    let_go([locked(upload, by)], by=by)


@transaction.atomic
def drop_forgotten_uploads() -> int:
    """Delete the files that nobody published for a quarter of a year, and return how many it was."""
    left = list(forgotten_uploads(timezone.now() - PATIENCE).select_for_update(of=("self",)))
    let_go(left, by=None)
    for name in lost_files():
        Upload.file.field.storage.delete(name)
    return len(left)


def let_go(uploads: Iterable[Upload], *, by: User | None) -> None:
    """Delete uploads, and their files once that is certain; whoever calls has seen to the permission."""
    for upload in uploads:
        write("opendata.drop_upload", upload, by=by, place=upload.place)
        names = [stored.name for stored in (upload.file, upload.table) if stored]
        storage = upload.file.storage
        upload.delete()
        for name in names:
            transaction.on_commit(partial(storage.delete, name))


def locked(upload: Upload, by: User) -> Upload:
    """Return the upload as it stands, and let nobody else change it until the transaction ends.

    :raises PermissionDenied: if this person may not bring files to its place.
    """
    upload = Upload.objects.select_for_update(no_key=True, of=("self",)).get(pk=upload.pk)
    if not by.has_perm("opendata.upload", upload.place):  # type: ignore[arg-type]
        raise PermissionDenied
    return upload


def examine(upload: Upload, choices: Choices) -> None:
    """Have an upload examined; whatever an earlier job still finds out counts no more."""
    turn = upload.found.get("turn", 0) + 1
    upload.found = {**upload.found, "turn": turn, "attempts": 0, "choices": choices.as_json()}
    upload.standing, upload.progress, upload.refusal = Standing.RECEIVED, 0, ""
    upload.save(update_fields=["found", "standing", "progress", "refusal"])
    # One at a time for each upload.
    task = tasks.examine.configure(lock=f"upload-{upload.pk}")
    task.defer(upload=upload.pk, turn=turn, language="en" if get_language() == "en" else "th")
