"""Rows of a table in the shapes in which CKAN's DataStore hands them out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from learningcity.common.columnar.asking import ROW, Answer

# The types of PostgreSQL by which clients know what to expect.
TYPES = {
    "integer": "int8",
    "year": "int4",
    "number": "float8",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
}


def fields_of(answer: Answer, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of an answer, with what people call them."""
    described = {said["name"]: said for said in schema.get("fields", [])}
    fields: list[dict[str, Any]] = []
    for name, kind in answer.columns.items():
        if name == ROW:
            fields.append({"id": ROW, "type": "int"})
            continue
        said = described.get(name, {})
        info = {"label": said.get("title", name), "notes": said.get("description", "")}
        fields.append({"id": name, "type": TYPES.get(said.get("type", kind), "text"), "info": info})
    return fields


def plain(value: Any) -> Any:
    """Return a value as JSON says it."""
    return value.isoformat() if isinstance(value, dt.date) else value


def objects(answer: Answer) -> list[dict[str, Any]]:
    return [dict(zip(answer.columns, map(plain, row), strict=True)) for row in answer.rows]


def lists(answer: Answer) -> list[list[Any]]:
    return [[plain(value) for value in row] for row in answer.rows]


def separated(answer: Answer, mark: str) -> str:
    """Return rows as lines without a heading, as CKAN does."""
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows(lists(answer))
    return text.getvalue()


FORMATS: dict[str, Callable[[Answer], Any]] = {
    "objects": objects,
    "lists": lists,
    "csv": lambda answer: separated(answer, ","),
    "tsv": lambda answer: separated(answer, "\t"),
}
