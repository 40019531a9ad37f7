"""Tables asked with DuckDB: in this process, of files on this machine."""

from __future__ import annotations

from typing import Any

import duckdb
from sqlglot import exp

from learningcity.common.columnar.compiling import Compiled, Compiler
from learningcity.common.columnar.distant import Table
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.pool import POOL
from learningcity.common.columnar.question import Types, Unanswerable

# Rows that are fetched at once, and letters that one answer may hold.
TOGETHER, MOST_LETTERS = 200, 64_000_000
KINDS = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "SMALLINT": "integer",
    "TINYINT": "integer",
}


class DuckDB:
    """Asks through engines that stay open."""

    def compiler(self, table: Table, types: Types) -> Compiler:
        return Compiler(_read(table), "file_row_number", types)

    def run(self, table: Table, compiled: Compiled) -> list[tuple[Any, ...]]:
        try:
            with POOL.lent(table) as engine:
                return fetched(engine.execute(compiled.tree.sql("duckdb"), compiled.values or None))
        except duckdb.OutOfMemoryException as problem:
            raise TooSlow from problem

    def types(self, table: Table) -> dict[str, str]:
        described = exp.Describe(this=exp.select("*").from_(_read(table)))
        with POOL.lent(table) as engine:
            found = engine.execute(described.sql("duckdb")).fetchall()
        return {name: _kind(kind) for name, kind, *_rest in found}


def fetched(engine: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Return the rows of an answer.

    :raises Unanswerable: if they hold more letters than one answer may; a small file can hold very long cells.
    """
    rows: list[tuple[Any, ...]] = []
    letters = 0
    while some := engine.fetchmany(TOGETHER):
        letters += sum(len(value) for row in some for value in row if type(value) is str)
        if letters > MOST_LETTERS:
            raise Unanswerable("limit", "The rows hold too much for one answer: ask for fewer, or take the whole file.")
        rows += some
    return rows


def _read(table: Table) -> exp.Expr:
    return exp.Anonymous(this="read_parquet", expressions=[exp.Literal.string(str(table))])


def _kind(said: str) -> str:
    if said.startswith("TIMESTAMP"):
        return "datetime"
    return "number" if said.startswith("DECIMAL") else KINDS.get(said, "any")


ENGINE = DuckDB()
