"""What the pages show on which files are brought and become datasets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcity.common.columnar.schema import Column, columns_from
from learningcity.moderation.models import Proposal
from learningcity.moderation.queries import whole_values
from learningcity.opendata.enums import COLUMN_TYPES, Standing
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries import Entry, entries
from learningcity.opendata.queries.score import Criterion, Score, score_of
from learningcity.opendata.queries.uploads import UUID

KIND = "dataset"
IN_WORK = (Standing.RECEIVED, Standing.READING)
# Each column has six boxes, and a form has a thousand at most.
COLUMNS_ON_A_PAGE = 60
COMMON_VALUES = 3
SAYABLE = ("title_th", "title_en", "description_th", "description_en", "unit")
# What a column of text may be read as; any column may be kept as text.
CHOOSABLE = ("string", "integer", "number", "date", "year")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of an upload, as the page lets it be described."""

    column: Column
    # The boxes: name in the form, label, what stands there, language.
    boxes: list[tuple[str, object, str, str]]
    types: list[tuple[str, object]]
    missing: int
    distinct: int | None
    span: str
    common: list[str]


def waiting_in(place: str) -> QuerySet[Upload]:
    """Return the files that were brought for a place and are not published, the newest first."""
    return Upload.objects.filter(place=place).select_related("by").order_by("-received_at", "-pk")


def files_named(proposal: Proposal) -> QuerySet[Upload]:
    """Return the files that wait for a proposal to be published: whoever decides wants to look into them."""
    tokens = whole_values(proposal).get("uploads") if proposal.kind == KIND else None
    known = [str(token) for token in tokens or () if UUID.fullmatch(str(token))]
    return waiting_in(proposal.place).filter(token__in=known)


def scored(datasets: QuerySet[Dataset]) -> list[tuple[Entry, Score]]:
    """Return datasets, each with how well it is described."""
    return [(entry, score_of(entry)) for entry in entries(datasets)]


def field_address(entry: Entry, criterion: Criterion) -> str:
    """Return the address of the field in which something missing would be said."""
    return f"{reverse('record-edit', args=[KIND, str(entry.dataset.pk)])}#id_{criterion.field}"


def column_rows(upload: Upload, columns: Iterable[Column]) -> list[ColumnRow]:
    """Return columns of an upload with what was found in each of them."""
    told = {one.get("name"): one for one in upload.found.get("summary", [])}
    return [_row(column, told.get(column.name, {})) for column in columns]


def _row(column: Column, told: Mapping[str, Any]) -> ColumnRow:
    boxes: list[tuple[str, object, str, str]] = [
        (f"{column.name}:title_th", _("Thai title"), column.title.th, "th"),
        (f"{column.name}:title_en", _("English title"), column.title.en, "en"),
        (f"{column.name}:description_th", _("Meaning in Thai"), column.description.th, "th"),
        (f"{column.name}:description_en", _("Meaning in English"), column.description.en, "en"),
        (f"{column.name}:unit", _("Unit"), column.unit, ""),
    ]
    types = [kind for kind in COLUMN_TYPES if kind == column.type or kind in CHOOSABLE]
    ends = [str(told[end]) for end in ("min", "max") if told.get(end) is not None]
    return ColumnRow(
        column=column,
        boxes=boxes,
        types=[(kind, COLUMN_TYPES[kind]) for kind in types],
        missing=told.get("missing") or 0,
        distinct=told.get("distinct"),
        span=" – ".join(ends),
        common=[str(value) for value, _count in (told.get("common") or [])[:COMMON_VALUES]],
    )


def said_of_columns(data: Mapping[str, str], columns: Iterable[Column]) -> dict[str, dict[str, str]]:
    """Return what a form says of columns: name of column -> what is said of it."""
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        typed = {name: data.get(f"{column.name}:{name}") for name in SAYABLE}
        # No database keeps a NUL.
        said = {name: words.replace("\x00", "") for name, words in typed.items() if words is not None}
        if said:
            found[column.name] = said
    return found


def types_chosen(data: Mapping[str, str], columns: Iterable[Column]) -> dict[str, str]:
    """Return the columns that shall be read as another type than the one they have."""
    chosen = {column.name: data.get(f"{column.name}:type", "") for column in columns}
    had = {column.name: column.type for column in columns}
    return {name: kind for name, kind in chosen.items() if kind in CHOOSABLE and kind != had[name]}


def columns_of(upload: Upload) -> list[Column]:
    """Return the columns of an upload; none of a document."""
    return columns_from(upload.schema)
