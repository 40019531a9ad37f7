"""By what a record is known again, in whichever catalog it stands: its names in the world, its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from learningcity.harvest.models import LONGEST_MARK
from learningcity.harvest.tasks.remote import digest

# What is given to one thing alone: a UUID, an address, a DOI, a name of an archive. A number is not.
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*|)(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
OTHER = re.compile(r"(?:urn|oai|ark|hdl):\S+", re.IGNORECASE)


def mark_of(name: object) -> str:
    """Return a name of the world as it is compared, or nothing where it may be that of many things."""
    said = name.strip() if isinstance(name, str) else ""
    if UUID.fullmatch(said):
        mark = said.lower()
    elif found := DOI.fullmatch(said):
        mark = f"doi:{found[1].lower()}"
    elif OTHER.fullmatch(said):
        mark = said
    else:
        mark = page_mark(said)
    return mark if len(mark) <= LONGEST_MARK else ""


def page_mark(said: str) -> str:
    """Return an address of the web without what does not matter; the front page of a house is nothing of its own."""
    try:
        parts = urlsplit(said)
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    except ValueError:
        return ""
    rest = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return f"//{host}{rest}" if parts.scheme in ("http", "https") and host and rest else ""


def marks_of(names: Iterable[object]) -> tuple[str, ...]:
    """Return the marks of names, each once."""
    return tuple(dict.fromkeys(filter(None, map(mark_of, names))))


def mark_of_addresses(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return what tells that two records name the same files, if they name any."""
    known = sorted({mark_of(address) or address for address in addresses})
    return (f"files:{digest(known)}",) if known else ()


def mark_of_contents(prints: Iterable[str]) -> tuple[str, ...]:
    """Return what tells that the files of two records are the same bytes, if there are any."""
    known = sorted(set(prints))
    return (f"sha256:{digest(known)}",) if known else ()
