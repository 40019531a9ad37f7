"""Rows written anew as a text that the engine reads without a doubt: for files that other programs wrote in their own way."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from learningcity.common.columnar.bombs import Bounded, too_many_cells
from learningcity.common.columnar.dialects import Dialect
from learningcity.common.columnar.limits import LONGEST_CELL, LONGEST_ROW, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from learningcity.common.columnar.refusals import Refused

EXAMPLES = 5
MOST_GAPS = 100_000
TOLD_EVERY = 5_000


@dataclass(slots=True)
class Rewritten:
    """A text with commas, every row as wide as the headings, and where rows were too short for that."""

    path: Path
    rows: int = 0
    short: list[int] = field(default_factory=list)
    short_count: int = 0
    # Before which rows of the table, counted from 0, a line stands that is none.
    gaps: list[int] = field(default_factory=list)


def rewrite_text(path: Path, dialect: Dialect, folder: Path, tell: Callable[[float], None]) -> Rewritten:
    """Write the rows of a text anew.

    :raises Refused: if a row has more cells than there are columns, or quotation marks do not match.
    """
    csv.field_size_limit(LONGEST_CELL)
    size = max(path.stat().st_size, 1)
    with path.open(encoding="utf-8-sig", newline="") as file:

        def rows() -> Iterator[list[str]]:
            reader = csv.reader(bounded_lines(file), delimiter=dialect.delimiter, strict=True)
            done = 0
            try:
                for done, row in enumerate(reader, 1):
                    if done % TOLD_EVERY == 0:
                        tell(file.buffer.tell() / size)  # type: ignore[attr-defined]
                    yield row
            except csv.Error as problem:
                raise Refused(_row_problem(done + 1, str(problem))) from problem

        return rewrite_rows(rows(), len(dialect.headings), dialect.before, folder)


def rewrite_rows(rows: Iterable[Sequence[str]], width: int, before: int, folder: Path) -> Rewritten:
    """Write rows anew, without the first ones, which come before the table; lines on which nothing stands are no rows.

    :raises Refused: if a row has more cells than there are columns.
    """
    written = Rewritten(folder / "rows.csv")
    with written.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(Bounded(file), lineterminator="\n")
        for number, row in enumerate(rows, 1):
            if number <= before:
                continue
            if not row:
                written.gaps += [written.rows] if len(written.gaps) < MOST_GAPS else []
                continue
            writer.writerow(row if len(row) == width else _made_even(row, number, width, written))
            written.rows += 1
            if written.rows > MOST_ROWS:
                raise Refused(too_many_rows())
            if written.rows * width > MOST_CELLS:
                raise Refused(too_many_cells())
    return written


def bounded_lines(file: IO[str]) -> Iterator[str]:
    """Return the lines of a text.

    :raises Refused: if one of them is as long as a book.
    """
    number = 0
    while line := file.readline(LONGEST_ROW):
        number += 1
        if len(line) == LONGEST_ROW and not line.endswith(("\n", "\r")):
            raise Refused(row_too_long(number))
        yield line


def _made_even(row: Sequence[str], number: int, width: int, written: Rewritten) -> list[str]:
    """Return a row with as many cells as there are columns.

    :raises Refused: if one of them would be lost.
    """
    if any(row[width:]):
        raise Refused(
            _(
                "Row %(row)s has %(cells)s cells, but there are %(columns)s columns: “%(cell)s” belongs to none. "
                "Perhaps a cell holds the separator without quotation marks around it."
            )
            % {"row": f"{number:,}", "cells": len(row), "columns": width, "cell": next(filter(None, row[width:]))[:40]}
        )
    if len(row) < width:
        written.short_count += 1
        if len(written.short) < EXAMPLES:
            written.short.append(number)
    return [*row[:width], *[""] * (width - len(row))]


def _row_problem(number: int, said: str) -> str:
    if "field limit" in said:
        return cell_too_long(number)
    return _("In row %(row)s, or just before it, a quotation mark is missing or one too many.") % {"row": f"{number:,}"}


def cell_too_long(number: int) -> str:
    return _("In row %(row)s a cell holds more than %(most)s letters.") % {
        "row": f"{number:,}",
        "most": f"{LONGEST_CELL:,}",
    }


def row_too_long(number: int) -> str:
    return _("Row %(row)s is longer than %(most)s letters. Is this a table at all?") % {
        "row": f"{number:,}",
        "most": f"{LONGEST_ROW:,}",
    }


def too_many_rows() -> str:
    return _("The table has more than %(most)s rows. Split it into several files.") % {"most": f"{MOST_ROWS:,}"}


def too_many_columns() -> str:
    return _("The table has more than %(most)s columns. Perhaps its rows and columns have changed places.") % {
        "most": f"{MOST_COLUMNS:,}"
    }
