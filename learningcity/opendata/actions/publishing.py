"""Uploads become the next version of a dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.queries import head
from learningcity.common.columnar.naming import free, machine_name
from learningcity.common.text import language_of
from learningcity.opendata.actions.uploads import let_go
from learningcity.opendata.actions.versions import Part, add_version, keep_file
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Dataset, File, Upload, Version
from learningcity.opendata.queries import MEDIA_TYPES

UNNAMED = "table"


@transaction.atomic
def publish_uploads(
    dataset: Dataset, uploads: Sequence[Upload], *, by: User, note: Mapping[str, str] | None = None
) -> Version:
    """Publish files that were examined as the next version of a dataset, in this order; they are gone as uploads.

    ``note`` may hold ``th`` and ``en``.

    :raises PermissionDenied: if this person may not publish for the place of the dataset (opendata.publish), may not
        see one of the uploads, or brought one: a second person looks at what is published.
    :raises ValidationError: if there is none, one is not ready, or belongs to another place.
    """
    if not by.has_perm("opendata.publish", dataset):
        raise PermissionDenied
    found = {
        one.pk: one for one in Upload.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in uploads])
    }
    chosen = [found[one.pk] for one in uploads if one.pk in found]
    for upload in chosen:
        if not by.has_perm("opendata.see_upload", upload) or upload.by_id == by.pk:
            raise PermissionDenied
    refuse_unready(chosen, dataset.place)
    said = note or {}
    version = add_version(
        dataset, parts_of(chosen), by=by, note_th=said.get("th", "")[:500], note_en=said.get("en", "")[:500]
    )
    let_go(chosen, by=by)
    return version


def refuse_unready(uploads: Sequence[Upload], place: str) -> None:
    """Do nothing for uploads that can be published for a place.

    :raises ValidationError: if there is none, one is not ready, or belongs to another place.
    """
    if not uploads:
        raise ValidationError(_("Choose at least one file."))
    for upload in uploads:
        if upload.standing != Standing.READY or upload.place != place:
            raise ValidationError(_("“%(name)s” is not ready to be published.") % {"name": upload.name})


def parts_of(uploads: Sequence[Upload]) -> list[Part]:
    """Keep the files of examined uploads for ever and return them as parts for add_version, under names of their own.

    Whoever calls has seen to the permission.
    """
    taken: set[str] = set()
    parts = []
    for upload in uploads:
        title = PurePath(upload.name).stem
        # Under its address a reader finds the newest of it, whatever the file is called this year.
        name = free(upload.found.get("replaces") or machine_name(title) or UNNAMED, taken)
        taken.add(name)
        parts.append(_part(upload, name, title[:300]))
    return parts


def _part(upload: Upload, name: str, title: str) -> Part:
    file = _kept(upload.file, MEDIA_TYPES[upload.format])
    table = _kept(upload.table, MEDIA_TYPES["parquet"]) if upload.table else None
    return Part(
        name=name,
        format=upload.format,
        file=file,
        table=table,
        schema=upload.schema,
        row_count=upload.row_count if table else None,
        problems=upload.problems,
        **{f"title_{language_of(title)}": title},
    )


def _kept(stored: FieldFile, media_type: str) -> File:
    """Keep the bytes of an upload for ever; while a publication is only rehearsed, leave them where they lie."""
    with stored.open("rb") as content:
        if head() >= 0:
            return keep_file(content, media_type)
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    kept = File.objects.filter(sha256=sha256).first()
    # The row goes when the rehearsal ends; bytes that were never approved must not stay behind.
    return kept or File.objects.create(sha256=sha256, size=stored.size, media_type=media_type, file=stored.name)
