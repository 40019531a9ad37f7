"""What the platform itself knows, as Parquet on this machine: made anew only when it may say something else."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from learningcity.common.columnar.keeping import keep_rows
from learningcity.opendata.queries.catalog import schema_of
from learningcity.opendata.queries.changes import marks, words_asked
from learningcity.opendata.queries.shelf import alone, write
from learningcity.opendata.registry import Publication

# Whoever reads an older table still has it open or is about to open it.
KEPT = 3
# Raised whenever a table says something else though nothing in the database did.
EDITION = 1
# From which tables of the database the newest was read.
READ = "read.json"
DAY = "today"


def live_table(publication: Publication) -> Path:
    """Return what the platform knows at this moment as Parquet."""
    folder = settings.TABLE_SHELF / "live" / publication.name
    if kept := kept_in(folder, publication):
        return kept
    with alone(folder):
        return kept_in(folder, publication) or made_in(folder, publication)


def kept_in(folder: Path, publication: Publication) -> Path | None:
    """Return what is there, if nothing of what it was read from has changed since.

    Which tables that is, was seen when it was made. As long as these hold the same, the same would be read again: what is
    asked next depends on nothing but what was answered before.
    """
    try:
        read = set(json.loads((folder / READ).read_text()))
    except FileNotFoundError:
        return None
    kept = folder / f"{state_of(publication, read, held_now())}.parquet"
    return kept if kept.exists() else None


def made_in(folder: Path, publication: Publication) -> Path:
    """Make what the platform knows now, and note what it was read from."""
    fresh = folder / f"{uuid.uuid4().hex}.parquet"
    # Looked at before anything is read: what is changed meanwhile is read anew by the next one.
    before = held_now()
    with words_asked() as words:
        keep_rows(publication.rows(), publication.columns, fresh)
    read = words & {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    write([json.dumps(sorted(read)).encode()], folder / READ)
    made = fresh.replace(folder / f"{state_of(publication, read, before)}.parquet")
    tables = sorted(folder.glob("*.parquet"), key=lambda table: table.stat().st_mtime_ns, reverse=True)
    for old in tables[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".sha256").unlink(missing_ok=True)
    return made


def held_now() -> dict[str, Any]:
    """Return what each watched table holds, as its mark, and which day it is: agreements end without anybody's doing."""
    return {**marks(), DAY: timezone.localdate().isoformat()}


def state_of(publication: Publication, read: set[str], held: dict[str, Any]) -> str:
    """Return a name for what a publication says: another on every day, and after every change of what it is read from."""
    # A table that nobody watches may have been changed: nothing that is read from it is found again.
    rests_on = [[name, held.get(name) or uuid.uuid4().hex] for name in sorted({*read, DAY})]
    place = [connection.settings_dict["NAME"], str(connection.settings_dict["HOST"])]
    said = [EDITION, settings.SMALLEST_GROUP, place, schema_of(publication), rests_on]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
