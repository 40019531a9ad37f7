"""Rows as a workbook that a Thai Excel opens rightly, and in which no cell is ever a formula."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
# A program that opens the file would take a cell that begins so for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NARROWEST, WIDEST = 8, 60
# The widths of columns are those of the first rows; nobody waits for the others.
MEASURED = 200
LONGEST_CELL = 32_767


def harmless(value: object) -> str:
    """Return a value as text that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) and not PLAIN_NUMBER.fullmatch(text) else text


def rows_as_xlsx(title: str, headings: Sequence[object], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """Return a workbook of one sheet, at its beginning; dates and numbers are real ones, texts are never formulas."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    remaining = iter(rows)
    first = list(islice(remaining, MEASURED))
    for place, heading in enumerate(headings):
        longest = max((len(str(row[place])) for row in first if row[place] is not None), default=0)
        width = min(max(longest, len(str(heading)), NARROWEST) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    named = [_cell(sheet, str(heading)) for heading in headings]
    for cell in named:
        cell.font = Font(bold=True)
    sheet.append(named)
    for row in chain(first, remaining):
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    workbook.save(file)
    file.seek(0)
    return file


def sheet_title(title: str) -> str:
    """Return a name that Excel takes for a sheet."""
    return re.sub(r"[\\/?*\[\]:']", " ", title).strip()[:31] or "1"


def plain(value: Any) -> Any:
    """Return a value that a cell can hold: numbers, days and moments as they are, all else as text."""
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool)):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    value = plain(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # Told so, because openpyxl would make a formula of what begins with “=”.
        cell.data_type = "s"
    return cell
