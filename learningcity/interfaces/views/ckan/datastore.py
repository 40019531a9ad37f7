"""Rows of tables, asked as in CKAN's DataStore."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from learningcity.common.columnar.asking import (
    MOST_ROWS,
    ROW,
    Answer,
    Condition,
    Order,
    Question,
    Unanswerable,
    ask,
    ask_without_total,
)
from learningcity.common.columnar.distant import Table
from learningcity.common.columnar.engine import TooSlow
from learningcity.interfaces.exports.ckan.rows import FORMATS, fields_of
from learningcity.interfaces.queries.ckan.problems import NotAuthorized, NotFound, SearchError, ValidationError
from learningcity.interfaces.views.ckan.answering import answers
from learningcity.interfaces.views.ckan.given import Given
from learningcity.interfaces.views.ckan.resources import offer_named
from learningcity.opendata.actions import note_use
from learningcity.opendata.enums import Way
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Offer, table_path

USUAL_LIMIT = 100
# What CKAN calls the parts of a question.
CALLED = {"columns": "fields", "conditions": "filters", "text": "q"}


@answers
def datastore_search(given: Given) -> dict[str, Any]:
    """Return rows of a table.

    Parameters: resource_id; filters, {column: value or list of values}; q, words that stand in the row, or {column:
    words}; fields; sort ("column desc, column"); distinct; limit (100, at most 32000), offset; include_total;
    records_format (objects, lists, csv, tsv).
    """
    dataset, offer, table = table_named(given.required("id", "resource_id"))
    form = given.text("records_format", "objects")
    if form not in FORMATS:
        raise ValidationError("records_format", f"Must be one of {', '.join(FORMATS)}")
    question = _question(given, [column["name"] for column in offer.schema["fields"]])
    is_counted = given.flag("include_total", default=True)
    answer = _asked(table, question, ask if is_counted else ask_without_total)
    note_use(Way.API, dataset.slug)
    said = {
        "resource_id": given.required("id", "resource_id"),
        "include_total": is_counted,
        "limit": question.limit,
        "offset": question.offset,
        "records_format": form,
        "fields": fields_of(answer, offer.schema),
        "records": FORMATS[form](answer),
        "_links": _links(given, question),
    }
    return said | ({"total": answer.total, "total_was_estimated": False} if is_counted else {})


@answers
def datastore_info(given: Given) -> dict[str, Any]:
    """Return the columns of a table, and how many rows it has. Parameter: id."""
    _dataset, offer, table = table_named(given.required("resource_id", "id"))
    answer = _asked(table, Question(columns=(), limit=0), ask)
    return {
        "meta": {"id": str(offer.uid), "count": answer.total, "table_type": "BASE TABLE", "aliases": []},
        "fields": fields_of(answer, offer.schema),
    }


@answers
def datastore_search_sql(given: Given) -> None:
    """Answer that SQL is not taken: ask with datastore_search, or take the whole table as Parquet."""
    raise NotAuthorized("SQL is not taken here: ask with datastore_search, or take the whole table as a Parquet file")


def table_named(text: str) -> tuple[Dataset, Offer, Table]:
    """Return a file, of which dataset it is, and where its rows lie.

    :raises NotFound: if there is none of this id, or if it holds no table.
    """
    dataset, offer = offer_named(text)
    version = offer.path.split("/")[3]
    table = table_path(dataset, offer.name, int(version) if version.isdecimal() else None) if offer.is_table else None
    if table is None:
        raise NotFound("Not found: Resource holds no table.")
    return dataset, offer, table


def _question(given: Given, names: list[str]) -> Question:
    is_distinct = given.flag("distinct")
    usual = names if is_distinct else [ROW, *names]
    text = given.json("q")
    if text is not None and not isinstance(text, str | int | float | dict):
        raise ValidationError("q", "Must be a text or a dictionary of columns")
    words = text if isinstance(text, dict) else {}
    has = [Condition(column, "has", said) for column, said in words.items()]
    return Question(
        columns=tuple(given.words("fields") or usual),
        conditions=(*_filters(given), *has),
        text="" if text is None or words else str(text),
        distinct=is_distinct,
        sort=tuple(_orders(given)),
        offset=given.number("offset", 0),
        limit=given.at_most("limit", USUAL_LIMIT, MOST_ROWS),
    )


def _filters(given: Given) -> list[Condition]:
    filters = given.json("filters")
    if filters is None or filters == "":
        return []
    if not isinstance(filters, dict):
        raise ValidationError("filters", "Must be a dictionary of columns")
    return [_filter(column, value) for column, value in filters.items()]


def _filter(column: str, value: Any) -> Condition:
    if value is None:
        return Condition(column, "missing")
    return Condition(column, "in" if isinstance(value, list) else "=", value)


def _orders(given: Given) -> list[Order]:
    orders = []
    for part in given.words("sort"):
        column, _, direction = part.strip().partition(" ")
        # "nulls last" is what happens in any case.
        if direction.strip().lower().removesuffix("nulls last").strip() not in {"", "asc", "desc"}:
            raise ValidationError("sort", f"{part!r} is no column with asc or desc behind it")
        orders.append(Order(column.strip('"'), direction.strip().lower().startswith("desc")))
    return orders


def _asked(table: Table, question: Question, way: Callable[[Table, Question], Answer]) -> Answer:
    try:
        return way(table, question)
    except Unanswerable as problem:
        raise ValidationError(CALLED.get(problem.parameter, problem.parameter), problem.reason) from problem
    except TooSlow as problem:
        raise SearchError(
            "Search error: this question takes too long: ask for less, or take the whole file"
        ) from problem


def _links(given: Given, question: Question) -> dict[str, str]:
    said = {name: value for name, value in given.said.items() if name != "offset" and value is not None}
    # What came as JSON stands in an address as JSON in a text: the next page is one of the same question.
    kept = {name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for name, one in said.items()}
    start = f"/api/3/action/datastore_search?{urlencode(kept)}"
    return {"start": start, "next": f"{start}&{urlencode({'offset': question.offset + question.limit})}"}
