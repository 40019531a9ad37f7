"""Uploads become files of the next version of a dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from django.db.models.fields.files import FieldFile

from learningcity.audit.queries import head
from learningcity.common.columnar.naming import free, machine_name
from learningcity.common.text import language_of
from learningcity.opendata.actions.versions import Part, keep_file
from learningcity.opendata.models import File, Upload
from learningcity.opendata.queries import MEDIA_TYPES

UNNAMED = "table"


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
