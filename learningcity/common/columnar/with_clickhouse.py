"""Tables asked with ClickHouse: here the whole engine within this process (chdb); what it is told is what a server is told.

A server is asked over HTTP with the same statements. A table that lies in S3 is ``url(address, 'Parquet')`` instead of
``file``: the address is signed for two minutes and for this one file, so no statement holds a key.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from sqlglot import exp

from learningcity.common.columnar.compiling import Compiled, Compiler
from learningcity.common.columnar.distant import Distant, Table
from learningcity.common.columnar.engine import PATIENCE, TooSlow
from learningcity.common.columnar.question import Types

KINDS = {
    "String": "string",
    "Bool": "boolean",
    "Date": "date",
    "Date32": "date",
    "Float32": "number",
    "Float64": "number",
}
# Rows in the order of the file, whoever reads them; moments as UTC; sums of large numbers as numbers.
SETTINGS = {
    "max_threads": "1",
    "input_format_parquet_preserve_order": "1",
    "session_timezone": "'UTC'",
    "output_format_json_quote_64bit_integers": "0",
}
READERS: dict[str, Callable[[Any], Any]] = {
    "integer": int,
    "number": float,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
}
_alone = threading.Lock()


class ClickHouse:
    """Asks the engine of this process, one question at a time."""

    def compiler(self, table: Table, types: Types) -> Compiler:
        return Compiler(_read(table), "_row_number", types)

    def run(self, table: Table, compiled: Compiled) -> list[tuple[Any, ...]]:
        values = {name: _literal(value) for name, value in compiled.values.items()}
        tree = exp.replace_placeholders(compiled.tree, **values)
        kinds = list(compiled.columns.values()) or ["integer"]
        return [
            tuple(
                value if value is None else READERS.get(kind, _as_it_is)(value)
                for kind, value in zip(kinds, row, strict=True)
            )
            for row in _ask(tree)
        ]

    def types(self, table: Table) -> dict[str, str]:
        described = exp.Describe(this=exp.select("*").from_(_read(table)).subquery())
        return {name: _kind(kind) for name, kind, *_rest in _ask(described)}


def _ask(tree: exp.Expr) -> list[list[Any]]:
    import chdb  # noqa: PLC0415 -- is there only where this engine was chosen

    limits = SETTINGS | {
        "max_memory_usage": str(settings.TABLE_MEMORY_MB * 1_000_000),
        "max_execution_time": str(PATIENCE),
        "readonly": "2",
    }
    said = ", ".join(f"{name} = {value}" for name, value in limits.items())
    try:
        with _alone:
            answer = chdb.query(f"{tree.sql('clickhouse')} SETTINGS {said}", "JSONCompactEachRow")
    except RuntimeError as problem:
        if any(limit in str(problem) for limit in ("TIMEOUT_EXCEEDED", "MEMORY_LIMIT_EXCEEDED")):
            raise TooSlow from problem
        raise
    return [json.loads(line) for line in str(answer).splitlines()]


def _literal(value: Any) -> exp.Expr:
    if isinstance(value, dt.datetime):
        moment = exp.Literal.string(value.isoformat(" ", "microseconds"))
        return exp.Anonymous(
            this="toDateTime64", expressions=[moment, exp.Literal.number(6), exp.Literal.string("UTC")]
        )
    if isinstance(value, dt.date):
        return exp.Anonymous(this="toDate32", expressions=[exp.Literal.string(value.isoformat())])
    return exp.convert(value)


def _read(table: Table) -> exp.Expr:
    place, where = ("url", table.address()) if isinstance(table, Distant) else ("file", str(table))
    return exp.Anonymous(this=place, expressions=[exp.Literal.string(where), exp.Literal.string("Parquet")])


def _kind(said: str) -> str:
    said = said.removeprefix("Nullable(").removesuffix(")") if said.startswith("Nullable(") else said
    if said.startswith("DateTime"):
        return "datetime"
    if said.lstrip("U").startswith("Int"):
        return "integer"
    return "number" if said.startswith("Decimal") else KINDS.get(said, "any")


def _as_it_is(value: Any) -> Any:
    return value


ENGINE = ClickHouse()
