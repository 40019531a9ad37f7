"""A Parquet that somebody brought, written anew with names and types of ours."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from learningcity.common.columnar.bombs import refuse_bomb, refuse_long_texts
from learningcity.common.columnar.engine import literal, opened, quoted, told
from learningcity.common.columnar.fitting import converted
from learningcity.common.columnar.found import Choices
from learningcity.common.columnar.limits import LONGEST_WORK, MEMORY_MB, MOST_COLUMNS, MOST_ROWS
from learningcity.common.columnar.naming import named
from learningcity.common.columnar.quality import Problem, problem
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.rewriting import too_many_columns, too_many_rows
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.storing import WAY, Stored, followed, group_size

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
DECIMAL = re.compile(r"DECIMAL\((\d+),")
NO_VALUES = ("BLOB", "BIT", "GEOMETRY", "INTERVAL", "VARIANT")
NESTED = ("STRUCT", "MAP", "UNION", "JSON")


def store_parquet(
    path: Path, choices: Choices, folder: Path, tell: Callable[[float], None]
) -> tuple[Stored, list[Problem]]:
    """Write a Parquet anew into a folder, and return it with what was noticed.

    :raises Refused: if it is damaged, or far larger than it looks.
    """
    table = folder / f"{uuid.uuid4().hex}.parquet"
    source = f"read_parquet({literal(path)})"
    with opened(path, folder=folder, seconds=LONGEST_WORK, memory_mb=MEMORY_MB) as engine:
        try:
            rows = _row_count(engine, path)
            described = engine.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # noqa: S608 -- a literal
            if len(described) > MOST_COLUMNS:
                raise Refused(too_many_columns())
            refuse_bomb(engine, path, rows, len(described))
            columns, values, left_out = _mapped([(str(row[0]), str(row[1])) for row in described], choices)
            if not columns:
                raise Refused(_("There is no column in this file that a table can show."))
            group = group_size(columns, max(1, path.stat().st_size // max(1, rows)))
            texts = [sql for column, sql in zip(columns, values, strict=True) if column.type == "string"]
            refuse_long_texts(engine, source, texts, path)
            columns, cells, misfits = _as_chosen(engine, source, (columns, values), choices.types)
            select = f"SELECT {', '.join(cells)} FROM {source}"  # noqa: S608 -- names are quoted
            told(engine, f"COPY ({select}) TO {literal(table)} ({WAY}, ROW_GROUP_SIZE {group})", tell)
        except (duckdb.OutOfMemoryException, duckdb.InterruptException):
            raise
        except duckdb.Error as trouble:
            raise Refused(_("The file is damaged, or was written in a way that we cannot read.")) from trouble
    return Stored(table, columns, misfits), left_out


def _as_chosen(
    engine: duckdb.DuckDBPyConnection, source: str, made: tuple[list[Column], list[str]], chosen: Mapping[str, str]
) -> tuple[list[Column], list[str], dict[str, int]]:
    """Return the columns in the types that a person chose, the SQL of each, and how many values forbid which choice."""
    texts = {column.name: f"CAST({value} AS VARCHAR)" for column, value in zip(*made, strict=True)}
    asked = ", ".join(f"{text} AS {quoted(name)}" for name, text in texts.items())
    chosen, misfits = followed(engine, f"(SELECT {asked} FROM {source})", made[0], chosen)  # noqa: S608 -- quoted
    columns = [replace(column, type=chosen.get(column.name, column.type)) for column in made[0]]
    cells = [
        f"CAST({converted(texts[column.name], column.type) if column.name in chosen else value} AS {column.sql_type})"
        f" AS {quoted(column.name)}"
        for column, value in zip(columns, made[1], strict=True)
    ]
    return columns, cells, misfits


def _mapped(described: list[tuple[str, str]], choices: Choices) -> tuple[list[Column], list[str], list[Problem]]:
    """Return the columns, the SQL for the values of each, and what was noticed: those that are left out."""
    kept, values, problems, left_out = [], [], [], []
    columns = named([name for name, _kind in described], choices.names)
    for column, (heading, kind) in zip(columns, described, strict=True):
        ours, sql = typed(quoted(heading), kind)
        if not ours:
            left_out.append(heading)
            continue
        if ours == "nested":
            problems.append(problem("nested", column))
        column = replace(column, type="string" if ours == "nested" else ours)  # noqa: PLW2901
        kept.append(column)
        values.append(sql)
    return kept, values, problems + ([problem("left_out_columns", names=", ".join(left_out))] if left_out else [])


def typed(x: str, kind: str) -> tuple[str, str]:
    """Return our type for one of the engine's, and the SQL for its values; no type for what no table shows."""
    if kind in INTEGERS:
        return "integer", x
    if kind in ("FLOAT", "DOUBLE"):
        return "number", f"CASE WHEN isfinite({x}) THEN {x} END"
    if (decimal := DECIMAL.match(kind)) and int(decimal[1]) <= 15:
        return "number", x
    if kind in ("BOOLEAN", "DATE"):
        return kind.lower(), x
    if kind.startswith("TIMESTAMP"):
        return "datetime", f"timezone('UTC', {x})" if kind.endswith("ZONE") else x
    return _typed_as_text(x, kind)


def _typed_as_text(x: str, kind: str) -> tuple[str, str]:
    if kind.endswith("]") or kind.startswith(NESTED):
        return "nested", f"CAST(to_json({x}) AS VARCHAR)"
    if kind.startswith(NO_VALUES):
        return "", ""
    return "string", f"CAST({x} AS VARCHAR)"


def _row_count(engine: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Return how many rows there are, by what the file says.

    :raises Refused: if they are too many.
    """
    (rows,) = engine.execute(f"SELECT num_rows FROM parquet_file_metadata({literal(path)})").fetchone() or (0,)  # noqa: S608
    if rows > MOST_ROWS:
        raise Refused(too_many_rows())
    return int(rows)
