"""Datasets as a stream of records; those that were withdrawn stay in it as tombstones."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from learningcity.common.text import LocalText
from learningcity.interfaces.registry import Described, Feed, Record, Span
from learningcity.opendata.enums import LICENSE_NAMES, LICENSE_TEXTS, Category, License
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import NETWORK, Entry, entries


def ever_public() -> QuerySet[Dataset]:
    """Return what is public and what once was; whatever never was, nobody learns that it exists."""
    once = Version.objects.filter(dataset=OuterRef("pk"), metadata__category=Category.PUBLIC)
    return Dataset.objects.filter(Q(category=Category.PUBLIC) | Exists(once))


def records(span: Span) -> list[Record]:
    found = ever_public()
    if span.since:
        found = found.filter(changed_at__gte=span.since)
    if span.before:
        found = found.filter(changed_at__lt=span.before)
    if span.after:
        at, key = span.after
        # The first condition lets the index find the second.
        found = found.filter(changed_at__gte=at).filter(Q(changed_at__gt=at) | Q(uid__lt=uuid.UUID(key)))
    return as_records(list(found.order_by("changed_at", "-uid")[: span.most]))


def as_records(datasets: list[Dataset]) -> list[Record]:
    shown = [one.pk for one in datasets if one.category == Category.PUBLIC and not one.is_withdrawn]
    known = {entry.dataset.pk: entry for entry in entries(Dataset.objects.filter(pk__in=shown).order_by("pk"))}
    return [
        Record(key=str(one.uid), at=one.changed_at, described=described(known[one.pk]) if one.pk in known else None)
        for one in datasets
    ]


def find(key: str) -> Record | None:
    try:
        uid = uuid.UUID(key)
    except ValueError:
        return None
    # There are other ways to write the same number; only one of them is the key.
    return next(iter(as_records(list(ever_public().filter(uid=uid)))), None) if str(uid) == key else None


def earliest() -> dt.datetime | None:
    return ever_public().aggregate(at=Min("changed_at"))["at"]


def described(entry: Entry) -> Described:
    dataset, terms = entry.dataset, License(entry.dataset.license)
    subjects = [LocalText(word, "") for word in dataset.keywords_th] + [
        LocalText("", word) for word in dataset.keywords_en
    ]
    return Described(
        title=LocalText(dataset.title_th, dataset.title_en),
        notes=LocalText(dataset.notes_th, dataset.notes_en),
        creators=(entry.owner.name,),
        publisher=entry.owner.name,
        url=f"{settings.SITE_URL}{entry.path}",
        kind="Dataset",
        exactly=dataset.data_type,
        issued_at=dataset.created_at,
        changed_at=dataset.changed_at,
        subjects=tuple(subjects),
        also=(f"urn:uuid:{dataset.uid}",),
        formats=tuple(dict.fromkeys(offer.media_type for offer in entry.offers)),
        files=tuple(f"{settings.SITE_URL}{offer.path}" for offer in entry.offers),
        origins=tuple(filter(None, (dataset.origin_th, dataset.origin_en, dataset.landing_page))),
        places=(entry.owner.name,) if dataset.place and entry.owner.slug != NETWORK else (),
        version=str(entry.version.number) if entry.version else "",
        license=terms.value if terms != License.UNKNOWN else "",
        license_name=str(LICENSE_NAMES[terms].en if terms in LICENSE_NAMES else terms.value),
        license_url=LICENSE_TEXTS.get(terms, ""),
    )


DATASETS = Feed(
    name="dataset",
    title=LocalText("ชุดข้อมูล", "Datasets"),
    records=records,
    find=find,
    earliest=earliest,
)
