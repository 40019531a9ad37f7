"""Questions as expressions of SQL: names quoted and values kept apart, so that nothing of a question is ever a statement.

One expression serves every engine; sqlglot writes it in the words of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlglot import exp

from learningcity.common.columnar.compared import values_of
from learningcity.common.columnar.question import ROW, Condition, Measure, Order, Question, Types, check

COMPARED = {"=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
MEASURED = {"sum": exp.Sum, "avg": exp.Avg, "min": exp.Min, "max": exp.Max}
# Of the result of a measure, where it is another than that of its column.
KINDS = {"count": "integer", "avg": "number"}


@dataclass
class Compiled:
    """A statement with its values, and the columns of its answer."""

    tree: exp.Query
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass
class Compiler:
    """Makes statements about one table of one engine."""

    # What the engine calls the file, and the number of a row in it, from 0.
    table: exp.Expr
    row: str
    types: Types
    values: dict[str, Any] = field(default_factory=dict)

    def answer(self, question: Question) -> Compiled:
        """Return the statement that gives the rows of the answer.

        :raises Unanswerable: if the question does not fit the table.
        """
        check(question, self.types)
        if question.is_summary:
            tree, columns = self._summary(question)
        elif question.distinct:
            tree, columns = self._different(question)
        else:
            tree, columns = self._rows(question)
        return Compiled(tree, self.values, columns)

    def total(self, question: Question) -> Compiled:
        """Return the statement that counts the rows of the whole answer.

        :raises Unanswerable: if the question does not fit the table.
        """
        check(question, self.types)
        counted = exp.alias_(exp.Count(this=exp.Star()), "rows", quoted=True)
        if not question.is_summary and not question.distinct:
            return Compiled(self._where(exp.select(counted).from_(self.table), question), self.values)
        whole = replace(question, sort=())
        tree, _columns = self._summary(whole) if question.is_summary else self._different(whole)
        for part in ("order", "limit", "offset"):
            tree.set(part, None)
        return Compiled(exp.select(counted).from_(tree.subquery("answer")), self.values)

    def _rows(self, question: Question) -> tuple[exp.Select, dict[str, str]]:
        columns = self._shown(question)
        wanted = exp.select(*(self._named(name) for name in columns)).from_(self.table.copy())
        if not question.sort:
            return self._paged(self._where(wanted, question), question), columns
        # Only the columns that are sorted by are read of every row; the others, of the rows of this page.
        first = self._where(exp.select(self._row()).from_(self.table.copy()), question)
        page = self._paged(first.order_by(*self._orders(question.sort), self._row()), question)
        wanted = wanted.where(exp.In(this=self._row(), query=page.subquery()))
        return wanted.order_by(*self._orders(question.sort), self._row()), columns

    def _different(self, question: Question) -> tuple[exp.Select, dict[str, str]]:
        columns = self._shown(question)
        tree = self._where(exp.select(*(self._named(name) for name in columns)).from_(self.table), question).distinct()
        return self._ordered(tree, question, [*columns]), columns

    def _summary(self, question: Question) -> tuple[exp.Select, dict[str, str]]:
        columns = {name: self._kind(name) for name in question.groups}
        measures = question.measures or (Measure("count"),)
        columns |= {one.name: KINDS.get(one.kind) or self._kind(one.column) for one in measures}
        shown = [self._named(name) for name in question.groups]
        shown += [exp.alias_(self._measured(one), one.name, quoted=True) for one in measures]
        tree = self._where(exp.select(*shown).from_(self.table), question)
        if question.groups:
            tree = tree.group_by(*(self._column(name) for name in question.groups))
        return self._ordered(tree, question, [*question.groups]), columns

    def _ordered(self, tree: exp.Select, question: Question, names: list[str]) -> exp.Select:
        """Put an answer in order by what was asked, then by everything that tells its rows apart: pages must fit together."""
        named = {order.column for order in question.sort}
        orders = (*question.sort, *(Order(name) for name in names if name not in named))
        if orders:
            tree = tree.order_by(*self._orders(orders, by_name=True))
        return self._paged(tree, question)

    def _paged(self, tree: exp.Select, question: Question) -> exp.Select:
        tree = tree.limit(question.limit)
        return tree.offset(question.offset) if question.offset else tree

    def _orders(self, orders: tuple[Order, ...], *, by_name: bool = False) -> Iterator[exp.Ordered]:
        for order in orders:
            column = exp.column(order.column, quoted=True) if by_name else self._column(order.column)
            yield exp.Ordered(this=column, desc=order.descending, nulls_first=False)

    def _where(self, tree: exp.Select, question: Question) -> exp.Select:
        conditions = [self._condition(condition) for condition in question.conditions]
        texts = [name for name, kind in self.types.items() if kind == "string"]
        for word in question.text.split():
            places = [self._within(self._column(name), word) for name in texts]
            conditions.append(exp.or_(*places, copy=False) if places else exp.false())
        # All at once and in place: to copy the statement for each of them takes longer than to answer it.
        return tree.where(*conditions, copy=False) if conditions else tree

    def _condition(self, condition: Condition) -> exp.Expr:
        given = values_of(condition, self.types)
        column = self._column(condition.column)
        if condition.column == ROW:
            given = [number - 1 for number in given]
        match condition.operator:
            case "missing":
                nothing = exp.Is(this=column, expression=exp.Null())
                return exp.not_(nothing) if condition.value is False else nothing
            case "contains":
                return exp.Contains(this=column, expression=self._value(given[0]))
            case "starts":
                return exp.StartsWith(this=column, expression=self._value(given[0]))
            case "has":
                return exp.and_(*(self._within(column, word) for word in given)) if given else exp.true()
            case "in":
                return exp.In(this=column, expressions=[self._value(value) for value in given])
            case operator:
                return COMPARED[operator](this=column, expression=self._value(given[0]))

    def _within(self, column: exp.Expr, word: str) -> exp.Expr:
        """Return whether a word stands in a text; where its letters are neither large nor small, as in Thai, to the letter."""
        if word.lower() == word.upper():
            return exp.Contains(this=column, expression=self._value(word))
        # Quicker than small letters of both: a text with Thai letters in it is slow to make small.
        return exp.RegexpLike(this=column, expression=self._value(f"(?i){re.escape(word)}"))

    def _measured(self, measure: Measure) -> exp.Expr:
        if not measure.column:
            return exp.Count(this=exp.Star())
        column = self._column(measure.column)
        if measure.kind == "count":
            return exp.Count(this=column)
        # Many large numbers are more than 64 bits hold, and not every engine says so.
        wider = {"sum": "int128", "avg": "double"}.get(measure.kind)
        if wider and self._kind(measure.column) == "integer":
            return MEASURED[measure.kind](this=exp.cast(column, wider))
        return MEASURED[measure.kind](this=column)

    def _shown(self, question: Question) -> dict[str, str]:
        return {name: self._kind(name) for name in question.columns or self.types}

    def _kind(self, name: str) -> str:
        return "integer" if name == ROW else self.types[name]

    def _row(self) -> exp.Column:
        return exp.column(self.row, quoted=True)

    def _column(self, name: str) -> exp.Column:
        return self._row() if name == ROW else exp.column(name, quoted=True)

    def _named(self, name: str) -> exp.Expr:
        return exp.alias_(self._row(), ROW, quoted=True) if name == ROW else self._column(name)

    def _value(self, value: Any) -> exp.Placeholder:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return exp.Placeholder(this=name)
