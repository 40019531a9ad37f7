"""The file that somebody brought, given back with its faults marked: nothing else in it is touched."""

from __future__ import annotations

import codecs
import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from learningcity.common.sheets.headings import Names, likeness
from learningcity.common.sheets.reading import opened_sheets
from learningcity.common.sheets.weights import is_light
from learningcity.common.sheets.writing import harmless, rows_as_xlsx
from learningcity.imports.enums import Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.queries import is_heading_of_reasons, reasons_of, rows_of
from learningcity.imports.registry import Table, table_named
from learningcity.imports.tasks.checking import local_file

WRONG = PatternFill("solid", fgColor="F9C6C0")
BOLD, RED = Font(bold=True), Font(color="9C0006")
# A workbook with more cells takes minutes and hundreds of megabytes to change; its rows are given back without its looks.
MOST_CELLS = 150_000
MOST_COMMENTS = 2_000


def answer(upload: Import) -> IO[bytes]:
    """Return the file of an import with its faults marked, at its beginning."""
    with local_file(upload) as path:
        if upload.format == "csv":
            return _answer_as_csv(upload, path)
        width = max(upload.layout["places"].values()) + 1
        rows = upload.rows_read + upload.layout["headings"]
        # Other sheets, and ranges that lie far beyond the table, are opened with it.
        if rows * width > MOST_CELLS or not is_light(path, MOST_CELLS):
            return _plain_table(upload)
        return _answer_as_xlsx(upload, path)


def _answer_as_xlsx(upload: Import, path: Path) -> IO[bytes]:
    """Return the workbook with a column of reasons at its right and a comment at each wrong cell."""
    table = table_named(upload.table)
    workbook: Any = load_workbook(path)
    sheet = workbook[upload.layout["sheet"]]
    reasons = _wipe(sheet, upload.layout["headings"])
    head = sheet.cell(row=upload.layout["headings"], column=reasons, value=_("What is wrong"))
    head.font = BOLD
    sheet.column_dimensions[head.column_letter].width = 60
    for count, row in enumerate(rows_of(upload, Verdict.REFUSED).iterator(chunk_size=1000)):
        cell = sheet.cell(row=row.number, column=reasons, value=in_words(row, table))
        cell.data_type, cell.font, cell.alignment = "s", RED, Alignment(wrap_text=True, vertical="top")
        for name, reason in reasons_of(row, table):
            _mark(sheet, upload, row, (name, reason if count < MOST_COMMENTS else ""))
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    workbook.save(file)
    file.seek(0)
    return file


def _wipe(sheet: Any, headings: int) -> int:
    """Take away the marks of an earlier time, if this file was given back before, and return the column of the reasons."""
    found = (cell.column for cell in sheet[headings] if is_heading_of_reasons(cell.value))
    if not (reasons := next(found, 0)):
        return int(sheet.max_column) + 1
    for row in sheet.iter_rows(min_row=headings + 1):
        for cell in row:
            if cell.column == reasons:
                cell.value = None
            elif cell.comment and cell.comment.author == settings.SITE_NAME_EN:
                cell.comment, cell.fill = None, PatternFill()
    return int(reasons)


def _mark(sheet: Any, upload: Import, row: Row, why: tuple[str, str]) -> None:
    """Color a wrong cell and say beside it why; of merged cells, the one that shows."""
    name, reason = why
    if name not in upload.layout["places"]:
        return
    cell = sheet.cell(row=row.number, column=upload.layout["places"][name] + 1)
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            cell = sheet.cell(row=merged.min_row, column=merged.min_col)
            break
    cell.fill = WRONG
    if reason and cell.comment is None:
        cell.comment = Comment(reason, settings.SITE_NAME_EN)


def _answer_as_csv(upload: Import, path: Path) -> IO[bytes]:
    """Return a text file with a column of reasons at the right; formulas in it become harmless."""
    table = table_named(upload.table)
    reasons = {row.number: in_words(row, table) for row in rows_of(upload, Verdict.REFUSED).iterator(chunk_size=1000)}
    reasons[upload.layout["headings"]] = _("What is wrong")
    names, file = Names(table.names()), tempfile.TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    file.write(codecs.BOM_UTF8)
    writer = csv.writer(codecs.getwriter("utf-8")(file))
    with opened_sheets(path, upload.format, lambda rows: likeness(rows, names)) as sheets:
        width = max(upload.layout["places"].values()) + 1
        earlier = -1
        for line in next(sheets).lines:
            if line.number == upload.layout["headings"]:
                earlier = next((place for place, text in enumerate(line.cells) if is_heading_of_reasons(text)), -1)
            cells = [text for place, text in enumerate(line.cells) if place != earlier]
            cells += [""] * (width - len(cells))
            writer.writerow([*map(harmless, cells), reasons.get(line.number, "")])
    file.seek(0)
    return file


def in_words(row: Row, table: Table) -> str:
    """Return why a row is refused, column by column."""
    labels = {column.name: f"{column.label}: " for column in table.columns}
    return "\n".join(labels.get(name, "") + reason for name, reason in reasons_of(row, table))


def _plain_table(upload: Import) -> IO[bytes]:
    table = table_named(upload.table)
    columns = [column for column in table.columns if column.name in upload.layout["places"]]
    headings = [_("Row"), *(str(column.label) for column in columns), _("What is wrong")]
    return rows_as_xlsx(_("The refused rows of a large file"), headings, _plain_rows(upload, [c.name for c in columns]))


def _plain_rows(upload: Import, names: list[str]) -> Iterator[list[Any]]:
    table = table_named(upload.table)
    for row in rows_of(upload, Verdict.REFUSED).iterator(chunk_size=1000):
        yield [row.number, *(row.cells.get(name, "") for name in names), in_words(row, table)]
