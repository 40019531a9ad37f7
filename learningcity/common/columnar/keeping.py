"""Rows that come from elsewhere, kept as Parquet: from this moment on they are a table like every other."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from learningcity.common.columnar.engine import literal, opened, quoted
from learningcity.common.columnar.limits import LONGEST_WORK
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.storing import WAY

ROWS_IN_A_GROUP = 100_000


def keep_rows(rows: Iterable[tuple[Any, ...]], columns: tuple[Column, ...], target: Path) -> None:
    """Write rows, a value for each column in order, as Parquet; what stood there is replaced at once or not at all.

    The same rows give the same bytes.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="making-") as made:
        folder = Path(made)
        said, table = folder / "rows.ndjson", folder / f"{uuid.uuid4().hex}.parquet"
        with said.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, default=plain, ensure_ascii=False, separators=(",", ":")))
                file.write("\n")
        with opened(said, folder=folder, seconds=LONGEST_WORK) as engine:
            engine.execute(statement(said, columns, table))
        table.replace(target)


def keep_some(table: Path, chosen: Mapping[str, list[str]], target: Path) -> None:
    """Write some rows of a Parquet file as another, in the same order: those that hold one of its values in each column.

    An empty text among the values stands for nothing.
    """
    fit = " AND ".join(
        f"coalesce(CAST({quoted(name)} AS VARCHAR), '') IN (SELECT unnest(?::VARCHAR[]))" for name in chosen
    )
    rows = f"SELECT * FROM read_parquet({literal(table)}) WHERE {fit or 'true'}"  # noqa: S608 -- names are quoted
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="making-") as made:
        kept = Path(made) / "some.parquet"
        with opened(table, folder=Path(made), seconds=LONGEST_WORK) as engine:
            engine.execute(
                f"COPY ({rows}) TO {literal(kept)} ({WAY}, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})", [*chosen.values()]
            )
        kept.replace(target)


def statement(said: Path, columns: tuple[Column, ...], table: Path) -> str:
    """Return how lines of JSON, an array for each row, become a table with these columns."""
    # Each line is read once, however many columns there are; lists count from one.
    cells = ", ".join(
        f"CAST(cells[{place}] AS {column.sql_type}) AS {quoted(column.name)}" for place, column in enumerate(columns, 1)
    )
    lines = f"""SELECT from_json(json, '["VARCHAR"]') AS cells FROM read_ndjson_objects({literal(said)})"""  # noqa: S608
    return f"COPY (SELECT {cells} FROM ({lines})) TO {literal(table)} ({WAY}, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})"  # noqa: S608


def plain(value: object) -> str:
    """Return a value that JSON does not know as the text from which a table reads it.

    :raises TypeError: if it is none that a table holds.
    """
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{value!r} is no value of a table.")
