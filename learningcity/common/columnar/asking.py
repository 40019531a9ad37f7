"""Asking a table that lies as Parquet: one question, answered by the engine of the setting TABLE_ENGINE."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings

from learningcity.common.columnar.compiling import Compiled, Compiler
from learningcity.common.columnar.distant import Distant, Table
from learningcity.common.columnar.question import (
    MEASURES,
    MOST_ROWS,
    OPERATORS,
    ROW,
    Condition,
    Measure,
    Order,
    Question,
    Types,
    Unanswerable,
)

__all__ = [
    "MEASURES",
    "MOST_ROWS",
    "OPERATORS",
    "ROW",
    "Answer",
    "Condition",
    "Measure",
    "Order",
    "Question",
    "Unanswerable",
    "ask",
    "ask_without_total",
    "types_of",
]

# Room of its own for each engine: the packages of one need not be there where the other is used.
ENGINES = {
    "duckdb": "learningcity.common.columnar.with_duckdb",
    "clickhouse": "learningcity.common.columnar.with_clickhouse",
}
TOTALS_KEPT = 2_000


class Engine(Protocol):
    """What is different from one engine to the other."""

    def compiler(self, table: Table, types: Types) -> Compiler: ...
    def run(self, table: Table, compiled: Compiled) -> list[tuple[Any, ...]]: ...
    def types(self, table: Table) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer; of how many in all, where that was asked."""

    # Column -> type, in the order of the values of a row.
    columns: dict[str, str]
    rows: list[tuple[Any, ...]]
    total: int | None


# A file, as it is at this moment: name, time and size.
State = tuple[str, int, int]
_totals: OrderedDict[tuple[str, State, Question], int] = OrderedDict()
_guard = threading.Lock()


def ask(table: Table, question: Question) -> Answer:
    """Return the answer of a table to a question, with the number of rows that the whole answer has.

    :raises Unanswerable: if the question does not fit the table.
    :raises TooSlow: if it takes longer than anybody waits.
    """
    answer = ask_without_total(table, question)
    return replace(answer, total=_total(table, question, len(answer.rows)))


def ask_without_total(table: Table, question: Question) -> Answer:
    """Return the answer of a table to a question.

    :raises Unanswerable: if the question does not fit the table.
    :raises TooSlow: if it takes longer than anybody waits.
    """
    engine = engine_of_setting()
    compiled = engine.compiler(table, types_of(table)).answer(question)
    rows = engine.run(table, compiled) if question.limit else []
    if ROW in compiled.columns:
        place = list(compiled.columns).index(ROW)
        rows = [(*row[:place], row[place] + 1, *row[place + 1 :]) for row in rows]
    return Answer(compiled.columns, rows, None)


def types_of(table: Table) -> dict[str, str]:
    """Return the columns of a table and their types, in the words of Table Schema."""
    return dict(_types(settings.TABLE_ENGINE, table, _state(table)))


def engine_of_setting() -> Engine:
    """Return the engine that answers here."""
    return _engine(settings.TABLE_ENGINE)


@functools.cache
def _engine(name: str) -> Engine:
    return import_module(ENGINES[name]).ENGINE


@functools.lru_cache(256)
def _types(engine: str, table: Table, state: State) -> dict[str, str]:
    return _engine(engine).types(table)


def _state(table: Table) -> State:
    if isinstance(table, Distant):
        return str(table), 0, table.size
    known = table.stat()
    return str(table), known.st_mtime_ns, known.st_size


def _total(table: Table, question: Question, found: int) -> int:
    """Return how many rows the whole answer has; it is counted once, and not at all where its end is in sight."""
    if 0 < found < question.limit or (question.limit and not question.offset and not found):
        return question.offset + found
    counted = replace(question, offset=0, limit=1, sort=(), columns=question.columns if question.distinct else ())
    key = (settings.TABLE_ENGINE, _state(table), counted)
    with _guard:
        if key in _totals:
            _totals.move_to_end(key)
            return _totals[key]
    engine = engine_of_setting()
    total: int = engine.run(table, engine.compiler(table, types_of(table)).total(question))[0][0]
    with _guard:
        _totals[key] = total
        while len(_totals) > TOTALS_KEPT:
            _totals.popitem(last=False)
    return total
