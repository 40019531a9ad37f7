"""Spreadsheets as people save them. What stands in them is made up, and says so."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from learningcity.accounts.models import User
from learningcity.imports import actions, tasks
from learningcity.imports.models import Import, Progress, Row
from tests.factories.cities import make_city, make_role

HEADINGS = ("indicator", "city", "value", "date", "source")


def workbook(rows: Iterable[Sequence[Any]], *merged: str) -> bytes:
    """Return an XLSX of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(rows: Iterable[Sequence[Any]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """Return a CSV."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def as_upload(content: bytes, name: str = "sample.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_officers() -> tuple[User, User]:
    """Make an editor and an approver of one city."""
    city = make_city()
    return make_role(kind="editor", city=city).user, make_role(kind="approver", city=city).user


def make_import(content: bytes, table: str = "facts", by: User | None = None, place: str = "") -> Import:
    """Make an import that was checked in English, brought by an editor of a city unless somebody is named."""
    if by is None:
        role = make_role(kind="editor", city=make_city())
        by, place = role.user, role.city.slug
    name = "sample.xlsx" if content.startswith(b"PK") else "sample.csv"
    with override("en"):
        upload = actions.upload_table(as_upload(content, name), table, place, by=by)
    tasks.check_rows(upload.pk)
    upload.refresh_from_db()
    return upload


def make_upload(**changes: Any) -> Import:
    """Make the row of an import, without any file."""
    usual = {"table": "facts", "name": "sample.csv", "format": "csv", "sha256": "0" * 64}
    return Import.objects.create(**{**usual, **changes})


def write_import(upload: Import, mode: str = "all") -> Import:
    """Let an import be handed in, approved by somebody else, and written."""
    actions.submit_import(upload, mode, by=upload.by)
    actions.apply_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.apply_rows(upload.pk)
    upload.refresh_from_db()
    return upload


def make_row(**changes: Any) -> Row:
    """Make a row of an import, a new one unless told otherwise."""
    if "upload" not in changes:
        changes["upload"] = make_upload()
    return Row.objects.create(**{"number": 2, "verdict": "added", **changes})


def make_progress(**changes: Any) -> Progress:
    return Progress.objects.create(**{"upload": make_upload(), **changes})
