"""A file as rows of a table: the sheet that holds it, its headings, and the cells below them by column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, override

from learningcity.common.sheets.guards import Unreadable
from learningcity.common.sheets.headings import FURTHEST, Headings, Names, find_headings, heading_key, likeness
from learningcity.common.sheets.reading import Line, Sheet, opened_sheets
from learningcity.imports.registry import Table

MOST_ROWS = 50_000


@dataclass(frozen=True)
class Layout:
    """Where the table stands in its file."""

    sheet: str
    # The number of the last row of the headings, and the place of each column, from 0.
    headings: int
    places: dict[str, int]
    # Headings that name no column of the table.
    unknown: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Opened:
    """A table in its file: how it lies there, how many rows there are at most, and the rows that are not empty, once."""

    layout: Layout
    height: int
    rows: Iterator[tuple[int, dict[str, str]]]


@contextmanager
def opened_table(path: Path, kind: str, table: Table) -> Iterator[Opened]:
    """Provide the rows of a table in a file that the guards have let pass.

    :raises Unreadable: if there is no such table in it.
    """
    names = Names(table.names())
    with opened_sheets(path, kind, lambda rows: likeness(rows, names)) as sheets:
        for sheet in sheets:
            if opened := _table_in(sheet, names, table):
                yield opened
                return
    raise Unreadable(
        _(
            "No headings were found. In the first rows there must be these: %(columns)s. Download the template to compare."
        )
        % {"columns": ", ".join(f"“{column.label}”" for column in table.columns if column.required)}
    )


def is_heading_of_reasons(text: object) -> bool:
    """Tell whether this stands above the reasons in a file that was given back with its faults marked, in any language."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if heading_key(str(text)) == heading_key(_("What is wrong")):
                return True
    return False


def _table_in(sheet: Sheet, names: Names, table: Table) -> Opened | None:
    """Return the table, if this sheet holds it.

    :raises Unreadable: if its headings stand there twice, or one that must be there does not.
    """
    first = list(islice(sheet.lines, FURTHEST + 1))
    found = find_headings([line.cells for line in first], names, _required(table))
    if found is None:
        return None
    _refuse_bad_headings(found, table)
    end = first[found.end - 1].number
    unknown = [text for text in found.unknown if not is_heading_of_reasons(text)]
    layout = Layout(sheet.name, end, dict(found.places), unknown)
    return Opened(layout, max(sheet.height - end, 1), _rows(chain(first[found.end :], sheet.lines), found, table))


def _required(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]


def _refuse_bad_headings(found: Headings, table: Table) -> None:
    """Do nothing for headings of which each stands there once.

    :raises Unreadable: if one that must be there is missing, or one stands there twice.
    """
    if missing := [name for name in _required(table) if name not in found.places]:
        words = ", ".join(f"“{table.column(name).label}”" for name in missing)
        raise Unreadable(_("These headings are missing: %(columns)s.") % {"columns": words})
    if found.doubled:
        words = ", ".join(f"“{table.column(name).label}”" for name in found.doubled)
        raise Unreadable(_("These headings stand there twice: %(columns)s. Remove one of them.") % {"columns": words})


def _rows(lines: Iterator[Line], found: Headings, table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the rows in which anything is written, save the example of the template.

    :raises Unreadable: if there are too many.
    """
    example = {column.name: column.example for column in table.columns if column.name in found.places}
    count = 0
    for line in lines:
        width = len(line.cells)
        cells = {name: line.cells[place] if place < width else "" for name, place in found.places.items()}
        if not any(cells.values()) or cells == example:
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(_("The table has more than 50,000 rows. Split it into several files."))
        yield line.number, cells
