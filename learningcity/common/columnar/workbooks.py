"""The table in a workbook: the sheet that is meant, its headings in one row or two, its rows as a text with commas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from learningcity.common.columnar.dialects import NUMBER, YEAR, headings_at, looks_like_headings
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.rewriting import Rewritten, rewrite_rows
from learningcity.common.sheets.guards import TABLE, Unreadable
from learningcity.common.sheets.reading import Sheet, opened_sheets

LOOKED_AT = 200


@dataclass(slots=True)
class Taken:
    """A sheet as a text with commas."""

    sheet: str
    headings: list[str]
    has_headings: bool
    skipped: int
    # The rows before the first one of the table.
    before: int
    rows: Rewritten
    sheets: list[str] = field(default_factory=list)


def take_sheet(path: Path, wanted: str, folder: Path) -> Taken:
    """Return the sheet of a workbook that somebody wants, or the first one with a table.

    :raises Refused: if there is none, or the workbook cannot be read.
    """
    taken, names = None, []
    try:
        with opened_sheets(path, TABLE, lambda _rows: 0) as sheets:
            for sheet in sheets:
                if sheet.height:
                    names.append(sheet.name)
                if taken is None and (not wanted or sheet.name == wanted):
                    taken = _taken(sheet, folder)
    except Unreadable as problem:
        raise Refused(str(problem)) from problem
    if taken is None:
        raise Refused(_("There is no table in this workbook.") if not wanted else _("The workbook has no such sheet."))
    taken.sheets = names
    return taken


def _taken(sheet: Sheet, folder: Path) -> Taken | None:
    """Return a sheet as a text with commas; nothing, if nothing stands in it."""
    lines = (line.cells if any(line.cells) else [] for line in sheet.lines)
    first = list(islice(lines, LOOKED_AT))
    if not any(first):
        return None
    skipped = headings_at(first)
    top, body = first[skipped], [row for row in first[skipped + 1 :] if row]
    width = max(map(len, first))
    has_headings = looks_like_headings(top, body)
    headings, deep = ([""] * width, 0) if not has_headings else _headings(top, body, width)
    before = skipped + deep
    rows: Iterator[list[str]] = chain(first, lines)
    return Taken(sheet.name, headings, has_headings, skipped, before, rewrite_rows(rows, width, before, folder))


def _headings(top: list[str], body: list[list[str]], width: int) -> tuple[list[str], int]:
    """Return the headings, and on how many rows they stand: a group that was merged over its parts stands above them."""
    upper = [*top, *[""] * (width - len(top))]
    if not body or not any(one and one == other for one, other in pairwise(upper)):
        return upper, 1
    lower = [*body[0], *[""] * (width - len(body[0]))]
    if any(NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell) for cell in lower) or lower == upper:
        return upper, 1
    return [one if one == other else f"{one} {other}".strip() for one, other in zip(upper, lower, strict=True)], 2
