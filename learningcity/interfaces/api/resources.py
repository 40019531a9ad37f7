"""Lists of records, page by page, and single records: one declaration for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from learningcity.interfaces.api import asked as asking, schemas
from learningcity.interfaces.api.asked import Asked, Filter, fields_in
from learningcity.interfaces.api.cursors import cursor_at, place_of
from learningcity.interfaces.api.fields import Field, Record, here, read_records
from learningcity.interfaces.api.problems import missing
from learningcity.interfaces.api.schemas import Schema


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A kind of record: where its rows are, what is said of each, and by what they are chosen."""

    # Stands in addresses: it never changes.
    name: str
    # What one of them is called, as the name of a schema: City.
    one: str
    about: str
    # What everybody may see, and nothing else.
    records: Callable[[], QuerySet[Any]]
    fields: tuple[Field, ...]
    filters: tuple[Filter, ...] = ()
    # A column that never changes and that no two rows share; lists stand in its order.
    key: str = "slug"
    # Takes away what nobody may be told of these records, given with their keys.
    cover: Callable[[list[tuple[Any, Record]]], None] | None = None
    # Of one in documentation that can be tried.
    example: str = ""

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_listed)

    @property
    def schema(self) -> Schema:
        return schemas.part({field.name: field.schema for field in self.fields})

    def asked_of_list(self) -> type[Asked]:
        """Return the parameters of the list."""
        chosen = {one.name: one.parameter for one in self.filters}
        return asking.for_many(self.one, [field.name for field in self.listed], **chosen)

    def asked_of_one(self) -> type[Asked]:
        """Return the parameters of one record."""
        return asking.for_one(self.one, [field.name for field in self.fields])


def page_of(resource: Resource, request: HttpRequest, asked: Any) -> Record:
    """Return a page of the records that fit the question.

    :raises Problem: if the cursor leads nowhere.
    """
    chosen = {one.name: value for one in resource.filters if (value := getattr(asked, one.name))}
    found = resource.records()
    for one in resource.filters:
        if one.name in chosen:
            found = one.narrow(found, chosen[one.name])
    answer: Record = {}
    if asked.total == "true":
        answer["total"] = found.count()
    question = {"list": resource.name, **chosen}
    if asked.cursor:
        found = found.filter(**{f"{resource.key}__gt": place_of(asked.cursor, question)})
    wanted = fields_in(asked)
    fields = [field for field in resource.listed if not wanted or field.name in wanted]
    rows = read_records(found.order_by(resource.key)[: asked.limit + 1], fields, resource.key)
    following = None
    if len(rows) > asked.limit:
        del rows[asked.limit :]
        following = next_page(request, cursor_at(question, rows[-1][0]))
    if resource.cover:
        resource.cover(rows)
    return {**answer, "items": [record for _key, record in rows], "next": following}


def one_of(resource: Resource, key: Any, asked: Any) -> Record:
    """Return one record.

    :raises Problem: if there is none.
    """
    wanted = fields_in(asked)
    fields = [field for field in resource.fields if not wanted or field.name in wanted]
    rows = read_records(resource.records().filter(**{resource.key: key}), fields, resource.key)
    if not rows:
        raise missing(resource.one.lower())
    if resource.cover:
        resource.cover(rows)
    return rows[0][1]


def next_page(request: HttpRequest, cursor: str) -> str:
    """Return the address of the next page: the same question from another place on."""
    said = request.GET.copy()
    said["cursor"] = cursor
    path = request.path_info.removeprefix("/api/v1/")
    query = said.urlencode(safe=",:")
    return here(f"{path}?{query}")


def page_schema(item: Schema) -> Schema:
    """Return the schema of a page of these."""
    properties = {
        "items": schemas.many(item),
        "next": schemas.maybe(schemas.ADDRESS),
        "total": schemas.INTEGER,
    }
    return {**schemas.whole(properties), "required": ["items", "next"]}
