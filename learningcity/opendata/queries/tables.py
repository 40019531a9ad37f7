"""Where the rows of a dataset lie as Parquet on this machine: what every other kind of file is made of, and what is asked."""

from __future__ import annotations

import uuid
from functools import lru_cache

from learningcity.common.columnar.distant import Table
from learningcity.opendata.enums import Category
from learningcity.opendata.models import Dataset, Distribution
from learningcity.opendata.queries.catalog import (
    MADE,
    Entry,
    Offer,
    catalog,
    entry_at,
    entry_of,
    newest_version,
    public_versions,
    uid_in,
)
from learningcity.opendata.queries.changes import content_version
from learningcity.opendata.queries.live import live_table
from learningcity.opendata.queries.stored import table_to_ask
from learningcity.opendata.registry import publication_named


def table_path(dataset: Dataset, name: str, version: int | None = None) -> Table | None:
    """Return the rows of a table of a dataset as a Parquet file that can be asked, or None where it has no such table.

    Without a number it is the newest version; of what the platform itself knows, it is what it knows at this moment.
    """
    if version is None and (publication := publication_named(dataset.publication)):
        return live_table(publication) if name == publication.name else None
    numbered = (
        public_versions(dataset).filter(number=version).first() if version is not None else newest_version(dataset)
    )
    part = numbered and numbered.distributions.filter(name=name, table__isnull=False).select_related("table").first()
    return table_to_ask(part.table) if part and part.table else None


def find_offer(uid: uuid.UUID) -> tuple[Dataset, Offer] | None:
    """Return the dataset and the file of this uid, in whichever version, as long as anybody may see the dataset.

    Whoever asks a table asks it again and again: it is looked for once, until something is changed.
    """
    return known_offer(uid, content_version())


@lru_cache(maxsize=1_000)
def known_offer(uid: uuid.UUID, _version: int) -> tuple[Dataset, Offer] | None:
    made_of = [uid_in(form, uid) for form in MADE]
    if live := catalog().filter(uid__in=made_of).exclude(publication="").first():
        return offer_in(entry_of(live), uid)
    seen = {"version__dataset__in": catalog(), "version__metadata__category": Category.PUBLIC}
    parts = Distribution.objects.filter(**seen, uid__in=[uid, *made_of])
    part = parts.select_related("version").first()
    return offer_in(entry_at(part.version), uid) if part else None


def offer_in(entry: Entry, uid: uuid.UUID) -> tuple[Dataset, Offer] | None:
    """Return the file of this uid among those of an entry."""
    return next(((entry.dataset, offer) for offer in entry.offers if offer.uid == uid), None)
