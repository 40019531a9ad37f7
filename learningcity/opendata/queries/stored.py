"""Stored files as files of this machine, whether they lie here or in S3; and tables so large that they are asked there."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from learningcity.common.columnar.distant import PIECE, Distant, Table
from learningcity.common.storing import StoreAway
from learningcity.opendata.models import File
from learningcity.opendata.queries.shelf import alone, is_kept, make_room

# Fetched at once, and in memory.
STRETCH = 8 * PIECE
# Seconds for which an engine of its own (TABLE_ENGINE) may read a file by the address it is given.
READABLE = 120


def local_path(file: File) -> Path:
    """Return a stored file as a file of this machine; one that lies in S3 is fetched once, and only if it is what was stored.

    :raises StoreAway: if the store does not give what was put there.
    """
    if isinstance(file.file.storage, FileSystemStorage):
        here = Path(file.file.path)
        if not here.exists():
            raise StoreAway(f"{file.sha256} is not where it was stored.")
        return here
    kept = fetched(file)
    if not is_kept(kept):
        with alone(kept.parent):
            if not is_kept(kept):
                with tempfile.TemporaryDirectory(dir=kept.parent, prefix="making-") as made:
                    copy(file, Path(made) / "copy").replace(kept)
                make_room(kept)
    return kept


def table_to_ask(file: File) -> Table:
    """Return a stored table where it is best asked: here, or, as long as it is not here and large, where it lies.

    :raises StoreAway: if the store does not give what was put there.
    """
    storage, kept = file.file.storage, fetched(file)
    if not (file.pieces and hasattr(storage, "parts_of")) or is_kept(kept):
        return local_path(file)
    pieces = kept.with_suffix(".pieces")
    if not is_kept(pieces):
        with alone(kept.parent), pieces.open("ab") as new:
            # Takes no room yet, but may come to take so much.
            new.truncate(file.size)
            make_room(pieces)
    name = file.file.name
    part, address = storage.parts_of(name), partial(storage.url, name, expire=READABLE)
    return Distant(file.sha256, file.size, bytes(file.pieces), pieces, kept, part, address)


def fetched(file: File) -> Path:
    """Return where a file of another place lies once it is here."""
    path: Path = settings.TABLE_SHELF / "fetched" / file.sha256[:2] / file.sha256
    return path


def copy(file: File, target: Path) -> Path:
    """Write a stored file to a place on this machine, in bounded memory.

    :raises StoreAway: if it is not what was stored.
    """
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as made:
        for some in stretches(file):
            digest.update(some)
            size += made.write(some)
        made.flush()
        os.fsync(made.fileno())
    if (digest.hexdigest(), size) != (file.sha256, file.size):
        raise StoreAway(f"{file.sha256} is not what was stored.")
    return target


def stretches(file: File) -> Iterator[bytes]:
    """Return the bytes of a stored file, a stretch at a time.

    :raises StoreAway: if it is not there.
    """
    storage = file.file.storage
    try:
        if hasattr(storage, "parts_of"):
            part = storage.parts_of(file.file.name)
            for start in range(0, file.size, STRETCH):
                yield part(start, min(start + STRETCH, file.size))
        else:
            with file.file.open() as stored:
                yield from iter(partial(stored.read, STRETCH), b"")
    except FileNotFoundError as problem:
        raise StoreAway(f"{file.sha256} is not where it was stored.") from problem
