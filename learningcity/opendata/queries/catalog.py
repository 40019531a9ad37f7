"""The catalog as every interface shows it: pages, CKAN, DCAT, OAI-PMH and the API of our own read it here and nowhere else."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from learningcity.cities.models import City
from learningcity.common.text import LocalText
from learningcity.opendata.enums import Category
from learningcity.opendata.models import Dataset, Distribution, Version
from learningcity.opendata.registry import Publication, publication_named

# The kinds of files in which every table is offered; places come as GeoJSON besides.
TABLE_FORMATS = ("csv", "xlsx", "json", "parquet")
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "pdf": "application/pdf",
}
# What describes a dataset; kept with each version (Version.metadata).
DESCRIPTION = (
    *(
        f"{name}_{language}"
        for name in ("title", "notes", "keywords", "origin", "maintainer")
        for language in ("th", "en")
    ),
    *("data_type", "objectives", "rhythm", "interval", "coverage", "category", "license", "maintainer_email"),
    *("allow_harvest", "is_high_value", "is_reference", "is_official_statistics", "first_year", "last_year"),
    "landing_page",
)
# The last bits of the uid of a file that is made of another one's rows: they never change.
MADE = {"csv": 1, "xlsx": 2, "json": 3, "parquet": 4, "geojson": 5}
LATEST = "latest"
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Owner:
    """Who publishes a dataset: a city, or the network under an address of its own."""

    slug: str
    name: LocalText


NETWORK = "network"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One file that can be fetched: what was brought, or the same rows in another kind of file."""

    uid: uuid.UUID
    # The table or document it belongs to, without the kind of file.
    name: str
    title: LocalText
    format: str
    # From the root of the site, without the language: /data/<dataset>/<version>/<name>.<format>
    path: str
    # Unknown until it is made, where it is made of a table when somebody asks.
    size: int | None = None
    sha256: str = ""
    rows: int | None = None
    schema: dict[str, Any] = field(default_factory=dict)
    made_at: dt.datetime | None = None
    # The stored file as it was brought; None for one that is made.
    distribution: Distribution | None = None

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]

    @property
    def is_table(self) -> bool:
        """Whether it can be asked (datastore_search)."""
        return bool(self.schema)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One dataset with everything that a catalog says of it."""

    dataset: Dataset
    owner: Owner
    # None for a dataset that has none: its description is public already, its data are not yet there.
    version: Version | None
    offers: list[Offer]

    @property
    def path(self) -> str:
        return f"/data/{self.dataset.slug}/"


def uid_in(form: str, uid: uuid.UUID) -> uuid.UUID:
    """Return the uid of what is made of a dataset or a file in this kind of file; asked with it, that uid again."""
    return uuid.UUID(int=uid.int ^ MADE[form])


def described(dataset: Dataset) -> dict[str, Any]:
    """Return how a dataset describes itself, as plain values."""
    return {name: getattr(dataset, name) for name in DESCRIPTION}


def catalog() -> QuerySet[Dataset]:
    """Return the datasets that anybody may see, newest first; of withdrawn ones only their tombstone is there."""
    return Dataset.objects.filter(withdrawn_at__isnull=True, category=Category.PUBLIC).order_by("-changed_at", "uid")


def withdrawn() -> QuerySet[Dataset]:
    """Return the datasets that were withdrawn, the latest first."""
    return Dataset.objects.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "uid")


def public_versions(dataset: Dataset) -> QuerySet[Version]:
    """Return the versions that anybody may see; what was published while the dataset was not public stays unseen."""
    return dataset.versions.filter(metadata__category=Category.PUBLIC)


def newest_version(dataset: Dataset) -> Version | None:
    """Return the newest version of a dataset, if it has any."""
    return dataset.versions.order_by("-number").first()


def entries(datasets: QuerySet[Dataset]) -> Iterator[Entry]:
    """Return datasets with all that is said of them, some hundreds at a time: four queries for each lot, however many."""
    remaining = iter(datasets.iterator(TOGETHER))
    while some := list(islice(remaining, TOGETHER)):
        owners = owners_of({dataset.place for dataset in some})
        newest = {
            version.dataset_id: version
            for version in Version.objects.filter(dataset__in=some).order_by("dataset", "-number").distinct("dataset")
        }
        offered: dict[int, list[Distribution]] = defaultdict(list)
        for one in Distribution.objects.filter(version__in=newest.values()).select_related("file", "table"):
            offered[one.version_id].append(one)
        for dataset in some:
            version = newest.get(dataset.pk)
            parts = offered[version.pk] if version else []
            yield Entry(
                dataset=dataset, owner=owners[dataset.place], version=version, offers=offers_of(dataset, version, parts)
            )


def entry_of(dataset: Dataset) -> Entry:
    """Return one dataset with all that is said of it."""
    return next(entries(Dataset.objects.filter(pk=dataset.pk)))


def entry_at(version: Version) -> Entry:
    """Return a dataset as it was in one of its versions; its record carries the words of then."""
    dataset = Dataset.objects.get(pk=version.dataset_id)
    for name, value in version.metadata.items():
        setattr(dataset, name, value)
    parts = list(version.distributions.select_related("file", "table"))
    offers = [offer for part in parts for offer in offers_of_part(dataset, version, part)]
    return Entry(dataset=dataset, owner=owners_of({dataset.place})[dataset.place], version=version, offers=offers)


def offers_of(dataset: Dataset, version: Version | None, parts: Iterable[Distribution]) -> list[Offer]:
    """Return what can be fetched of a dataset now: of what the platform itself knows, what it knows at this moment."""
    if publication := publication_named(dataset.publication):
        return list(live_offers(dataset, publication, version))
    return [offer for part in parts for offer in offers_of_part(dataset, version, part)] if version else []


def live_offers(dataset: Dataset, publication: Publication, version: Version | None) -> Iterator[Offer]:
    """Return the kinds of files in which a publication is offered."""
    schema = schema_of(publication)
    for form in (*TABLE_FORMATS, *(["geojson"] if publication.has_places else [])):
        yield Offer(
            uid=uid_in(form, dataset.uid),
            name=publication.name,
            title=publication.title,
            format=form,
            path=f"/data/{dataset.slug}/{LATEST}/{publication.name}.{form}",
            schema=schema,
            made_at=version.made_at if version else dataset.created_at,
        )


def offers_of_part(dataset: Dataset, version: Version, part: Distribution) -> Iterator[Offer]:
    """Return a file as it was brought, and the other kinds of files in which its rows are offered."""
    folder = f"/data/{dataset.slug}/{version.number}"
    yield Offer(
        uid=part.uid,
        name=part.name,
        title=part.title,
        format=part.format,
        path=f"{folder}/{part.name}.{part.format}",
        size=part.file.size,
        sha256=part.file_id,
        rows=part.row_count,
        schema=part.schema,
        made_at=version.made_at,
        distribution=part,
    )
    publication = publication_named(dataset.publication)
    forms = (*TABLE_FORMATS, *(["geojson"] if publication and publication.has_places else []))
    others = [form for form in forms if form != part.format] if part.table_id else []
    for form in others:
        yield Offer(
            uid=uid_in(form, part.uid),
            name=part.name,
            title=part.title,
            format=form,
            path=f"{folder}/{part.name}.{form}",
            rows=part.row_count,
            schema=part.schema,
            made_at=version.made_at,
        )


def schema_of(publication: Publication) -> dict[str, Any]:
    """Return the Table Schema of a publication, with the tables that its columns point at."""
    keys = [
        {"fields": [column], "reference": {"resource": table, "fields": [key]}}
        for column, table, key in publication.points_at
    ]
    said = {"fields": [column.as_json() for column in publication.columns], "primaryKey": list(publication.key)}
    return said | ({"foreignKeys": keys} if keys else {})


def owners_of(places: set[str]) -> dict[str, Owner]:
    """Return who publishes for each of these places."""
    cities = City.objects.filter(slug__in=places)
    found = {city.slug: Owner(city.slug, LocalText(city.name_th, city.name_en)) for city in cities}
    network = Owner(NETWORK, LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
    return {place: found.get(place, network) for place in places}


def owners() -> list[tuple[Owner, int]]:
    """Return all who publish, each with the number of their datasets."""
    counted = dict(catalog().order_by().values_list("place").annotate(Count("pk")))
    known = owners_of(set(counted))
    return sorted(((known[place], count) for place, count in counted.items()), key=lambda one: one[0].slug)
