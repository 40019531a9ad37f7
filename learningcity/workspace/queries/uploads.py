"""What the pages of imports show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from learningcity.accounts.models import User
from learningcity.cities.models import City
from learningcity.imports.enums import Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.registry import Column, table_named
from learningcity.moderation.registry import authority


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of a row, and why it is refused."""

    label: object
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file with its verdict, as the page shows it."""

    number: int
    verdict: str
    verdict_words: str
    reason: str
    left: str
    cells: list[Shown]


def places_to_write_for(user: User) -> list[tuple[str, object]]:
    """Return the places for which a person may bring files: slug and name."""
    places = authority().places_of(user)
    cities = City.objects.order_by("sort_th", "pk")
    if places is None:
        return [("", _("several cities, or the whole network")), *((city.slug, city.name) for city in cities)]
    return [(city.slug, city.name) for city in cities.filter(slug__in=places) if authority().may_edit(user, city.slug)]


def columns_of(upload: Import) -> list[Column]:
    """Return the columns that the file has, in the order of the table."""
    return [column for column in table_named(upload.table).columns if column.name in upload.layout.get("places", {})]


def line_of(row: Row, columns: list[Column]) -> Line:
    """Return a row as the page shows it."""
    return Line(
        number=row.number,
        verdict=row.verdict,
        verdict_words=row.get_verdict_display(),
        # What concerns no single cell, or one that the file does not have.
        reason=" ".join(words for name, words in row.reasons.items() if name not in row.cells),
        left=row.left,
        cells=[
            Shown(column.label, row.cells.get(column.name, ""), row.reasons.get(column.name, "")) for column in columns
        ],
    )


def counts_of(upload: Import) -> list[tuple[str, object, int]]:
    """Return verdict, its name and how many rows have it, of all that occur; and all rows first."""
    named = [(verdict.value, verdict.label, getattr(upload, verdict.value)) for verdict in Verdict]
    return [("", _("all"), upload.rows_read), *(each for each in named if each[2])]


def progress_in_words(upload: Import) -> str:
    """Return how far the worker is."""
    done, total = upload.progress.done, upload.progress.total
    if not total:
        return _("It begins in a moment.")
    said = {"done": f"{done:,}", "total": f"{total:,}"}
    return ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", total) % said
