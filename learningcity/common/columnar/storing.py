"""Rows of a text as Parquet, every column in the type that all its values have, in two passes at most."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from learningcity.common.columnar.engine import literal, opened, quoted, told
from learningcity.common.columnar.fitting import MISFIT, converted, strict, types_of
from learningcity.common.columnar.limits import LONGEST_ROW, LONGEST_WORK, costs_of
from learningcity.common.columnar.schema import Column

SAMPLE_CELLS, SAMPLE_BYTES, FEWEST, MOST = 400_000, 16_000_000, 100, 20_000
FIRST_BYTES = 1 << 20
# Of one group of rows, all cells are in memory at once.
CELLS_IN_A_GROUP, BYTES_IN_A_GROUP = 1_500_000, 24_000_000
SMALLEST_GROUP, LARGEST_GROUP = 2_048, 100_000
WAY = "FORMAT parquet, COMPRESSION zstd"


class Unclear(Exception):
    """The engine is not certain how to read the text; it has to be written anew."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text in UTF-8 that the engine can read."""

    path: Path
    delimiter: str = ","
    # Rows before the first one of the table.
    skip: int = 0
    # Columns that are what they are, whatever their values look like: place -> type. A "text" may still be a date.
    known: Mapping[int, str] = field(default_factory=dict)
    # Names of columns that are read but not kept.
    left_out: frozenset[str] = frozenset()

    def sql(self, columns: Sequence[Column]) -> str:
        """Return the SQL that reads all cells as texts."""
        names = ", ".join(f"{literal(column.name)}: 'VARCHAR'" for column in columns)
        return (
            f"read_csv({literal(self.path)}, delim={literal(self.delimiter)}, quote='\"', escape='\"', header=false, "
            f"skip={self.skip}, auto_detect=false, columns={{{names}}}, strict_mode=true, null_padding=false, "
            f"max_line_size={LONGEST_ROW}, buffer_size={2 * LONGEST_ROW})"
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """A table as Parquet, and which choices could not be followed: column -> how many values do not fit."""

    path: Path
    columns: list[Column]
    misfits: dict[str, int] = field(default_factory=dict)


def store(
    source: Source, columns: list[Column], chosen: Mapping[str, str], folder: Path, tell: Callable[[float], None]
) -> Stored:
    """Write the rows of a text as Parquet into a folder.

    :raises Unclear: if the text is not written as the rules of CSV say.
    """
    table = folder / f"{uuid.uuid4().hex}.parquet"
    sql = source.sql(columns)
    average = row_size(source.path)
    memory, threads = costs_of(columns)

    def kept(types: Sequence[str]) -> list[Column]:
        typed = _typed(columns, types, source.known, chosen)
        return [column for column in typed if column.name not in source.left_out]

    with opened(source.path, folder=folder, seconds=LONGEST_WORK, memory_mb=memory, threads=threads) as engine:
        try:
            chosen, misfits = followed(engine, sql, columns, chosen)
            types = _guessed(engine, sql, columns, average)
            try:
                _write(engine, sql, kept(types), (table, chosen, average), tell)
            except duckdb.InvalidInputException as problem:
                if MISFIT not in str(problem):
                    raise
                # What the first rows promised, a later one did not keep.
                raw = _kept_as_texts(engine, sql, columns, (folder / "raw.parquet", average))
                types = types_of(engine, raw, [column.name for column in columns])
                _write(engine, raw, kept(types), (table, chosen, average), tell)
        except duckdb.InvalidInputException as problem:
            raise Unclear(str(problem)) from problem
    return Stored(table, kept(types), misfits)


def row_size(path: Path) -> int:
    """Return how many bytes a row has, by the first ones."""
    with path.open("rb") as file:
        start = file.read(FIRST_BYTES)
    return len(start) // max(1, start.count(b"\n")) or 1


def group_size(columns: Sequence[Column], average: int) -> int:
    """Return how many rows go into one group of a Parquet, all of which are in memory at once."""
    return max(SMALLEST_GROUP, min(LARGEST_GROUP, CELLS_IN_A_GROUP // len(columns), BYTES_IN_A_GROUP // average))


def _guessed(engine: duckdb.DuckDBPyConnection, sql: str, columns: list[Column], average: int) -> list[str]:
    """Return the types that the first rows have."""
    names = [column.name for column in columns]
    first = max(FEWEST, min(MOST, SAMPLE_CELLS // len(columns), SAMPLE_BYTES // average))
    engine.execute(f"CREATE TEMP TABLE first_rows AS SELECT * FROM {sql} LIMIT {first}")  # noqa: S608 -- quoted
    types = types_of(engine, "first_rows", names)
    (count,) = engine.execute("SELECT count(*) FROM first_rows").fetchone() or (0,)
    engine.execute("DROP TABLE first_rows")
    if count == first and not all(types):
        # Nothing stands in the first rows; what stands further down decides.
        empty = [name for name, kind in zip(names, types, strict=True) if not kind]
        known = iter(types_of(engine, sql, empty))
        types = [kind or next(known) for kind in types]
    return types


def _kept_as_texts(engine: duckdb.DuckDBPyConnection, sql: str, columns: list[Column], how: tuple[Path, int]) -> str:
    """Keep all cells as texts in a Parquet that can be asked many times, and return the SQL that reads it."""
    raw, average = how
    group = group_size(columns, average)
    engine.execute(f"COPY (SELECT * FROM {sql}) TO {literal(raw)} ({WAY}, ROW_GROUP_SIZE {group})")  # noqa: S608
    return f"read_parquet({literal(raw)})"


def followed(
    engine: duckdb.DuckDBPyConnection, sql: str, columns: list[Column], chosen: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, int]]:
    """Return the choices that every value of their column lets us follow, and how many values forbid the others."""
    names = {column.name for column in columns}
    plain = {name: kind for name, kind in chosen.items() if name in names and kind == "string"}
    open_ = {name: kind for name, kind in chosen.items() if name in names and kind != "string"}
    if not open_:
        return plain, {}
    counts = ", ".join(
        f"count({quoted(name)}) - count({converted(quoted(name), kind)})" for name, kind in open_.items()
    )
    row = engine.execute(f"SELECT {counts} FROM {sql}").fetchone() or ()  # noqa: S608 -- names are quoted
    misfits = {name: count for name, count in zip(open_, row, strict=True) if count}
    return plain | {name: kind for name, kind in open_.items() if name not in misfits}, misfits


def _typed(
    columns: list[Column], types: Sequence[str], known: Mapping[int, str], chosen: Mapping[str, str]
) -> list[Column]:
    return [
        replace(column, type=chosen.get(column.name) or _type(known.get(place, ""), types[place]))
        for place, column in enumerate(columns)
    ]


def _type(known: str, found: str) -> str:
    if known == "text":
        return found if found in ("date", "datetime") else "string"
    return known or found or "string"


def _write(
    engine: duckdb.DuckDBPyConnection,
    sql: str,
    columns: list[Column],
    how: tuple[Path, Mapping[str, str], int],
    tell: Callable[[float], None],
) -> None:
    table, chosen, average = how
    group = group_size(columns, average)
    cells = ", ".join(
        f"CAST({_value(column, chosen)} AS {column.sql_type}) AS {quoted(column.name)}" for column in columns
    )
    told(engine, f"COPY (SELECT {cells} FROM {sql}) TO {literal(table)} ({WAY}, ROW_GROUP_SIZE {group})", tell)  # noqa: S608


def _value(column: Column, chosen: Mapping[str, str]) -> str:
    x = quoted(column.name)
    if column.type == "string":
        return x
    return converted(x, column.type) if column.name in chosen else strict(x, column.type)
