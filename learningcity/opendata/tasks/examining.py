"""An upload examined: what was found is written down whole, or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext as _

from learningcity.audit.actions import write
from learningcity.common.columnar.finishing import listed
from learningcity.common.columnar.found import Found, choices_from
from learningcity.common.columnar.intake import Abandoned, Refused, examine
from learningcity.common.columnar.keys import tells_apart
from learningcity.common.columnar.quality import problem
from learningcity.common.columnar.schema import Column, as_schema, columns_from
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Upload

# A file that stops the worker again and again is not tried for ever.
MOST_ATTEMPTS = 3
UNDECIDED = (Standing.RECEIVED, Standing.READING)


def examine_upload(number: int, turn: int, language: str) -> None:
    """Find out what an uploaded file is. A second run begins anew; one that is out of turn does nothing."""
    upload = _begun(number, turn)
    if upload is None:
        return
    with translation.override(language):
        if upload.found["attempts"] > MOST_ATTEMPTS:
            _refuse(upload, turn, _("Reading this file stopped our program several times. Save it anew and try again."))
            return
        try:
            with tempfile.TemporaryDirectory(prefix="learningcity-") as made, local_file(upload.file) as path:
                found = examine(
                    path,
                    upload.name,
                    folder=Path(made),
                    on_progress=partial(_tell, number, turn),
                    choices=choices_from(upload.found.get("choices", {})),
                )
                _keep(upload, turn, found, _fingerprint(path))
        except Refused as problem:
            _refuse(upload, turn, str(problem))
        except Abandoned:
            return


def _begun(number: int, turn: int) -> Upload | None:
    with transaction.atomic():
        upload = _current(number, turn)
        if upload is None or upload.standing not in UNDECIDED:
            return None
        upload.standing, upload.progress = Standing.READING, 0
        upload.found["attempts"] = upload.found.get("attempts", 0) + 1
        upload.save(update_fields=["standing", "progress", "found"])
        return upload


def _current(number: int, turn: int) -> Upload | None:
    """Return the upload, locked, if it is still there and nobody had it read anew."""
    upload = Upload.objects.select_for_update(no_key=True, of=("self",)).filter(pk=number).first()
    return upload if upload and upload.found.get("turn") == turn else None


def _tell(number: int, turn: int, share: int) -> None:
    """Write down how far it is: a statement of its own, outside of any transaction, so that people see it move.

    :raises Abandoned: if the upload is gone, or read anew.
    """
    open_ = Upload.objects.filter(pk=number, found__turn=turn, standing=Standing.READING)
    if not open_.update(progress=min(share, 99)):
        raise Abandoned


@contextmanager
def local_file(stored: FieldFile) -> Iterator[Path]:
    """Provide a stored file on this machine, wherever files are kept; nothing is copied if it is here."""
    try:
        path = Path(stored.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(prefix="learningcity-") as copy:
            with stored.open("rb") as kept:
                shutil.copyfileobj(kept, copy, 1 << 20)
            copy.flush()
            yield Path(copy.name)
    else:
        yield path


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(upload: Upload, turn: int, found: Found, sha256: str) -> None:
    """Write down what was found, with the table; what somebody said of columns stays said."""
    storage = upload.table.storage
    name = ""
    if found.table:
        with found.table.open("rb") as made:
            name = storage.save(upload.table.field.generate_filename(upload, "table"), File(made))
    try:
        with transaction.atomic():
            current = _current(upload.pk, turn)
            if current is None:
                raise Abandoned
            former = current.table.name
            said, renamed = columns_from(current.schema), current.found.get("renamed", {})
            columns = [_as_said(column, said, renamed) for column in found.columns]
            key = [renamed.get(name, name) for name in current.schema.get("primaryKey", [])]
            is_kept = found.table is None or tells_apart(found.table, key, [column.name for column in columns])
            current.sha256, current.format = sha256, found.format
            current.schema = as_schema(columns, key if is_kept else None) if columns else {}
            current.row_count = found.row_count
            current.problems = (
                found.problems if is_kept else [problem("key_broken", names=listed(key)), *found.problems]
            )
            current.found = {**_kept(current.found), **found.as_json()}
            current.table.name = name
            current.standing, current.progress, current.refusal = Standing.READY, 100, ""
            current.save()
            write("opendata.examine", current, by=None, after=Standing.READY, format=found.format, rows=found.row_count)
            if former:
                transaction.on_commit(partial(storage.delete, former))
    except BaseException:
        if name:
            storage.delete(name)
        raise


def _as_said(column: Column, said: list[Column], renamed: Mapping[str, str]) -> Column:
    """Return a column with the words that somebody gave it before, perhaps under another name."""
    wanted = (column.name, column.heading)
    same = (one for one in said if (renamed.get(one.name, one.name), one.heading) == wanted)
    return next((replace(one, name=column.name, type=column.type) for one in same), column)


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("turn", "attempts", "choices", "replaces") if name in found}


def _refuse(upload: Upload, turn: int, words: str) -> None:
    """Write down why a file is not taken; its bytes go, unless something was read of them before."""
    with transaction.atomic():
        current = _current(upload.pk, turn)
        if current is None:
            return
        if current.table:
            # What was read before counts on; only the choice was not a good one.
            before = [one for one in current.problems if one["kind"] != "not_read"]
            current.problems = [problem("not_read", words=words), *before]
            current.standing, current.progress = Standing.READY, 100
            current.save(update_fields=["problems", "standing", "progress"])
            return
        name, storage = current.file.name, current.file.storage
        current.standing, current.refusal, current.progress = Standing.REFUSED, words, 100
        current.schema, current.problems, current.row_count = {}, [], None
        current.found = _kept(current.found)
        current.file.name = ""
        current.save()
        write("opendata.examine", current, by=None, after=Standing.REFUSED)
        if name:
            transaction.on_commit(partial(storage.delete, name))
