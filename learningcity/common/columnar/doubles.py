"""Rows, and keys, that stand in a table more than once; exact, and in bounded memory however many rows there are."""

from __future__ import annotations

import re
from typing import Any

import duckdb

from learningcity.common.columnar.engine import quoted
from learningcity.common.columnar.schema import Column

# So many fingerprints are compared at once.
TOGETHER = 1_000_000
EXAMPLES = 5
# What people call the column that tells one row from all others.
KEY = re.compile(r"รหัส|เลขที่|เลขประจำตัว|(?:^|[\s_])(?:id|code|key|no\.?)$|^uuid", re.IGNORECASE)
# A column is one that should tell rows apart, if it tells most of them apart.
NEARLY = 0.8


def doubles(engine: duckdb.DuckDBPyConnection, source: str, names: list[str]) -> tuple[int, list[int]]:
    """Return how many rows repeat an earlier one in these columns, and the numbers of some of them, from 1."""
    values = ", ".join(map(quoted, names))
    engine.execute(f"CREATE OR REPLACE TEMP TABLE prints AS SELECT hash({values}) AS h FROM {source}")  # noqa: S608
    (count,) = engine.execute("SELECT count(*) FROM prints").fetchone() or (0,)
    repeated, rows = 0, list[int]()
    lots = count // TOGETHER + 1
    for lot in range(lots):
        groups = f"SELECT count(*) - 1 AS times, max(rowid) AS place FROM prints WHERE h % {lots} = {lot} GROUP BY h"  # noqa: S608 -- numbers
        found = engine.execute(
            f"SELECT coalesce(sum(times), 0), min(place, {EXAMPLES}) FROM ({groups} HAVING count(*) > 1)"  # noqa: S608
        ).fetchone() or (0, None)
        repeated += int(found[0])
        rows = sorted([*rows, *(place + 1 for place in found[1] or [])])[:EXAMPLES]
    engine.execute("DROP TABLE prints")
    return repeated, rows


def key_of(columns: list[Column], summary: list[dict[str, Any]], row_count: int) -> str:
    """Return the name of the column that seems to tell one row from all others; empty, if none does."""
    for column, said in zip(columns, summary, strict=True):
        is_value = column.type in ("integer", "string")
        is_called_so = KEY.search(column.heading) or KEY.search(column.name)
        if is_value and is_called_so and said["distinct"] >= NEARLY * max(row_count - said["missing"], 1):
            return column.name
    return ""
