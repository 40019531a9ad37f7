"""What a search returns: plain values, ready to be shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that answers, in the reader's language where it has it."""

    kind: str
    kind_label: str
    key: str
    address: str
    city: str
    date: dt.date | None
    date_precision: str
    # Plain, for links; and safe HTML with <mark> around the words that were found.
    title: str
    title_html: SafeString
    title_lang: str
    snippet_html: SafeString
    snippet_lang: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many answers are of one kind, whatever kind is being shown."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers to one query."""

    query: str
    hits: tuple[Hit, ...] = ()
    count: int = 0
    # There are more answers than the count says.
    is_at_least: bool = False
    page: int = 1
    pages: int = 1
    kinds: tuple[KindCount, ...] = ()
    # The query with its likely misspellings put right; empty where there is nothing to say.
    did_you_mean: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One record whose name somebody may be typing."""

    title: str
    title_html: SafeString
    lang: str
    address: str
    kind_label: str
