"""How well a dataset is described: what a reader or another catalog would miss, and in which field it would be said.

Each kind of data is asked only what makes sense for it: a document needs no columns, data that never change no news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learningcity.common.columnar.quality import in_words
from learningcity.common.content import count_words
from learningcity.opendata.enums import OPEN_LICENSES, Coverage, DataType, License, Objective, Rhythm
from learningcity.opendata.queries.catalog import Entry

ENOUGH_WORDS, ENOUGH_KEYWORDS = 15, 3
# After so many days a new version is overdue; where nobody promised one, it never is.
DAYS = {
    Rhythm.YEAR: 365,
    Rhythm.HALF_YEAR: 183,
    Rhythm.QUARTER: 92,
    Rhythm.MONTH: 31,
    Rhythm.WEEK: 7,
    Rhythm.DAY: 1,
    Rhythm.WORKDAY: 3,
}
# Nobody is late on the first day.
GRACE = 1.5


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that good data say of themselves."""

    # Of the form of a dataset; with a colon, what is said of each column.
    field: str
    label: Promise
    why: Promise
    is_met: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What is met of what can be asked of a dataset of this kind."""

    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> int:
        return sum(1 for each in self.criteria if each.is_met)

    @property
    def total(self) -> int:
        return len(self.criteria)

    @property
    def percent(self) -> int:
        return 100 * self.met // self.total

    @property
    def to_do(self) -> list[Criterion]:
        """What is missing, the gravest first."""
        return [each for each in self.criteria if not each.is_met]


def score_of(entry: Entry, today: dt.date | None = None) -> Score:
    """Return how well a dataset is described."""
    on = today or timezone.localdate()
    answers = [(name, is_met) for check in CHECKS for name, is_met in check(entry, on)]
    return Score(tuple(Criterion(*WORDS[name], is_met) for name, is_met in answers))


# From the gravest to the least: what to do first stands first.
WORDS: dict[str, tuple[str, Promise, Promise]] = {
    "files": ("uploads", _("There are data"), _("A description alone answers nobody’s question.")),
    "license": ("license", _("An open license"), _("Without it nobody may use the data, however open they look.")),
    "readable": (
        "uploads",
        _("A file that programs can read"),
        _("From a PDF each reader has to copy the numbers by hand. Bring the table from which it was made."),
    ),
    "description": (
        "notes_th",
        _("A description of some sentences"),
        _("Say what one row is, how it was counted and what is missing, in fifteen words at least."),
    ),
    "contact": ("maintainer_th", _("An office that answers"), _("Whoever finds a fault must know whom to tell.")),
    "origin": ("origin_th", _("Where the data come from"), _("Data are trusted as far as their origin is known.")),
    "fresh": (
        "uploads",
        _("As fresh as was promised"),
        _("The time named under “brought up to date” is over. Bring a new version, or correct the promise."),
    ),
    "rhythm": ("rhythm", _("When the next version comes"), _("Whoever builds on the data must know whether to wait.")),
    "quality": (
        "uploads",
        _("No faults in the tables"),
        _("The reading of the files found faults that lead to wrong sums; they are told at each table."),
    ),
    "columns": (
        ":meaning_th",
        _("Every column is explained"),
        _("A heading such as “amt2” is known to its author only. Write the meaning of each column."),
    ),
    "units": (":unit", _("Numbers have units"), _("“12” may be people, percent or thousand baht.")),
    "places": (
        "uploads",
        _("Places as GeoJSON"),
        _("Maps are read by other programs as GeoJSON, without asking which column is north."),
    ),
    "years": ("first_year", _("From when to when"), _("A number without its year cannot be compared.")),
    "coverage": ("coverage", _("Down to which places"), _("It decides whether the data answer a question at all.")),
    "keywords": ("keywords_th", _("Three keywords or more"), _("They are how others find it in lists of thousands.")),
    "title_th": ("title_th", _("A title in Thai"), _("Most readers search in Thai.")),
    "title_en": ("title_en", _("A title in English"), _("Catalogs of other countries and most programs show it.")),
    "notes_en": ("notes_en", _("A description in English"), _("Researchers elsewhere decide by it.")),
    "objectives": ("objectives", _("What the data are kept for"), _("The government catalogue asks for it.")),
}
Answers = Iterator[tuple[str, bool]]


def _data(entry: Entry, today: dt.date) -> Answers:
    kind = entry.dataset.data_type
    yield "files", bool(entry.offers)
    yield "license", License(entry.dataset.license) in OPEN_LICENSES
    # Texts, laws and pictures are data of another kind, and a PDF is right for them.
    if entry.offers and kind != DataType.OTHER:
        yield "readable", any(offer.is_table or offer.format != "pdf" for offer in entry.offers)


def _said(entry: Entry, today: dt.date) -> Answers:
    dataset = entry.dataset
    yield "description", max(count_words(dataset.notes_th), count_words(dataset.notes_en)) >= ENOUGH_WORDS
    yield "contact", bool(dataset.maintainer and dataset.maintainer_email)
    yield "origin", bool(dataset.origin)


def _fresh(entry: Entry, today: dt.date) -> Answers:
    dataset, days = entry.dataset, DAYS.get(Rhythm(entry.dataset.rhythm))
    if days and entry.version and not dataset.is_live:
        yield (
            "fresh",
            (today - timezone.localdate(entry.version.made_at)).days <= days * GRACE / (dataset.interval or 1),
        )
    yield "rhythm", dataset.rhythm != Rhythm.UNKNOWN


def _tables(entry: Entry, today: dt.date) -> Answers:
    tables = {offer.name: offer for offer in entry.offers if offer.is_table}.values()
    if not tables:
        return
    parts = [offer.distribution for offer in entry.offers if offer.distribution]
    problems = [problem for part in parts for problem in part.problems]
    yield "quality", not any(said.weight == "error" for said in (in_words(problems) if problems else []))
    columns = [column for offer in tables for column in offer.schema.get("fields", [])]
    yield "columns", all(column.get("description") for column in columns)
    measured = [column for column in columns if column.get("type") == "number"]
    if measured:
        yield "units", all(column.get("unit") for column in measured)


def _where_and_when(entry: Entry, today: dt.date) -> Answers:
    dataset = entry.dataset
    if dataset.data_type == DataType.GEODATA:
        yield "places", any(offer.format == "geojson" for offer in entry.offers)
    if dataset.data_type == DataType.STATISTICS:
        yield "years", dataset.first_year is not None
    yield "coverage", dataset.coverage != Coverage.UNKNOWN


def _found(entry: Entry, today: dt.date) -> Answers:
    dataset = entry.dataset
    yield "keywords", len({*dataset.keywords_th, *dataset.keywords_en}) >= ENOUGH_KEYWORDS
    yield "title_th", bool(dataset.title_th)
    yield "title_en", bool(dataset.title_en)
    yield "notes_en", bool(dataset.notes_en)
    yield "objectives", set(dataset.objectives) not in (set(), {Objective.UNKNOWN})


CHECKS: tuple[Callable[[Entry, dt.date], Answers], ...] = (_data, _said, _fresh, _tables, _where_and_when, _found)
