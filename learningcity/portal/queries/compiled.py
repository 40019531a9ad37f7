"""Queries whose SQL is written once: Django writes it anew for every use, which takes longer than the answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Record = TypeVar("Record", bound=Model)
# Stands where the value will be; no record has it.
PARAMETER = -7_215_031


class Compiled(Generic[Record]):
    """A query with one parameter. It gives what the QuerySet would give, without prefetches."""

    def __init__(self, build: Callable[[Any], "QuerySet[Record]"], parameter: Any = PARAMETER) -> None:
        self.build = build
        self.parameter = parameter

    def __call__(self, value: Any) -> list[Record]:
        sql, params, make = self.plan
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if param == self.parameter else param for param in params])
            return make(cursor.fetchall())

    @cached_property
    def plan(self) -> tuple[str, tuple[Any, ...], Callable[[list[Any]], list[Record]]]:
        """Return the SQL, its parameters, and what turns rows into records."""
        compiler = self.build(self.parameter).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        klass, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        names = [compiler.select[field][0].target.attname for field in fields]
        first, last = fields[0], fields[-1] + 1
        related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        annotations = compiler.annotation_col_map.items()

        def make(rows: Any) -> list[Record]:
            records = []
            for row in compiler.apply_converters(rows, converters) if converters else rows:
                record = klass.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
                for populator in related:
                    populator.populate(row, record)
                for name, place in annotations:
                    setattr(record, name, row[place])
                records.append(record)
            return records

        return sql, params, make
