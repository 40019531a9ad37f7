"""Each column in a few numbers: how many values, which, between what and what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb

from learningcity.common.columnar.engine import quoted
from learningcity.common.columnar.schema import Column

# Letters of a value that are shown.
SHOWN = 80
COMMON, FIRST = 5, 20
# A column with more different values than this share has no frequent ones.
VARIED = 0.5
TOGETHER = 50
# So many different values are counted in memory.
FEW = 200_000


def summaries(
    engine: duckdb.DuckDBPyConnection, source: str, columns: list[Column], tell: Callable[[float], None]
) -> list[dict[str, Any]]:
    """Return for each column: name, title, type, missing, distinct (nearly), min, max and the most frequent values."""
    found: list[dict[str, Any]] = []
    count = 0
    for start in range(0, len(columns), TOGETHER):
        some = columns[start : start + TOGETHER]
        asked = ["count(*)"]
        for column in some:
            x = quoted(column.name)
            asked += [f"count({x})", f"approx_count_distinct({x})", shown(f"min({x})"), shown(f"max({x})")]
        row = engine.execute(f"SELECT {', '.join(asked)} FROM {source}").fetchone()  # noqa: S608 -- quoted
        assert row  # noqa: S101 -- an aggregate has one row
        count = row[0]
        for place, column in enumerate(some):
            there, distinct, least, most = row[1 + place * 4 : 5 + place * 4]
            found.append(
                {
                    "name": column.name,
                    "title": column.title.th or column.title.en,
                    "type": column.type,
                    "missing": count - there,
                    "distinct": min(distinct, there),
                    "min": least,
                    "max": most,
                    "common": [],
                }
            )
        tell((start + len(some)) / len(columns) / 2)
    for place, said in enumerate(found):
        there = count - said["missing"]
        if there and (said["distinct"] <= VARIED * there or there <= FIRST):
            few = said["distinct"] <= FEW
            said["common"] = (most_common_of_few if few else most_common)(engine, source, said["name"])
        tell(0.5 + (place + 1) / len(found) / 2)
    return found


def most_common_of_few(engine: duckdb.DuckDBPyConnection, source: str, name: str) -> list[list[Any]]:
    """Return the most frequent values of a column with not too many different ones, with their counts."""
    x = quoted(name)
    values = f"SELECT {x} AS value, count(*) AS times FROM {source} WHERE {x} IS NOT NULL GROUP BY ALL"  # noqa: S608
    ranked = f"SELECT {shown('value')}, times FROM ({values}) ORDER BY times DESC, value LIMIT {COMMON}"  # noqa: S608
    counted = engine.execute(ranked)
    return [list(pair) for pair in counted.fetchall()]


def most_common(engine: duckdb.DuckDBPyConnection, source: str, name: str) -> list[list[Any]]:
    """Return the most frequent values of a column with their counts."""
    x = quoted(name)
    # The candidates are found in bounded memory, and then counted exactly.
    row = engine.execute(f"SELECT approx_top_k({x}, {COMMON * 2}) FROM {source}").fetchone()  # noqa: S608 -- quoted
    values = [value for value in (row[0] if row else None) or [] if value is not None]
    counted = engine.execute(
        f"SELECT {shown(x)}, count(*) FROM {source} WHERE {x} IN (SELECT unnest(?)) GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT {COMMON}",  # noqa: S608
        [values],
    ).fetchall()
    return [list(pair) for pair in counted]


def shown(x: str) -> str:
    """Return the SQL for a value as a short text."""
    return f"left(CAST({x} AS VARCHAR), {SHOWN})"


def first_rows(engine: duckdb.DuckDBPyConnection, source: str, columns: list[Column]) -> list[list[str | None]]:
    """Return the first rows as texts."""
    cells = ", ".join(shown(quoted(column.name)) for column in columns)
    return [list(row) for row in engine.execute(f"SELECT {cells} FROM {source} LIMIT {FIRST}").fetchall()]  # noqa: S608
