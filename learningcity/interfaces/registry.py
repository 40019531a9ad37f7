"""What is handed out as a stream of records in the order of their changes; OAI-PMH reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from learningcity.common.text import LocalText


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """What is said of one thing in every library catalog, whatever it is."""

    title: LocalText
    notes: LocalText
    creators: tuple[LocalText, ...]
    publisher: LocalText
    # The page about it.
    url: str
    # A word of DataCite for its general kind (Dataset, Text, InteractiveResource ...), and ours for what it is exactly.
    kind: str
    exactly: str
    issued_at: dt.datetime
    changed_at: dt.datetime
    subjects: tuple[LocalText, ...] = ()
    # Other names of it, such as its UUID.
    also: tuple[str, ...] = ()
    # Media types, and files.
    formats: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    places: tuple[LocalText, ...] = ()
    version: str = ""
    license: str = ""
    license_name: str = ""
    license_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record of a feed, as it was changed last."""

    # Never changes, and is never given to anything else.
    key: str
    at: dt.datetime
    # None once it is gone: it was there, and no more is said.
    described: Described | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Which records are asked for."""

    most: int
    # From this moment on, and before that one.
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    # Behind the record of this moment and key.
    after: tuple[dt.datetime, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One kind of records. What is gone stays in it for ever, as a record without a description."""

    # Stands in identifiers: it never changes.
    name: str
    title: LocalText
    # In the order of their changes, the oldest first; those of one moment always in the same order.
    records: Callable[[Span], list[Record]]
    # For a key that may be any text at all.
    find: Callable[[str], Record | None]
    earliest: Callable[[], dt.datetime | None]


_feeds: dict[str, Feed] = {}


def offer(feed: Feed) -> None:
    """Hand out a kind of records.

    :raises ValueError: if the name is taken.
    """
    if _feeds.setdefault(feed.name, feed) is not feed:
        raise ValueError(f"There is a feed {feed.name!r} already.")


def feeds() -> list[Feed]:
    """Return all kinds of records, in the order in which they were offered."""
    return list(_feeds.values())
