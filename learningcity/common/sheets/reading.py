"""The sheets of a file, row by row, every cell as text; numbers of rows are those that the spreadsheet program shows."""

from __future__ import annotations

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from learningcity.common.sheets.guards import TEXT, Unreadable

LONGEST_CELL = 10_000
# As wide as in a workbook, see child.py, and as long as a spreadsheet program can show.
MOST_COLUMNS, MOST_LINES = 200, 1_048_576
LONGEST_LINE = LONGEST_CELL * MOST_COLUMNS
SEPARATORS = (",", ";", "\t")
CHILD = Path(__file__).with_name("child.py")
UNWANTED = {chr(code) for code in range(32)} - {"\t", "\n", "\r"}
SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One row with the number that stands beside it in the spreadsheet program."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a text file read with one separator; the lines come once."""

    name: str
    # How many lines there are, or a little more.
    height: int
    lines: Iterator[Line]


@contextmanager
def opened_sheets(path: Path, kind: str, likeness: Callable[[list[list[str]]], int]) -> Iterator[Iterator[Sheet]]:
    """Provide the sheets of a file that the guards have let pass.

    ``likeness`` says how well the first rows suit the table: the separator of a text file is the one they suit best with.

    :raises Unreadable: if the file says otherwise on a closer look.
    """
    if kind == TEXT:
        yield iter([_text_sheet(path.read_bytes(), likeness)])
        return
    # The messages of a parser that gave up are for nobody.
    with subprocess.Popen(
        [sys.executable, str(CHILD), str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as child:
        try:
            yield _sheets_of(child)
        finally:
            child.kill()


def _sheets_of(child: subprocess.Popen[str]) -> Iterator[Sheet]:
    assert child.stdout is not None  # noqa: S101 -- for the type checker
    said = (json.loads(line) for line in child.stdout)
    title: tuple[str, int] | None = _title_of(next(said, {"refused": "nothing"}))
    while title:
        after: list[tuple[str, int]] = []
        sheet = Sheet(*title, _lines(said, after))
        yield sheet
        for _line in sheet.lines:
            pass
        title = after[0] if after else None
    if child.wait():
        raise Unreadable(_("The workbook takes too much memory or time to read. Keep one table in it and try again."))


def _lines(said: Iterator[object], after: list[tuple[str, int]]) -> Iterator[Line]:
    for number, cells in enumerate(said, 1):
        if not isinstance(cells, list):
            after.append(_title_of(cells))
            return
        yield Line(number, _bounded(number, cells))


def _title_of(said: object) -> tuple[str, int]:
    """Return name and height of the next sheet.

    :raises Unreadable: if the child gave up instead.
    """
    match said:
        case {"sheet": str(name), "height": int(height)}:
            return name, height
        case {"refused": "wide"}:
            raise _too_wide()
        case {"refused": "PasswordError"}:
            raise Unreadable(_("The file is protected by a password. Save it without one and upload it again."))
        case {"refused": "MemoryError" | "nothing"}:
            raise Unreadable(
                _("The workbook takes too much memory or time to read. Keep one table in it and try again.")
            )
    raise Unreadable(
        _("The file is damaged and cannot be opened. Open it in your spreadsheet program and save it again.")
    )


def _too_wide() -> Unreadable:
    return Unreadable(_("The sheet is more than 200 columns wide. Keep only the columns of the table."))


def _bounded(number: int, cells: list[str]) -> list[str]:
    """Return the cells of a row.

    :raises Unreadable: if one of them is a book.
    """
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Unreadable(_("In row %(row)s a cell holds more than 10,000 letters.") % {"row": number})
    return cells


def _text_sheet(content: bytes, likeness: Callable[[list[list[str]]], int]) -> Sheet:
    """Return the rows of a text file.

    :raises Unreadable: if it is no table.
    """
    text = _decoded(content)
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel writes and reads this line; it is a row to nobody else.
        return Sheet("", rest.count("\n") + 2, _csv_lines(rest, first.strip()[4], 1))
    best = max(SEPARATORS, key=lambda separator: likeness(_sample(text, separator)))
    return Sheet("", text.count("\n") + 1, _csv_lines(text, best, 0))


def _decoded(content: bytes) -> str:
    """Return the text of a file in one of the encodings that Thai spreadsheets are saved in.

    :raises Unreadable: if it is none of them, or no text at all.
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not UNWANTED.isdisjoint(text):
            break
        return text
    if b"\0" in content:
        raise Unreadable(_("The file holds NUL bytes, so it is no text. Save the table as “CSV UTF-8”."))
    raise Unreadable(_("This is no table, or its letters cannot be read. Save the table as “CSV UTF-8” or .xlsx."))


def _sample(text: str, separator: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
    try:
        return [[cell.strip() for cell in row] for row, _number in zip(rows, range(SAMPLE), strict=False)]
    except csv.Error:
        return []


def _csv_lines(text: str, separator: str, before: int) -> Iterator[Line]:
    rows = csv.reader(_bounded_lines(text), delimiter=separator, strict=True)
    number = before
    try:
        for number, row in enumerate(rows, before + 1):
            if any(row[MOST_COLUMNS:]):
                raise _too_wide()
            yield Line(number, _bounded(number, [cell.strip() for cell in row[:MOST_COLUMNS]]))
    except csv.Error as problem:
        raise Unreadable(
            _("Behind row %(row)s a quotation mark is missing or one too many: “%(words)s”.")
            % {"row": number, "words": problem}
        ) from problem


def _bounded_lines(text: str) -> Iterator[str]:
    """Return the lines of a text, none of which becomes millions of cells.

    :raises Unreadable: if one of them, or their number, is beyond what any table has.
    """
    for number, line in enumerate(io.StringIO(text, newline="")):
        if len(line) > LONGEST_LINE:
            raise _too_wide()
        if number > MOST_LINES:
            raise Unreadable(_("The table has more than 50,000 rows. Split it into several files."))
        yield line
