"""What may be asked of one table: plain values, checked against its columns before any engine sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The number of a row in its table, from 1: a column that every table has besides its own.
ROW = "_id"
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
OPERATORS = (*COMPARISONS, "in", "contains", "starts", "has", "missing")
MEASURES = ("count", "sum", "avg", "min", "max")
MOST_ROWS, MOST_CONDITIONS, MOST_VALUES, MOST_WORDS, LONGEST_VALUE = 32_000, 50, 1_000, 20, 10_000
# To leave out so many rows of an answer, the engine has to put them in order first.
MOST_SKIPPED = 100_000
# What rows are put in order by is kept in memory for each of them.
MOST_SORTED = 20
MEASURED = {"sum": ("integer", "number"), "avg": ("integer", "number")}


class Unanswerable(Exception):
    """The question cannot be asked of this table; it names the part of the question, and why."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(parameter, reason)
        self.parameter, self.reason = parameter, reason


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true of a column.

    ``contains`` and ``starts`` are to the letter. ``has`` looks for every word, however it is written. ``missing`` is
    true of rows without a value, or, with the value False, of those with one.
    """

    column: str
    operator: str
    value: Any = None

    def __post_init__(self) -> None:
        # Questions are looked up among those that were answered before, which a list cannot be.
        if isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of each group; ``count`` without a column counts rows."""

    kind: str
    column: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}_{self.column}" if self.column else self.kind


@dataclass(frozen=True, slots=True)
class Order:
    """By which column rows are put in order; rows without a value come last."""

    column: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question to one table. Without groups and measures the answer is rows; without columns, all columns."""

    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    # Words that must all stand in some column of text, however they are written.
    text: str = ""
    groups: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    distinct: bool = False
    sort: tuple[Order, ...] = ()
    offset: int = 0
    limit: int = 100

    @property
    def is_summary(self) -> bool:
        return bool(self.groups or self.measures)


# Column -> its type in the words of Table Schema, in the order of the table.
Types = Mapping[str, str]


def check(question: Question, types: Types) -> None:
    """See that a question fits a table.

    :raises Unanswerable: if it does not.
    """
    known = {ROW: "integer", **types}
    _check_size(question)
    for parameter, names in (("columns", question.columns), ("groups", question.groups)):
        for name in names:
            known_type(parameter, name, known)
        if len(set(names)) < len(names):
            raise Unanswerable(parameter, "A column is named twice.")
    _check_summary(question, known)
    _check_order(question, known)


def _check_summary(question: Question, types: Types) -> None:
    for measure in question.measures:
        _check_measure(measure, types)
    if len(set(question.measures)) < len(question.measures):
        raise Unanswerable("measures", "A measure is named twice.")
    if also := {measure.name for measure in question.measures or (Measure("count"),)} & {*question.groups}:
        raise Unanswerable("measures", f"{also.pop()!r} is the name of a group, too: ask for another measure.")
    if question.is_summary and (question.columns or question.distinct):
        raise Unanswerable("columns", "Groups and measures are the columns of a summary; it takes no others.")


def _check_order(question: Question, types: Types) -> None:
    if len({order.column for order in question.sort}) < len(question.sort):
        raise Unanswerable("sort", "A column is named twice.")
    if len(question.sort) > MOST_SORTED:
        raise Unanswerable("sort", f"An answer is put in order by at most {MOST_SORTED} columns.")
    shown = {*types}
    if question.is_summary:
        shown = {*question.groups, *(measure.name for measure in question.measures)}
    elif question.distinct:
        shown = {*(question.columns or shown - {ROW})}
    for order in question.sort:
        if order.column not in shown:
            raise Unanswerable("sort", f"There is no column {order.column!r} to put this answer in order by.")
    if (question.sort or question.is_summary or question.distinct) and question.offset > MOST_SKIPPED:
        reason = f"At most {MOST_SKIPPED} rows of a sorted answer are left out: ask for less, or take the whole file."
        raise Unanswerable("offset", reason)


def _check_size(question: Question) -> None:
    for parameter, number, most in (("limit", question.limit, MOST_ROWS), ("offset", question.offset, 2**62)):
        if not 0 <= number <= most:
            raise Unanswerable(parameter, f"It must be a number from 0 to {most}.")
    if len(question.conditions) > MOST_CONDITIONS:
        raise Unanswerable("conditions", f"At most {MOST_CONDITIONS} conditions can be set at once.")
    if len(question.text.split()) > MOST_WORDS or len(question.text) > LONGEST_VALUE:
        raise Unanswerable("text", f"At most {MOST_WORDS} words are looked for at once.")
    readable("text", question.text)


def known_type(parameter: str, name: str, types: Types) -> str:
    """Return the type of a column.

    :raises Unanswerable: if there is no such column.
    """
    if name not in types:
        raise Unanswerable(parameter, f"There is no column {name!r}.")
    return types[name]


def _check_measure(measure: Measure, types: Types) -> None:
    if measure.kind not in MEASURES:
        raise Unanswerable("measures", f"{measure.kind!r} is none of {', '.join(MEASURES)}.")
    if not measure.column and measure.kind != "count":
        raise Unanswerable("measures", f"Say of which column: {measure.kind}:column.")
    if measure.column:
        kind = known_type("measures", measure.column, types)
        if kind not in MEASURED.get(measure.kind, (kind,)):
            raise Unanswerable("measures", f"{measure.column!r} holds no numbers that can be added up.")


def readable(parameter: str, text: str) -> None:
    """See that a text can stand in a table.

    :raises Unanswerable: if it cannot.
    """
    if len(text) > LONGEST_VALUE or "\x00" in text or _is_broken(text):
        raise Unanswerable(parameter, "This is no text that a table can hold.")


def _is_broken(text: str) -> bool:
    """Tell whether half of a letter stands in a text, which JSON can say and UTF-8 cannot."""
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)
