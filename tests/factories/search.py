"""Entries for the search."""

from itertools import count
from typing import Any

from learningcity.search.actions import write
from learningcity.search.registry import Entry
from learningcity.search.tasks import count_terms

_numbers = count(1)


def make_entry(**changes: Any) -> Entry:
    key = changes.pop("key", str(next(_numbers)))
    return Entry(**{"key": key, "address": f"/notes/{key}/", **changes})


def index_entries(*entries: Entry, kind: str = "note") -> None:
    """Write entries and count their words, as the hourly job does."""
    write(kind, entries)
    count_terms()
