"""Every file that is offered, as a file of this machine: what was brought, byte for byte, or made once from its table."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from learningcity.common.columnar.keeping import keep_rows, keep_some
from learningcity.common.columnar.schema import as_schema, columns_from
from learningcity.common.columnar.writing import EDITION, Told, write_table
from learningcity.common.text import LocalText
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.opendata.models import Distribution
from learningcity.opendata.queries.catalog import LATEST, MEDIA_TYPES, Entry, Offer
from learningcity.opendata.queries.shelf import made, write
from learningcity.opendata.queries.stored import local_path
from learningcity.opendata.queries.tables import live_table
from learningcity.opendata.registry import Publication, Values, publication_named

# Which rows somebody chose of a table: column -> the values of which they hold one, an empty text for nothing.
Chosen = Mapping[str, Collection[str]]
# What a file says of itself that holds not all rows of its table.
SELECTION = "บางแถวของตาราง / some rows of the table"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file on this machine, ready to be sent."""

    path: Path
    # The same for the same bytes, and for no others.
    mark: str
    media_type: str
    # The version in which exactly these rows lie; None where the platform knows more than its newest version.
    number: int | None


def file_of(entry: Entry, offer: Offer) -> Ready:
    """Return an offered file: as it was brought, or else made from its table.

    :raises TooManyRows: for a workbook that no program would open.
    """
    if offer.distribution and entry.version:
        stored = offer.distribution.file
        media_type = stored.media_type or offer.media_type
        return Ready(local_path(stored), offer.distribution.file_id, media_type, entry.version.number)
    return made_file_of(entry, offer, offer.format)


def has_rows(offer: Offer) -> bool:
    """Tell whether the rows of a file are kept as a table, whatever is said of its columns."""
    return offer.is_table and (offer.distribution is None or offer.distribution.table_id is not None)


def made_file_of(entry: Entry, offer: Offer, form: str, chosen: Chosen | None = None) -> Ready:
    """Return the rows of an offered table, or some of them, as a kind of file (common.columnar.writing.WRITERS).

    :raises TooManyRows: for a workbook that no program would open.
    """
    table, mark, number = table_of(entry, offer)
    told = told_of(entry, offer, number)
    if chosen:
        table, mark = some_of(table, mark, chosen)
        told = replace(told, credit={**told.credit, "selection": SELECTION})
    return replace(told_as(table, mark, form, told), number=number)


def file_of_rows(rows: Iterable[Values], told: Told, form: str) -> Ready:
    """Return rows that were worked out for one reader, and are in no catalog, as a kind of file.

    :raises TooManyRows: for a workbook that no program would open.
    """
    columns, kept = tuple(told.columns), list(rows)
    mark = mark_of([as_schema([*columns]), kept])
    return told_as(made(mark, "parquet", lambda path: keep_rows(kept, columns, path)), mark, form, told)


def told_as(table: Path, mark: str, form: str, told: Told) -> Ready:
    """Return a Parquet file of this mark as a kind of file."""
    media_type = MEDIA_TYPES[form.partition("-")[0]]
    media_type += "; charset=utf-8" if media_type == "text/csv" else ""
    if form == "parquet":
        return Ready(table, mark, media_type, None)
    mark = mark_of([mark, form, both(told.title), told.credit, as_schema([*told.columns])])
    return Ready(made(mark, form, lambda path: write_table(table, form, told, path)), mark, media_type, None)


def some_of(table: Path, mark: str, chosen: Chosen) -> tuple[Path, str]:
    """Return some rows of a Parquet file as one of its own, and its mark."""
    sought = {column: sorted(values) for column, values in sorted(chosen.items())}
    mark = mark_of([mark, sought])
    return made(mark, "parquet", lambda path: keep_some(table, sought, path)), mark


def written_file_of(
    publication: Publication, form: str, media_type: str, pieces: Callable[[Path], Iterable[bytes]]
) -> Ready:
    """Return what the platform knows at this moment in a form that only the caller can write; the marks of forms differ."""
    table = live_table(publication)
    mark = mark_of([fingerprint_of(table), form])
    return Ready(made(mark, form, lambda path: write(pieces(table), path)), mark, media_type, None)


def mark_of(said: list[Any]) -> str:
    """Return a name for what is made of this: another for another edition of what makes it."""
    return hashlib.sha256(json.dumps([EDITION, *said], ensure_ascii=False).encode()).hexdigest()


def table_of(entry: Entry, offer: Offer) -> tuple[Path, str, int | None]:
    """Return the Parquet file of an offered table, its fingerprint, and the version in which exactly these rows lie."""
    version = entry.version
    publication = publication_named(entry.dataset.publication)
    if publication and f"/{LATEST}/" in offer.path:
        table = live_table(publication)
        sha256 = fingerprint_of(table)
        same = version and version.distributions.filter(table=sha256).exists()
        return table, sha256, version.number if version and same else None
    part = Distribution.objects.select_related("table").get(version=version, name=offer.name)
    if part.table is None or version is None:
        raise ValueError(f"{offer.path} is no table.")
    return local_path(part.table), part.table.sha256, version.number


def fingerprint_of(table: Path) -> str:
    """Return the SHA-256 of a live table, worked out once."""
    noted = table.with_suffix(".sha256")
    if noted.exists():
        return noted.read_text()
    with table.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    fresh = noted.with_suffix(f".{os.getpid()}")
    fresh.write_text(sha256)
    fresh.replace(noted)
    return sha256


def told_of(entry: Entry, offer: Offer, number: int | None) -> Told:
    """Return what a file of this table says of itself."""
    publication = publication_named(entry.dataset.publication)
    return Told(
        title=offer.title or entry.dataset.title,
        columns=columns_from(offer.schema),
        credit=credit_of(entry, number),
        latitude=publication.latitude if publication else "",
        longitude=publication.longitude if publication else "",
    )


def credit_of(entry: Entry, number: int | None) -> dict[str, str]:
    """Return whom to thank, under which license, and how to cite: what every download carries."""
    dataset, owner = entry.dataset, entry.owner.name
    address = address_of(entry, number)
    said = {
        "title": both(dataset.title),
        "publisher": both(owner),
        "source": both(dataset.origin),
        "license": License(dataset.license).value,
        "license_url": LICENSE_TEXTS.get(License(dataset.license), ""),
        "version": str(number or ""),
        "url": address,
        "citation": citation_of(entry, number),
    }
    return {name: words for name, words in said.items() if words}


def citation_of(entry: Entry, number: int | None) -> str:
    """Return how to cite a version, in a line: who, when, what, which version, where."""
    owner, dataset = entry.owner.name, entry.dataset
    year = f" ({entry.version.made_at.year})" if entry.version and number else ""
    which = f", version {number}" if number else ""
    return f"{owner.en or owner.th}{year}. {dataset.title.en or dataset.title.th}{which}. {address_of(entry, number)}"


def address_of(entry: Entry, number: int | None) -> str:
    """Return the permanent address of a version, or of the dataset where these rows lie in none."""
    return f"{settings.SITE_URL}{entry.path}{f'{number}/' if number else ''}"


def both(text: LocalText) -> str:
    """Return a text in both its languages, whoever reads it."""
    return " / ".join(dict.fromkeys(filter(None, (text.th, text.en))))
