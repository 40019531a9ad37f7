"""How the rows of a text file are written: what stands between the cells, and where the headings are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 1 << 18
FURTHEST = 30
NUMBER = re.compile(r"[-+]?[\d๐-๙][\d๐-๙,]*(?:\.[\d๐-๙]+)?%?")
YEAR = re.compile(r"(?:1[89]|2[0-6])\d\d")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the rows of a text file are written."""

    delimiter: str
    # The cells of the headings; as many empty ones as there are columns, where nobody wrote any.
    headings: list[str] = field(default_factory=list)
    has_headings: bool = True
    # Rows above the headings: titles, notes.
    skipped: int = 0
    # Whether a line at the top names the separator, as Excel writes it.
    is_announced: bool = False

    @property
    def before(self) -> int:
        """How many rows come before the first row of the table."""
        return self.skipped + self.has_headings

    def as_json(self) -> dict[str, Any]:
        return {"delimiter": self.delimiter, "quote": '"', "header": self.has_headings, "skipped": self.skipped}


def dialect_of(path: Path) -> Dialect:
    """Return how a text in UTF-8 is written, by its first lines."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(SAMPLE)
    first, _end, rest = sample.partition("\n")
    announced = first.strip()
    if announced.lower().startswith("sep=") and len(announced) == 5:
        rows, delimiter, is_announced = parsed(rest, announced[4]), announced[4], True
    else:
        rows, delimiter = max(
            ((parsed(sample, separator), separator) for separator in SEPARATORS), key=lambda one: evenness(one[0])
        )
        is_announced = False
    skipped = headings_at(rows)
    width = usual_width(rows[skipped:])
    top = rows[skipped] if skipped < len(rows) else []
    body = [row for row in rows[skipped + 1 :] if row]
    has_headings = looks_like_headings(top, body)
    headings = [*top, *[""] * (width - len(top))] if has_headings else [""] * width
    return Dialect(delimiter, headings, has_headings, skipped + is_announced, is_announced)


def parsed(sample: str, separator: str) -> list[list[str]]:
    """Return the rows of the sample that are whole."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            rows.append([cell.strip() for cell in row])  # noqa: PERF401 -- what was read before a bad row counts
    except csv.Error:
        pass
    # The last one may be cut off.
    return rows[:-1] if len(sample) == SAMPLE and len(rows) > 1 else rows


def evenness(rows: list[list[str]]) -> tuple[float, int]:
    """Return how many of the rows have the same number of cells, and how many that are; one cell is no table."""
    width = usual_width(rows)
    if width < 2:
        return 0.0, width
    return round(sum(len(row) == width for row in rows if row) / sum(1 for row in rows if row), 1), width


def usual_width(rows: list[list[str]]) -> int:
    counted = Counter(len(row) for row in rows if row)
    return max(counted, key=lambda width: (counted[width], width), default=0)


def headings_at(rows: list[list[str]]) -> int:
    """Return how many rows of titles stand above the headings: rows with hardly a cell, above rows with many."""
    width = usual_width(rows)
    if width < 2:
        return next((place for place, row in enumerate(rows[:FURTHEST]) if any(row)), 0)
    for place, row in enumerate(rows[:FURTHEST]):
        # A title that was merged over all columns stands in each of them.
        if len(set(filter(None, row))) > max(1, width // 3):
            return place
    return 0


def looks_like_headings(top: list[str], body: list[list[str]]) -> bool:
    """Tell whether a row names the columns: what stands in it is of another kind than what stands below."""
    if not body:
        return True
    votes = 0
    for place, cell in enumerate(top):
        below = [row[place] for row in body[:200] if place < len(row) and row[place]]
        is_numeric = sum(map(bool, map(NUMBER.fullmatch, below))) * 2 > len(below)
        if not NUMBER.fullmatch(cell):
            votes += 2 if is_numeric and cell else 0
        elif not YEAR.fullmatch(cell) or below.count(cell):
            votes -= 2
        if cell and cell in below:
            votes -= 1
    return votes >= 0
