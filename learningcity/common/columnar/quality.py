"""What a clerk should know of a table before it is published: found in few passes, kept as data, said in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from learningcity.common.columnar.coordinates import axes_of
from learningcity.common.columnar.doubles import doubles, key_of
from learningcity.common.columnar.engine import literal, opened, quoted
from learningcity.common.columnar.limits import LONGEST_WORK, costs_of
from learningcity.common.columnar.said import Said, in_words
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.summaries import first_rows, summaries
from learningcity.common.columnar.values import (
    DATES,
    KINDS,
    NUMBERS,
    counts_of_kinds,
    has_blanks,
    kind_of_value,
    trimmed,
)
from learningcity.common.thai.dates import BUDDHIST_YEARS

__all__ = ["Numbering", "Problem", "Said", "in_words", "looked_over", "problem"]

# As plain values: kind, column (its name; empty for the whole table), title, count, rows, examples and what else is said.
Problem = dict[str, Any]
EXAMPLES = 3
# With fewer different values than these, each is looked at once.
FEW = 200_000
# So many empty lines between the rows are remembered.
MOST_GAPS = 1_000


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which number the spreadsheet program shows beside a row."""

    first: int = 1
    gaps: Sequence[int] = ()

    def shown(self, place: int) -> int:
        """Return the number of a row of the table, counted from 0."""
        return self.first + place + bisect_right(self.gaps, place)

    def as_json(self) -> dict[str, Any]:
        return {"first": self.first, "gaps": [*self.gaps[:MOST_GAPS]]}


def problem(kind: str, column: Column | None = None, **said: Any) -> Problem:
    """Return one thing that was noticed."""
    title = column.title.th or column.title.en if column else ""
    return {"kind": kind, "column": column.name if column else "", "title": title, **said}


def looked_over(
    table: Path, columns: list[Column], numbering: Numbering, tell: Callable[[float], None]
) -> tuple[list[Problem], list[dict[str, Any]], list[list[str | None]], int]:
    """Return what is noticeable about a table, a summary of each column, its first rows, and how many there are."""
    source = f"read_parquet({literal(table)})"
    memory, threads = costs_of(columns)
    with opened(table, seconds=LONGEST_WORK, memory_mb=memory, threads=threads) as engine:
        summary = summaries(engine, source, columns, lambda share: tell(share * 0.5))
        count = summary[0]["missing"] + _there(engine, source, columns[0]) if columns else 0
        look = Look(engine, table, numbering, count)
        found = [
            *look.gaps(columns, summary),
            *look.texts(columns, summary, lambda share: tell(0.5 + share * 0.3)),
            *look.years(columns, summary),
            *look.places(columns),
        ]
        tell(0.8)
        found += look.repeated(columns, summary)
        tell(1.0)
        return found, summary, first_rows(engine, source, columns), count


def _there(engine: duckdb.DuckDBPyConnection, source: str, column: Column) -> int:
    row = engine.execute(f"SELECT count({quoted(column.name)}) FROM {source}").fetchone()  # noqa: S608 -- quoted
    return int(row[0]) if row else 0


class Look:
    """A look at one table."""

    def __init__(self, engine: duckdb.DuckDBPyConnection, table: Path, numbering: Numbering, count: int) -> None:
        self.engine, self.numbering, self.count = engine, numbering, count
        self.source = f"read_parquet({literal(table)}, file_row_number=true)"

    def gaps(self, columns: list[Column], summary: list[dict[str, Any]]) -> list[Problem]:
        """Return where values are missing, and columns in which none stands."""
        found = []
        for column, said in zip(columns, summary, strict=True):
            if said["missing"] and said["missing"] == self.count:
                found.append(problem("empty_column", column))
            elif said["missing"]:
                at = self.where(column, f"{quoted(column.name)} IS NULL", said["missing"])
                found.append(problem("missing", column, **at, share=said["missing"] / self.count))
        return found

    def texts(
        self, columns: list[Column], summary: list[dict[str, Any]], tell: Callable[[float], None]
    ) -> list[Problem]:
        """Return what is noticeable in columns that are kept as text."""
        found: list[Problem] = []
        for place, (column, said) in enumerate(zip(columns, summary, strict=True), 1):
            if column.type == "string" and said["missing"] < self.count:
                statement = counts_of_kinds(quoted(column.name), self.source, grouped=said["distinct"] <= FEW)
                blanks, *counts = self.engine.execute(statement).fetchone() or ()
                found += self._said_of_text(column, dict(zip(KINDS, map(int, counts), strict=True)), int(blanks))
            tell(place / len(columns))
        return found

    def _said_of_text(self, column: Column, kinds: dict[str, int], blanks: int) -> list[Problem]:
        x, total = quoted(column.name), sum(kinds.values())
        kind = kind_of_value(trimmed(x))
        found = []
        if blanks:
            found.append(problem("blanks", column, **self.where(column, has_blanks(x), blanks)))
        numbers, dates = (sum(kinds.get(name, 0) for name in names) for names in (NUMBERS, DATES))
        for name in ("thousands", "thai_number", "thai_digits", "formula", "total", "nothing"):
            if count := kinds.get(name):
                at = self.where(column, f"{kind} = '{name}'", count)
                choice = "number" if name in NUMBERS and numbers == total else ""
                found.append(problem(name, column, **at, choice=choice))
        if dates:
            found += self._said_of_dates(column, kinds, "date" if dates == total else "")
        for fits, names in ((numbers, NUMBERS), (dates, DATES)):
            others = total - fits
            if fits and others and fits > others:
                at = self.where(column, f"{kind} NOT IN ({', '.join(map(literal, names))})", others)
                found.append(problem("mixed", column, **at, mostly="number" if names is NUMBERS else "date"))
        return found

    def _said_of_dates(self, column: Column, kinds: dict[str, int], choice: str) -> list[Problem]:
        buddhist, written = kinds.get("buddhist_date", 0), kinds.get("written_date", 0)
        is_kind = f"{kind_of_value(trimmed(quoted(column.name)))} = "
        if buddhist and (christian := kinds.get("iso_date", 0) + written):
            at = self.where(column, f"{is_kind}'buddhist_date'", buddhist)
            return [problem("two_calendars", column, **at, others=christian, choice=choice)]
        if buddhist:
            at = self.where(column, f"{is_kind}'buddhist_date'", buddhist)
            return [problem("buddhist_dates", column, **at, choice=choice)]
        if written:
            return [
                problem(
                    "written_dates", column, **self.where(column, f"{is_kind}'written_date'", written), choice=choice
                )
            ]
        return []

    def years(self, columns: list[Column], summary: list[dict[str, Any]]) -> list[Problem]:
        """Return the columns of whole numbers that are years of the Buddhist calendar."""
        return [
            problem("buddhist_years", column, count=self.count - said["missing"], choice="year")
            for column, said in zip(columns, summary, strict=True)
            if column.type == "integer"
            and said["min"] is not None
            and int(said["min"]) in BUDDHIST_YEARS
            and int(said["max"]) in BUDDHIST_YEARS
            and ("ปี" in column.heading or "พ.ศ" in column.heading or "year" in column.heading.lower())
        ]

    def places(self, columns: list[Column]) -> list[Problem]:
        """Return places outside of Thailand, and those whose north and east have changed places."""
        axes = axes_of(columns)
        if not axes:
            return []
        row = self.engine.execute(
            f"SELECT count_if({axes.outside()}), count_if({axes.swapped()}) FROM {self.source}"  # noqa: S608 -- quoted
        ).fetchone()
        outside, swapped = row or (0, 0)
        column = next(column for column in columns if column.name == axes.north)
        found = []
        if swapped:
            found.append(problem("swapped_axes", column, **self.where(column, axes.swapped(), swapped)))
        if outside - swapped > 0:
            condition = f"{axes.outside()} AND NOT {axes.swapped()}"
            found.append(problem("outside_thailand", column, **self.where(column, condition, outside - swapped)))
        return found

    def repeated(self, columns: list[Column], summary: list[dict[str, Any]]) -> list[Problem]:
        """Return rows that repeat an earlier one, and keys that stand in more than one row."""
        if not columns or self.count < 2:
            return []
        found = []
        count, rows = doubles(self.engine, self.source, [column.name for column in columns])
        if count:
            found.append(problem("double_rows", count=count, rows=self._shown(rows), examples=[]))
        key = key_of(columns, summary, self.count)
        if key and len(columns) > 1:
            x = quoted(key)
            known = f"(SELECT * FROM {self.source} WHERE {x} IS NOT NULL)"  # noqa: S608 -- quoted
            times, rows = doubles(self.engine, known, [key])
            # What repeats whole rows repeats their keys too.
            if times > count:
                column = next(column for column in columns if column.name == key)
                numbers = [] if summary[columns.index(column)]["missing"] else self._shown(rows)
                found.append(problem("double_keys", column, count=times, rows=numbers, examples=[]))
        return found

    def where(self, column: Column, condition: str, count: int) -> dict[str, Any]:
        """Return the count, and the first rows that are meant with their values."""
        x = quoted(column.name)
        found = self.engine.execute(
            f"SELECT file_row_number, left(CAST({x} AS VARCHAR), 60) FROM {self.source} WHERE {condition} LIMIT {EXAMPLES}"  # noqa: S608
        ).fetchall()
        examples = [value for _row, value in found if value is not None]
        return {"count": count, "rows": self._shown([row + 1 for row, _value in found]), "examples": examples}

    def _shown(self, rows: list[int]) -> list[int]:
        return [self.numbering.shown(row - 1) for row in rows]
