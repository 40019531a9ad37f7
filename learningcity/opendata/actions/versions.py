"""Files that never change, versions made of them, and what becomes of a dataset that is withdrawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files import File as DjangoFile
from django.db import transaction
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.common.columnar.distant import LARGE, PIECE
from learningcity.opendata.models import Dataset, Distribution, File, Version, stored_name
from learningcity.opendata.queries import described, newest_version
from learningcity.search.actions import index


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of a version that is about to be made; the fields are those of Distribution."""

    name: str
    format: str
    file: File
    title_th: str = ""
    title_en: str = ""
    table: File | None = None
    schema: dict[str, Any] = field(default_factory=dict)
    row_count: int | None = None
    problems: list[Any] = field(default_factory=list)


def keep_file(content: IO[bytes], media_type: str) -> File:
    """Keep bytes for ever, once, under their SHA-256."""
    content.seek(0)
    digest, size, pieces = hashlib.sha256(), 0, []
    while piece := content.read(PIECE):
        digest.update(piece)
        size += len(piece)
        pieces.append(hashlib.sha256(piece).digest())
    sha256 = digest.hexdigest()
    if kept := File.objects.filter(sha256=sha256).first():
        return kept
    content.seek(0)
    file = File(sha256=sha256, size=size, media_type=media_type)
    file.pieces = b"".join(pieces) if size > LARGE else b""
    storage = file.file.storage
    name = stored_name(file, "")
    # Whoever stored the same bytes and was stopped before the row was written left them there, or a part of them.
    if storage.exists(name) and storage.size(name) != size:
        storage.delete(name)
    if not storage.exists(name):
        storage.save(name, DjangoFile(content))
    file.file.name = name
    # Two may bring the same file at once.
    File.objects.bulk_create([file], ignore_conflicts=True)
    return File.objects.get(sha256=sha256)


@transaction.atomic
def add_version(
    dataset: Dataset, parts: list[Part], *, by: User | None, note_th: str = "", note_en: str = ""
) -> Version:
    """Publish what a dataset is now as its next version; whoever calls has seen to the permission.

    Where neither the files, nor what is said of them and of their columns changed, the newest version stays the newest.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    last = newest_version(dataset)
    if last and last.metadata == described(dataset) and fingerprints(last) == list(map(fingerprint, parts)):
        return last
    return make_version(dataset, parts, by=by, note_th=note_th, note_en=note_en)


@transaction.atomic
def make_version(
    dataset: Dataset, parts: list[Part], *, by: User | None, note_th: str = "", note_en: str = ""
) -> Version:
    """Publish what a dataset is now as its next version, whatever the last one said; for callers as of add_version."""
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    last = newest_version(dataset)
    version = Version.objects.create(
        dataset=dataset,
        number=last.number + 1 if last else 1,
        metadata=described(dataset),
        note_th=note_th,
        note_en=note_en,
        by=by,
    )
    Distribution.objects.bulk_create(
        Distribution(version=version, position=position, **vars(part)) for position, part in enumerate(parts, 1)
    )
    dataset.changed_at = version.made_at
    dataset.save(update_fields=["changed_at"])
    write("publish version", dataset, by=by, number=version.number, files=[part.file.sha256 for part in parts])
    index(dataset)
    return version


def fingerprints(version: Version) -> list[tuple[Any, ...]]:
    """Return what tells each file of a version from others, in order."""
    return [fingerprint(part) for part in version.distributions.select_related("file")]


def fingerprint(part: Part | Distribution) -> tuple[Any, ...]:
    """Return what tells a file from others: its bytes, its name and what is said of its columns."""
    return part.name, part.file.sha256, part.schema


@transaction.atomic
def withdraw_dataset(dataset: Dataset, reason_th: str, reason_en: str, *, by: User) -> Dataset:
    """Take a dataset out of the catalog; its address says from then on that it was there, and why it is gone.

    :raises PermissionDenied: if this person may not.
    """
    if not by.has_perm("opendata.withdraw", dataset):
        raise PermissionDenied
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if dataset.is_withdrawn:
        return dataset
    dataset.withdrawn_at = dataset.changed_at = timezone.now()
    dataset.reason_th, dataset.reason_en = reason_th, reason_en
    dataset.allow_harvest = False
    dataset.save()
    write("withdraw", dataset, by=by)
    index(dataset)
    return dataset
