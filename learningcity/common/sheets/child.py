"""Reads a workbook in a process of its own, with bounded memory and time, and prints each row as a line of JSON.

Run by reading.py. A workbook can be made so that whoever opens it runs out of memory; then only this process ends.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 60
MOST_COLUMNS = 200


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    workbook = CalamineWorkbook.from_path(path)
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            content = workbook.get_sheet_by_index(place)
            say({"sheet": sheet.name, "height": content.end[0] + 1 if content.end else 0})
            for row in rows(content):
                say(row)


def say(line: Any) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Return the rows from the first one of the sheet, each cell as text, merged cells filled."""
    if sheet.start is None or sheet.end is None:
        return
    left = sheet.start[1]
    if sheet.end[1] >= MOST_COLUMNS:
        say({"refused": "wide"})
        return
    merged = sorted(sheet.merged_cell_ranges or [])
    open_ranges: list[tuple[tuple[int, int], tuple[int, int], str]] = []
    for number, cells in enumerate(sheet.iter_rows()):
        row = [""] * left + [as_text(cell) for cell in cells]
        open_ranges = [known for known in open_ranges if known[1][0] >= number]
        while merged and merged[0][0][0] <= number:
            (top, first), end = merged.pop(0)
            open_ranges.append(((top, first), end, row[first] if first < len(row) else ""))
        for (_top, first), (_bottom, last), text in open_ranges:
            for place in range(first, min(last + 1, len(row))):
                row[place] = text
        yield row


def as_text(cell: Any) -> str:
    """Return what a cell says, a number without noise and a date as ISO."""
    if isinstance(cell, str):
        return cell.replace("\0", "").strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        try:
            main(sys.argv[1])
            sys.stdout.flush()
        except Exception as problem:
            say({"refused": type(problem).__name__})
            sys.stdout.flush()
