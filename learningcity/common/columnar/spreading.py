"""Records spread out into columns: each name a column, in the order in which they first came."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from learningcity.common.columnar.bombs import Bounded, too_many_cells
from learningcity.common.columnar.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.rewriting import cell_too_long, too_many_columns, too_many_rows

# The outline of a province is one cell.
LONGEST_OUTLINE = 16_000_000


@dataclass(slots=True)
class Spread:
    """Records as a text with commas."""

    path: Path
    names: list[str]
    rows: int = 0
    # For each column, which kinds of values stand in it: text, number, truth, nested.
    kinds: list[set[str]] = field(default_factory=list)

    def known(self) -> dict[int, str]:
        """Return the columns in which a text that looks like a number is a text all the same: place -> type."""
        return {
            place: "string" if kinds - {"text"} else "text"
            for place, kinds in enumerate(self.kinds)
            if kinds & {"text", "nested"}
        }


def spread(records: Iterable[dict[str, Any]], folder: Path, first_names: Sequence[str] = ()) -> Spread:
    """Write records as a text with commas; the columns that are named first stand there in any case.

    :raises Refused: if there are too many names, or a value is as long as a book.
    """
    made = Spread(folder / "records.csv", list(first_names), kinds=[set() for _name in first_names])
    places = {name: place for place, name in enumerate(made.names)}
    narrowest = 0
    with made.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(Bounded(file), lineterminator="\n")
        for number, record in enumerate(records, 1):
            row: list[str | None] = [None] * len(places)
            for name, value in record.items():
                place = places.setdefault(name, len(places))
                if place == len(row):
                    row.append(None)
                    made.names.append(name)
                    made.kinds.append(set())
                    if len(places) > MOST_COLUMNS:
                        raise Refused(too_many_columns())
                row[place] = as_text(value, made.kinds[place])
                if len(row[place] or "") > LONGEST_CELL and name != "geometry":
                    raise Refused(cell_too_long(number))
            narrowest = narrowest or len(row)
            writer.writerow(row or [""])
            made.rows += 1
            if made.rows > MOST_ROWS:
                raise Refused(too_many_rows())
            if made.rows * len(places) > MOST_CELLS:
                raise Refused(too_many_cells())
    if made.rows and narrowest < len(places):
        _widen(made, folder)
    return made


def as_text(value: Any, kinds: set[str]) -> str | None:
    """Return a value as it stands in a cell, and note its kind."""
    if value is None:
        return None
    if isinstance(value, str):
        # What no file can hold as UTF-8, and what no cell shows.
        kinds.add("text")
        return (
            value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
            if not value.isascii() or "\0" in value
            else value
        )
    if isinstance(value, bool):
        kinds.add("truth")
        return "true" if value else "false"
    if isinstance(value, int | float):
        kinds.add("number")
        return repr(value)
    kinds.add("nested")
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _widen(made: Spread, folder: Path) -> None:
    """Give the first rows a cell for each column that only later records named."""
    csv.field_size_limit(LONGEST_OUTLINE)
    wide = folder / "wide.csv"
    width = len(made.names)
    with made.path.open(encoding="utf-8", newline="") as file, wide.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written, lineterminator="\n")
        for row in csv.reader(file):
            writer.writerow(row + [""] * (width - len(row)))
    wide.replace(made.path)
