"""What the page of a dataset shows: its tables with their columns and first rows, its files, its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from learningcity.common.columnar.asking import Question, Unanswerable, ask
from learningcity.common.columnar.distant import Table
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.quality import Said, in_words
from learningcity.common.columnar.schema import Column, columns_from
from learningcity.common.storing import StoreAway
from learningcity.common.text import LocalText
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import LATEST, Entry, Offer, public_versions, table_path
from learningcity.opendata.queries.score import Score, score_of

# Of each table so much is shown; the whole of it has a page of its own.
FIRST_ROWS, FIRST_COLUMNS = 5, 8
# Of so many tables the first rows are shown.
MOST_PREVIEWS = 3
LONGEST_CELL, SHORT_CELL = 200, 60
# Whole numbers beyond are not told apart by the columns that hold them.
LARGEST_EXACT = 2**53


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The first rows of a table, as texts."""

    columns: list[Column]
    rows: list[list[str]]
    more_columns: int
    # All rows of the table.
    total: int | None

    @property
    def cells(self) -> list[list[tuple[Column, str]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(kw_only=True)
class Part:
    """One table or document of a dataset: the kinds of files in which it comes, and what is in it."""

    name: str
    title: LocalText
    offers: list[Offer] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: int | None = None
    noticed: list[Said] = field(default_factory=list)
    preview: Preview | None = None
    # Where it is described, if not on the page on which it is offered.
    address: str = ""

    @property
    def is_table(self) -> bool:
        return bool(self.columns)


@dataclass(frozen=True, kw_only=True)
class DatasetPage:
    """A dataset, or one of its versions, as readers see it."""

    entry: Entry
    parts: list[Part]
    versions: list[Version]
    score: Score
    # As it stands in addresses.
    number: str
    # Whether the first rows that belong on it could be had.
    is_whole: bool

    @property
    def dataset(self) -> Dataset:
        return self.entry.dataset

    @property
    def is_newest(self) -> bool:
        newest = self.versions[0] if self.versions else None
        return self.entry.version is None or newest is None or self.entry.version.number == newest.number

    @property
    def first_table(self) -> Part | None:
        return next((part for part in self.parts if part.is_table), None)


def page_of_entry(entry: Entry, *, live: bool) -> DatasetPage:
    """Return what the page of a dataset shows; ``live`` for what the platform itself knows at this moment."""
    number = LATEST if live or entry.version is None else str(entry.version.number)
    parts = parts_of_offers(entry.offers)
    shown = [part for part in parts if part.is_table][:MOST_PREVIEWS]
    for part in shown:
        part.preview = preview_of(entry.dataset, part, number)
        if part.rows is None and part.preview:
            part.rows = part.preview.total
    versions = list(public_versions(entry.dataset).order_by("-number"))
    is_whole = all(part.preview for part in shown)
    return DatasetPage(
        entry=entry, parts=parts, versions=versions, score=score_of(entry), number=number, is_whole=is_whole
    )


def parts_of_offers(offers: Iterable[Offer]) -> list[Part]:
    """Return the tables and documents among what is offered, each with all its kinds of files."""
    found: dict[str, Part] = {}
    for offer in offers:
        part = found.setdefault(offer.name, Part(name=offer.name, title=offer.title))
        part.offers.append(offer)
        part.columns = part.columns or columns_from(offer.schema)
        part.rows = offer.rows if part.rows is None else part.rows
        if offer.distribution and offer.distribution.problems:
            part.noticed = in_words(offer.distribution.problems)
    return list(found.values())


def rows_of_table(dataset: Dataset, name: str, number: str) -> Table | None:
    """Return the rows of a table in a version, or now, as a file that can be asked."""
    if number != LATEST:
        return table_path(dataset, name, int(number))
    return table_path(dataset, name)


def preview_of(dataset: Dataset, part: Part, number: str) -> Preview | None:
    """Return the first rows of a table; nothing where they cannot be had at once."""
    shown = part.columns[:FIRST_COLUMNS]
    try:
        path = rows_of_table(dataset, part.name, number)
        answer = path and ask(path, Question(columns=tuple(column.name for column in shown), limit=FIRST_ROWS))
    except (Unanswerable, TooSlow, StoreAway):
        return None
    if not answer:
        return None
    return Preview(
        columns=shown,
        rows=[[cell_text(value, SHORT_CELL) for value in row] for row in answer.rows],
        more_columns=len(part.columns) - len(shown),
        total=answer.total,
    )


def cell_text(value: Any, longest: int = LONGEST_CELL) -> str:
    """Return a value of a table as a page shows it: as it stands there, only shorter."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT:
        value = int(value)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def version_numbered(dataset: Dataset, number: int) -> Version | None:
    """Return a version of a dataset, if there is one of this number."""
    # A larger number than the database counts to is no version either.
    return public_versions(dataset).filter(number=number).first() if number < 2**31 else None


def last_words(dataset: Dataset) -> Version | None:
    """Return the version by which a withdrawn dataset can still be cited."""
    return public_versions(dataset).order_by("-number").first()
