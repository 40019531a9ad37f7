"""What the site says already as the file that an import takes: brought back unchanged, it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from learningcity.common.sheets.writing import rows_as_xlsx
from learningcity.imports.registry import Table

TOGETHER = 500


def records(table: Table, place: str) -> IO[bytes]:
    """Return a workbook with every record of a table in a place, "" for all places, at its beginning."""
    return rows_as_xlsx(str(table.label), [str(column.label) for column in table.columns], _rows(table, place))


def _rows(table: Table, place: str) -> Iterator[list[Any]]:
    for record in table.records_in(place).iterator(chunk_size=TOGETHER):
        said = table.cells(record)
        # Columns for a source that is new stay empty: this one is known.
        yield [said.get(column.name) for column in table.columns]
