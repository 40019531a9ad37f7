"""A table, kept as Parquet, written as CSV, JSON, GeoJSON or a workbook, in bounded memory and always to the same bytes."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from learningcity.common.columnar.engine import literal, opened, quoted
from learningcity.common.columnar.geojson import write_geojson
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.workbook import MOST_ROWS, write_workbook
from learningcity.common.text import LocalText

LONGEST = 1800.0
PIECE = 1 << 20
# Raised whenever the bytes of files change though their rows do not.
EDITION = 1


class TooManyRows(Exception):
    """No program that opens workbooks takes so many rows; a CSV has no such end."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a file says of itself beside its rows, where its kind has room for that."""

    title: LocalText
    columns: Sequence[Column]
    # What to call it -> what it is: license, publisher, address, how to cite.
    credit: Mapping[str, str]
    latitude: str = ""
    longitude: str = ""


def write_table(table: Path, form: str, told: Told, target: Path) -> None:
    """Write the rows of a Parquet file as another kind of file; the target is there whole or not at all.

    :raises TooManyRows: for a workbook of more than a million rows.
    :raises ValueError: for a kind of file that nobody knows.
    """
    if form not in WRITERS:
        raise ValueError(f"{form!r} is no kind of file that a table is written as.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="making-") as made:
        folder = Path(made)
        with opened(table, folder=folder, seconds=LONGEST) as engine:
            WRITERS[form](engine, table, told, folder / "made")
        (folder / "made").replace(target)


def _csv(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path) -> None:
    cells = ", ".join(f"{as_text(column)} AS {quoted(column.name)}" for column in told.columns)
    copy(engine, cells, table, target, "FORMAT csv, HEADER true")


def _csv_with_mark(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path) -> None:
    """Write a CSV with the mark by which Excel knows UTF-8."""
    bare = target.with_name("bare")
    _csv(engine, table, told, bare)
    with bare.open("rb") as rows, target.open("wb") as marked:
        marked.write(codecs.BOM_UTF8)
        shutil.copyfileobj(rows, marked, PIECE)


def _json(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path) -> None:
    cells = ", ".join(f"{as_json(column)} AS {quoted(column.name)}" for column in told.columns)
    copy(engine, cells, table, target, "FORMAT json, ARRAY true")


def _parquet(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path) -> None:
    shutil.copyfile(table, target)


def _geojson(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path) -> None:
    if not (told.latitude and told.longitude):
        raise ValueError("A table without places is no map.")
    cells = ", ".join(f"{quoted(column.name)} := {as_json(column)}" for column in told.columns)
    latitude, longitude = (quoted(name) for name in (told.latitude, told.longitude))
    point = f"struct_pack(\"type\" := 'Point', coordinates := [{longitude}, {latitude}])"
    placed = f"CASE WHEN {latitude} IS NOT NULL AND {longitude} IS NOT NULL THEN {point} END"
    feature = f"'Feature' AS \"type\", {placed} AS geometry, struct_pack({cells}) AS properties"
    lines = target.with_name("features")
    copy(engine, feature, table, lines, "FORMAT json, ARRAY false")
    write_geojson(lines, told.title, told.credit, target)


def _xlsx(engine: duckdb.DuckDBPyConnection, table: Path, told: Told, target: Path, language: str = "th") -> None:
    read = f"FROM read_parquet({literal(table)})"
    counted: Any = engine.execute(f"SELECT count(*) {read}").fetchone()
    if counted[0] > MOST_ROWS:
        raise TooManyRows
    cells = ", ".join(as_cell(column) for column in told.columns)
    write_workbook(engine.execute(f"SELECT {cells} {read}"), told.columns, told.credit, target, language)


Writer = Callable[[duckdb.DuckDBPyConnection, Path, Told, Path], None]
WRITERS: dict[str, Writer] = {
    "csv": _csv,
    "csv-bom": _csv_with_mark,
    "json": _json,
    "parquet": _parquet,
    "geojson": _geojson,
    "xlsx": _xlsx,
    # For people who do not read Thai.
    "xlsx-en": partial(_xlsx, language="en"),
}


def copy(engine: duckdb.DuckDBPyConnection, cells: str, table: Path, target: Path, way: str) -> None:
    """Let the engine write these cells of every row into a file, piece by piece."""
    rows = f"SELECT {cells} FROM read_parquet({literal(table)})"  # noqa: S608 -- names are quoted
    engine.execute(f"COPY ({rows}) TO {literal(target)} ({way})")


def as_text(column: Column) -> str:
    """Return a value as it stands in a CSV: a whole number without a fraction, a moment in the form of ISO 8601."""
    name = quoted(column.name)
    if column.type == "number":
        whole = f"{name} = trunc({name}) AND abs({name}) < 1e15"
        return f"CASE WHEN {whole} THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
    return moment(name) if column.type == "datetime" else name


def as_json(column: Column) -> str:
    """Return a value as JSON can say it: it knows neither moments nor numbers without end."""
    name = quoted(column.name)
    if column.type == "number":
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    return moment(name) if column.type == "datetime" else name


def as_cell(column: Column) -> str:
    """Return a value as it stands in a workbook: numbers and truth as such, all else as text."""
    if column.type in {"number", "integer", "year", "boolean"}:
        return as_json(column)
    return f"CAST({as_text(column)} AS VARCHAR)"


def moment(name: str) -> str:
    """Return a moment as ISO 8601 writes it."""
    return f"replace(CAST({name} AS VARCHAR), ' ', 'T')"
