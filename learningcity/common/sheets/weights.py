"""How much a workbook becomes in the hands of a program that opens it whole, found out without opening it so."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.utils.cell import range_boundaries

# Longer texts than these in so few cells nobody writes.
LONGEST_CONTENT = 50_000_000
# A cell, its value, its string, and what belongs to its row and its style.
PER_CELL = 6
# Of one such element, the program makes all cells of its range.
SPREADING = {"mergeCell", "hyperlink"}
PIECE = 1 << 16


class _TooHeavy(Exception):
    """There is more in the workbook than allowed."""


def is_light(path: Path, most_cells: int) -> bool:
    """Tell whether a workbook, opened whole, comes to no more than so many cells, whatever its rows say."""
    left = most_cells * PER_CELL

    def count(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if name.rpartition(":")[2] in SPREADING:
            left -= _area(attributes.get("ref", "")) * PER_CELL
        if left < 0:
            raise _TooHeavy

    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LONGEST_CONTENT:
            return False
        try:
            for part in parts:
                _read(archive, part, count)
        except _TooHeavy:
            return False
    return True


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, count: object) -> None:
    """Have each element of a part counted; what is no XML, whatever its name, ends by itself."""
    parser = ParserCreate()
    parser.StartElementHandler = count  # type: ignore[assignment]
    with archive.open(part) as opened:
        try:
            while piece := opened.read(PIECE):
                parser.Parse(piece)
        except ExpatError:
            return


def _area(reference: str) -> int:
    """Return how many cells lie in a range; in one that nobody can read, as many as there can be."""
    try:
        left, top, right, bottom = range_boundaries(reference)
        return (right - left + 1) * (bottom - top + 1)
    except (TypeError, ValueError):
        return 1 << 34
