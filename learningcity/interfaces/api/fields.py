"""What is said of a record: each field knows where its value lies in the database, and how it stands in an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import override

from learningcity.common.rich import plain
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.dates import iso_date
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.schemas import Schema

ROOT = "/api/v1"
Record = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One part of a record, made of one column or more."""

    name: str
    schema: Schema
    paths: tuple[str, ...] = ()
    # Takes the value of the path, or of all paths together.
    read: Callable[[Any], Any] | None = None
    # For what lies in other tables: takes the keys of a page, gives what is said of each; or else ``nothing`` is said.
    load: Callable[[list[Any]], dict[Any, Any]] | None = None
    nothing: Any = None
    is_listed: bool = True


def read_records(records: QuerySet[Any], fields: Iterable[Field], key: str) -> list[tuple[Any, Record]]:
    """Return each record with its key: one query for the record itself, and one for each field that lies elsewhere."""
    wanted = list(fields)
    paths = list(dict.fromkeys([key, *(path for field in wanted for path in field.paths)]))
    plan = [
        (field.name, itemgetter(*map(paths.index, field.paths)) if field.paths else None, field.read)
        for field in wanted
    ]
    found = []
    for row in records.values_list(*paths):
        record: Record = {}
        for name, value_in, read in plan:
            value = value_in(row) if value_in else None
            record[name] = read(value) if read else value
        found.append((row[0], record))
    for field in wanted:
        if field.load:
            told = field.load([number for number, _record in found]) if found else {}
            for number, record in found:
                record[field.name] = told.get(number, field.nothing)
    return found


def any_of(path: str, keys: list[Any], kind: models.Field[Any, Any]) -> models.Func:
    """Return the condition that a column is one of many keys: these are one value, which costs less than a list of them."""
    given = models.Value(keys, output_field=ArrayField(kind))
    return models.Func(
        models.F(path),
        given,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


# --- Kinds of fields --------------------------------------------------------------------------------------------------


def plainly(name: str, schema: Schema, path: str = "") -> Field:
    """Return a field whose value stands as it is; an empty text is nothing."""
    return Field(name=name, schema=schemas.maybe(schema), paths=(path or name,), read=something)


def surely(name: str, schema: Schema, path: str = "") -> Field:
    """Return a field whose value is always there."""
    return Field(name=name, schema=schema, paths=(path or name,))


def pair(name: str, path: str = "") -> Field:
    """Return a text in both languages; of a rich text its words."""
    paths = tuple(f"{path or name}_{language}" for language in LANGUAGES)
    return Field(name=name, schema=schemas.TEXT, paths=paths, read=in_both)


def number(name: str, path: str = "") -> Field:
    return Field(name=name, schema=schemas.maybe(schemas.NUMBER), paths=(path or name,), read=as_number)


def day(name: str, path: str = "") -> Field:
    return Field(name=name, schema=schemas.maybe(schemas.DAY), paths=(path or name,), read=as_day)


def moment(name: str, path: str = "") -> Field:
    return Field(name=name, schema=schemas.maybe(schemas.MOMENT), paths=(path or name,), read=as_moment)


def vague(name: str, day_path: str, precision_path: str) -> Field:
    """Return a date as exactly as it is known."""
    return Field(name=name, schema=schemas.maybe(schemas.DATE), paths=(day_path, precision_path), read=as_known)


def code(name: str, words: Any, path: str = "") -> Field:
    """Return a word out of few with what it means in both languages."""
    return Field(
        name=name, schema=schemas.maybe(schemas.CODE), paths=(path or name,), read=lambda value: coded(words, value)
    )


def reference(name: str, path: str, resource: str, text: str = "name") -> Field:
    """Return another record: its key, its name and where it stands."""
    paths = (f"{path}__slug", f"{path}__{text}_th", f"{path}__{text}_en")
    return Field(
        name=name,
        schema=schemas.maybe(schemas.REFERENCE),
        paths=paths,
        read=lambda said: referred(resource, *said),
    )


def source(path: str = "source", name: str = "source") -> Field:
    """Return where a fact comes from."""
    paths = tuple(f"{path}__{column}" for column in ("slug", "title_th", "title_en", "url"))
    return Field(name=name, schema=schemas.maybe(schemas.SOURCE), paths=paths, read=as_source)


def links(resource: str, page: str, path: str = "slug", of: str = "") -> Field:
    """Return the address of a record here, and of the page about it; ``page`` has a gap for what ``of`` says."""
    return Field(
        name="links",
        schema=schemas.LINKS,
        paths=(path, of or path),
        read=lambda said: linked(f"{resource}/{said[0]}", page.format(said[1]) if said[1] else ""),
    )


def elsewhere(name: str, schema: Schema, load: Callable[[list[Any]], dict[Any, Any]], nothing: Any = None) -> Field:
    """Return a field that lies in other tables, told in lists too."""
    return Field(name=name, schema=schema, load=load, nothing=nothing)


def beneath(name: str, of: str, records: Callable[[], QuerySet[Any]], fields: Iterable[Field]) -> Field:
    """Return the records that hang on this one, told of one record only; ``of`` is the path to the key of this one."""
    said = [*fields]

    def load(keys: list[Any]) -> dict[Any, list[Record]]:
        found: dict[Any, list[Record]] = {key: [] for key in keys}
        for key, record in read_records(records().filter(**{f"{of}__in": keys}), said, of):
            found[key].append(record)
        return found

    schema = schemas.many(schemas.whole({field.name: field.schema for field in said}))
    return Field(name=name, schema=schema, load=load, nothing=[], is_listed=False)


# --- How values stand in answers ----------------------------------------------------------------------------------------


def something(value: Any) -> Any:
    return None if value == "" else value


def in_both(said: tuple[str | None, str | None]) -> dict[str, str | None]:
    """Return a text in both languages, without marks of headings and lists."""
    th, en = said
    return {"th": (plain(th) or None) if th else None, "en": (plain(en) or None) if en else None}


def as_number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def as_day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def as_moment(value: dt.datetime | None) -> str | None:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if value else None


def as_known(said: tuple[dt.date | None, str]) -> dict[str, str] | None:
    date, precision = said
    return {"date": iso_date(date, precision), "precision": precision} if date else None


def coded(words: Any, value: Any) -> dict[str, Any] | None:
    """Return a code with what it means in both languages."""
    return _codes(words).get(value)


@cache
def _codes(words: Any) -> dict[Any, dict[str, Any]]:
    labels: dict[Any, dict[str, str]] = {value: {} for value in words.values}
    for language in LANGUAGES:
        with override(language):
            for value, label in words.choices:
                labels[value][language] = str(label)
    return {value: {"code": str(value), "label": label} for value, label in labels.items()}


def referred(resource: str, slug: str | None, th: str, en: str) -> dict[str, Any] | None:
    """Return another record in short."""
    return {"slug": slug, "name": in_both((th, en)), "self": here(f"{resource}/{slug}")} if slug else None


def as_source(said: tuple[str | None, str, str, str]) -> dict[str, Any] | None:
    slug, th, en, url = said
    if not slug:
        return None
    return {"slug": slug, "title": in_both((th, en)), "url": url or None, "self": here(f"sources/{slug}")}


def linked(path: str, page: str) -> dict[str, str | None]:
    """Return the addresses of a record, and of a page for people if there is one."""
    return {
        "self": here(path),
        "th": f"{settings.SITE_URL}{page}" if page else None,
        "en": f"{settings.SITE_URL}/en{page}" if page else None,
    }


def here(path: str) -> str:
    """Return an address of this interface."""
    return f"{settings.SITE_URL}{ROOT}/{path}"
