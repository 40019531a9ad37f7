"""Questions to the tables of datasets: filters, sorting, grouping and measures, answered by the engine of tables."""

from __future__ import annotations

import csv
import datetime as dt
import math
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field as Parameter, create_model

from learningcity.common.columnar.asking import (
    Condition,
    Measure,
    Order,
    Question,
    Unanswerable,
    ask,
    ask_without_total,
    types_of,
)
from learningcity.common.columnar.distant import Table
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import COLUMNS, READABLE, Asked, cursor, whole, word, written, yes
from learningcity.interfaces.api.cursors import NO_PAGE, cursor_at, place_of
from learningcity.interfaces.api.datasets import both, dataset_named
from learningcity.interfaces.api.fields import Record, here, linked
from learningcity.interfaces.api.problems import Problem, missing, wrong
from learningcity.interfaces.api.resources import next_page
from learningcity.interfaces.api.schemas import Schema
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Offer, entry_at, entry_of, newest_version, public_versions, table_path

USUAL, MOST = 100, 10_000
# An address that is longer than 8,000 letters is refused on the whole site.
MOST_WHERE, LONGEST_WHERE = 20, 200
MEASURED = r"^[a-z]+(:[A-Za-z0-9_]+)?(,[a-z]+(:[A-Za-z0-9_]+)?)*$"
SORTED = r"^-?[A-Za-z0-9_]+(,-?[A-Za-z0-9_]+)*$"
LARGEST = 2**53
# What stands between a column and a value.
OPERATORS = {
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "in": "in",
    "contains": "contains",
    "starts": "starts",
    "has": "has",
    "missing": "missing",
}
VALUED = "|".join(name for name in OPERATORS if name != "missing")
FORM = f"^[^\\x00\ufffd:]+:(({VALUED}):[^\\x00\ufffd]*|missing(:(true|false)?)?)$"
# The form stands in the description; whoever writes something else is told so in words and not with a pattern.
CONDITION: Any = Parameter(
    min_length=1, max_length=LONGEST_WHERE, pattern=READABLE, json_schema_extra={"pattern": FORM}
)
WHERE = _(
    "A condition: `column:operator:value`, as often as needed; all must hold. Operators: eq, ne, lt, le, gt, ge, "
    "in (values with commas between), contains and starts (to the letter), has (every word, however written), missing."
)
# The answer's names for the parts of a question, as the parameters are called.
PARAMETERS = {"conditions": "where", "groups": "group", "measures": "measure", "text": "q", "offset": "cursor"}
AskedOfTables: type[Asked] = create_model("Tables", version=whole(1, 2**31 - 1, _("A version; else the newest.")))
AskedOfTable: type[Asked] = create_model(
    "Table",
    version=whole(1, 2**31 - 1, _("A version; else the newest.")),
    columns=written(COLUMNS, _("Names of columns, with commas between; without it, all."), 1_500),
    where=(
        list[Annotated[str, CONDITION]],
        Parameter([], max_length=MOST_WHERE, description=WHERE),
    ),
    q=word(_("Words that must all stand in the row, in any column of text."), 200),
    group=written(COLUMNS, _("Names of columns; the answer has one row for each group."), 500),
    measure=written(
        MEASURED,
        _(
            "What is told of each group, with commas between: `count` or one of sum, avg, min, max of a column, "
            "such as `sum:value`."
        ),
        500,
    ),
    sort=written(
        SORTED,
        _("Names of columns in whose order the rows stand, with commas between; with - before it, downward."),
        300,
    ),
    distinct=yes(_("Whether rows that are alike are told once.")),
    limit=whole(1, MOST, _("How many rows on a page, 10,000 at most."), USUAL),
    cursor=cursor(),
    total=yes(_("Whether to count all rows of the answer; it costs time.")),
)
TABLE: Schema = schemas.whole(
    {
        "name": schemas.STRING,
        "title": schemas.TEXT,
        "rows": schemas.maybe(schemas.INTEGER),
        "schema": {"type": "object", "description": "The columns in the words of Table Schema."},
        "links": schemas.LINKS,
    }
)
TABLES: Schema = {**schemas.whole({"items": schemas.many(TABLE), "next": {"type": "null"}})}
CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
ROWS: Schema = {
    **schemas.whole(
        {
            "columns": schemas.many(schemas.whole({"name": schemas.STRING, "type": schemas.STRING})),
            "items": schemas.many({"type": "object", "additionalProperties": CELL}),
            "next": schemas.maybe(schemas.ADDRESS),
            "total": schemas.INTEGER,
        }
    ),
    "required": ["columns", "items", "next"],
}


def tables(request: HttpRequest, asked: Any, slug: str) -> Record:
    """Return the tables of a dataset with their columns."""
    dataset = dataset_named(slug)
    # A table is offered as several kinds of files.
    found = {offer.name: offer for offer in reversed(offers_at(dataset, asked.version)) if offer.is_table}
    items = [described(offer, dataset, asked.version) for offer in reversed(found.values())]
    return {"items": items, "next": None}


def table(request: HttpRequest, asked: Any, slug: str, name: str) -> Record:
    """Return a page of the rows that answer a question.

    :raises Problem: if there is no such table, or it was changed since the page before.
    """
    dataset = dataset_named(slug)
    bound = {"list": "table", "slug": slug, "name": name, **asked.model_dump(exclude={"cursor", "limit", "total"})}
    state, offset = place_of(asked.cursor, bound) if asked.cursor else (None, 0)
    path, state = rows_at(dataset, name, asked.version, state)
    question = question_in(asked, types_of(path))
    page = Question(**{**question, "offset": offset, "limit": asked.limit + 1})
    answer = ask(path, page) if asked.total == "true" else ask_without_total(path, page)
    names = list(answer.columns)
    rows = [dict(zip(names, map(cell, row), strict=True)) for row in answer.rows[: asked.limit]]
    following = None
    if len(answer.rows) > asked.limit:
        following = next_page(request, cursor_at(bound, [state, offset + asked.limit]))
    return {
        "columns": [{"name": column, "type": kind} for column, kind in answer.columns.items()],
        "items": rows,
        "next": following,
        **({"total": answer.total} if asked.total == "true" else {}),
    }


def rows_at(dataset: Dataset, name: str, number: int, state: Any) -> tuple[Table, Any]:
    """Return where the rows of a table lie, and a name for their state: pages that belong together are of one state.

    :raises Problem: if there is no such table, or its rows as they were are no longer kept.
    """
    if dataset.is_live and not number:
        path = table_path(dataset, name)
        # What the platform itself knows lies here.
        if isinstance(path, Path):
            path = path.with_name(state) if state else path
            if not path.exists():
                raise Problem(404, NO_PAGE)
            state = path.name
    else:
        newest = newest_version(dataset)
        state = state or number or (newest.number if newest else 0)
        path = table_path(dataset, name, state)
    if path is None:
        raise missing("table")
    return path, state


def question_in(asked: Any, types: dict[str, str]) -> dict[str, Any]:
    """Return the parts of a question, as the address puts them.

    :raises Problem: if a condition is no condition.
    """
    return {
        "columns": names_in(asked.columns),
        "conditions": tuple(condition_in(said) for said in asked.where),
        "text": asked.q,
        "groups": names_in(asked.group),
        "measures": tuple(measure_in(said) for said in names_in(asked.measure)),
        "distinct": asked.distinct == "true",
        "sort": tuple(Order(name.removeprefix("-"), name.startswith("-")) for name in names_in(asked.sort)),
    }


def names_in(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in text.split(","))))


def measure_in(said: str) -> Measure:
    kind, _colon, column = said.partition(":")
    return Measure(kind, column)


def condition_in(said: str) -> Condition:
    """Return the condition that somebody wrote.

    :raises Problem: if it is none.
    """
    column, _colon, rest = said.partition(":")
    operator, colon, value = rest.partition(":")
    if operator not in OPERATORS or (not colon and operator != "missing"):
        raise wrong("where", f"{said[:100]!r} is not column:operator:value; operators are {', '.join(OPERATORS)}.")
    if operator == "missing":
        if value not in {"", "true", "false"}:
            raise wrong("where", "`missing` takes true or false.")
        return Condition(column, "missing", value != "false")
    if operator == "in":
        return Condition(column, "in", tuple(values_in(value)))
    return Condition(column, OPERATORS[operator], value)


def values_in(text: str) -> list[str]:
    """Return values with commas between; one with a comma in it stands in quotation marks.

    :raises Unanswerable: if they cannot be told apart.
    """
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error:
        raise Unanswerable("conditions", "A quotation mark is open.") from None


def cell(value: Any) -> Any:
    """Return a value as JSON can say it: a number too large for most programs stands as text."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value if abs(value) <= LARGEST else str(value)
    if isinstance(value, float | Decimal):
        value = float(value)
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def offers_at(dataset: Dataset, number: int) -> list[Offer]:
    """Return the files of a version, or of the newest one for 0.

    :raises Problem: if there is no such version.
    """
    if not number:
        return entry_of(dataset).offers
    found = public_versions(dataset).filter(number=number).first()
    if found is None:
        raise missing("version")
    return entry_at(found).offers


def described(offer: Offer, dataset: Dataset, number: int) -> Record:
    """Return what is said of a table."""
    at = f"?version={number}" if number else ""
    address = f"datasets/{dataset.slug}/tables/{offer.name}"
    said = linked(address, f"/data/{dataset.slug}/")
    return {
        "name": offer.name,
        "title": both(offer.title),
        "rows": offer.rows,
        "schema": offer.schema,
        "links": {**said, "self": here(f"{address}{at}")},
    }
