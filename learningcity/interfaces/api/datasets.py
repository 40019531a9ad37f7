"""Datasets, their versions and files, as the catalog tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _

from learningcity.common.text import LocalText
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import choice, fields_in, for_many, for_one, slug, word
from learningcity.interfaces.api.cursors import cursor_at, place_of
from learningcity.interfaces.api.fields import Record, as_moment, coded, here, in_both, linked
from learningcity.interfaces.api.problems import Problem, missing
from learningcity.interfaces.api.resources import next_page
from learningcity.interfaces.api.schemas import Schema
from learningcity.opendata.enums import LICENSE_NAMES, LICENSE_TEXTS, Coverage, DataType, License, Objective, Rhythm
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import (
    NETWORK,
    Entry,
    Offer,
    catalog,
    entries,
    entry_at,
    entry_of,
    public_versions,
    withdrawn,
)

WORDS: Schema = schemas.whole({"th": schemas.many(schemas.STRING), "en": schemas.many(schemas.STRING)})
PUBLISHER: Schema = schemas.whole({"slug": schemas.STRING, "name": schemas.TEXT})
LICENSE: Schema = schemas.whole({"code": schemas.STRING, "label": schemas.TEXT, "url": schemas.maybe(schemas.ADDRESS)})
RHYTHM: Schema = schemas.whole(
    {"code": schemas.STRING, "label": schemas.TEXT, "interval": schemas.maybe(schemas.INTEGER)}
)
CONTACT: Schema = schemas.whole({"name": schemas.TEXT, "email": schemas.maybe(schemas.STRING)})
FILE: Schema = schemas.whole(
    {
        "id": schemas.STRING,
        "name": schemas.STRING,
        "title": schemas.TEXT,
        "format": schemas.STRING,
        "media_type": schemas.STRING,
        "url": schemas.ADDRESS,
        "size": schemas.maybe(schemas.INTEGER),
        "sha256": schemas.maybe(schemas.STRING),
        "rows": schemas.maybe(schemas.INTEGER),
        "columns": schemas.many(schemas.STRING),
        "made_at": schemas.maybe(schemas.MOMENT),
        "table": schemas.maybe(schemas.ADDRESS),
    }
)
DATASET: dict[str, Schema] = {
    "slug": schemas.STRING,
    "id": schemas.STRING,
    "title": schemas.TEXT,
    "notes": schemas.TEXT,
    "keywords": WORDS,
    "publisher": PUBLISHER,
    "data_type": schemas.maybe(schemas.CODE),
    "objectives": schemas.many(schemas.maybe(schemas.CODE)),
    "rhythm": RHYTHM,
    "coverage": schemas.maybe(schemas.CODE),
    "origin": schemas.TEXT,
    "license": LICENSE,
    "contact": CONTACT,
    "is_high_value": schemas.BOOLEAN,
    "is_reference": schemas.BOOLEAN,
    "is_official_statistics": schemas.BOOLEAN,
    "is_live": schemas.BOOLEAN,
    "first_year": schemas.maybe(schemas.INTEGER),
    "last_year": schemas.maybe(schemas.INTEGER),
    "landing_page": schemas.maybe(schemas.STRING),
    "created_at": schemas.maybe(schemas.MOMENT),
    "changed_at": schemas.maybe(schemas.MOMENT),
    "version": schemas.maybe(schemas.INTEGER),
    "files": schemas.many(FILE),
    "links": schemas.LINKS,
}
VERSION: dict[str, Schema] = {
    "number": schemas.INTEGER,
    "made_at": schemas.maybe(schemas.MOMENT),
    "note": schemas.TEXT,
    "links": schemas.LINKS,
}
AskedOfList = for_many(
    "Datasets",
    DATASET,
    publisher=slug(_("The key of the city that publishes it; `network` for the platform itself.")),
    license=choice(License.values, _("Under which license.")),
    data_type=choice(DataType.values, _("What kind of data.")),
    keyword=word(_("A keyword, to the letter."), 100),
)
AskedOfOne = for_one("Dataset", DATASET)
AskedOfVersions = for_many("Versions", VERSION)
AskedOfVersion = for_one("Version", {**DATASET, **VERSION})
AskedOfFiles = for_one("Files", FILE["properties"])


def datasets(request: HttpRequest, asked: Any) -> Record:
    """Return a page of the catalog."""
    names = ("publisher", "license", "data_type", "keyword")
    chosen = {name: value for name in names if (value := getattr(asked, name))}
    found = narrowed(catalog(), chosen)
    answer: Record = {"total": found.count()} if asked.total == "true" else {}
    question = {"list": "datasets", **chosen}
    if asked.cursor:
        found = found.filter(slug__gt=place_of(asked.cursor, question))
    rows = list(entries(found.order_by("slug")[: asked.limit + 1]))
    following = None
    if len(rows) > asked.limit:
        del rows[asked.limit :]
        following = next_page(request, cursor_at(question, rows[-1].dataset.slug))
    return {**answer, "items": [described(entry, fields_in(asked)) for entry in rows], "next": following}


def narrowed(found: QuerySet[Dataset], chosen: dict[str, Any]) -> QuerySet[Dataset]:
    """Return the datasets that somebody chose."""
    columns = {"license": "license", "data_type": "data_type"}
    if "publisher" in chosen:
        found = found.filter(place="" if chosen["publisher"] == NETWORK else chosen["publisher"])
    if "keyword" in chosen:
        found = found.filter(
            Q(keywords_th__contains=[chosen["keyword"]]) | Q(keywords_en__contains=[chosen["keyword"]])
        )
    return found.filter(**{column: chosen[name] for name, column in columns.items() if name in chosen})


def dataset(request: HttpRequest, asked: Any, slug: str) -> Record:
    """Return one dataset as it is now."""
    return described(entry_of(dataset_named(slug)), fields_in(asked))


def files(request: HttpRequest, asked: Any, slug: str) -> Record:
    """Return what can be fetched of a dataset now."""
    return listed(entry_of(dataset_named(slug)), fields_in(asked))


def versions(request: HttpRequest, asked: Any, slug: str) -> Record:
    """Return a page of the versions of a dataset, the first one first."""
    found = public_versions(dataset_named(slug))
    answer: Record = {"total": found.count()} if asked.total == "true" else {}
    question = {"list": "versions", "of": slug}
    if asked.cursor:
        found = found.filter(number__gt=place_of(asked.cursor, question))
    rows = list(found.order_by("number")[: asked.limit + 1])
    following = None
    if len(rows) > asked.limit:
        del rows[asked.limit :]
        following = next_page(request, cursor_at(question, rows[-1].number))
    items = [chosen_of(told_of(version, slug), fields_in(asked)) for version in rows]
    return {**answer, "items": items, "next": following}


def version(request: HttpRequest, asked: Any, slug: str, number: int) -> Record:
    """Return a dataset as it was in one of its versions, in the words of then."""
    found = version_of(slug, number)
    return chosen_of({**told(entry_at(found)), **told_of(found, slug)}, fields_in(asked))


def version_files(request: HttpRequest, asked: Any, slug: str, number: int) -> Record:
    """Return what can be fetched of one version, for ever."""
    return listed(entry_at(version_of(slug, number)), fields_in(asked))


def dataset_named(slug: str) -> Dataset:
    """Return a dataset that anybody may see.

    :raises Problem: if there is none; of one that was withdrawn, that it is gone and why.
    """
    if found := catalog().filter(slug=slug).first():
        return found
    if gone := withdrawn().filter(slug=slug, category="public").first():
        raise Problem(410, " / ".join(filter(None, ("Withdrawn.", gone.reason_th, gone.reason_en))))
    raise missing("dataset")


def version_of(slug: str, number: int) -> Version:
    """Return a version of a dataset that anybody may see.

    :raises Problem: if there is none.
    """
    found = public_versions(dataset_named(slug)).filter(number=number).first()
    if found is None:
        raise missing("version")
    return found


# --- As it stands in answers --------------------------------------------------------------------------------------------


def described(entry: Entry, wanted: set[str]) -> Record:
    return chosen_of(told(entry), wanted)


def chosen_of(said: Record, wanted: Iterable[str]) -> Record:
    """Return the parts that somebody wants; all, if none was named."""
    names = set(wanted)
    return {name: value for name, value in said.items() if name in names} if names else said


def told(entry: Entry) -> Record:
    """Return all that the catalog says of a dataset."""
    one = entry.dataset
    terms = License(one.license)
    return {
        "slug": one.slug,
        "id": str(one.uid),
        "title": both(one.title),
        "notes": both(one.notes),
        "keywords": {"th": list(one.keywords_th), "en": list(one.keywords_en)},
        "publisher": {"slug": entry.owner.slug, "name": both(entry.owner.name)},
        "data_type": coded(DataType, one.data_type),
        "objectives": [coded(Objective, value) for value in one.objectives],
        "rhythm": {**(coded(Rhythm, one.rhythm) or {}), "interval": one.interval},
        "coverage": coded(Coverage, one.coverage),
        "origin": both(one.origin),
        "license": {
            **(coded(License, one.license) or {}),
            **({"label": both(LICENSE_NAMES[terms])} if terms in LICENSE_NAMES else {}),
            "url": LICENSE_TEXTS.get(terms),
        },
        "contact": {"name": both(one.maintainer), "email": one.maintainer_email or None},
        **{name: getattr(one, name) for name in ("is_high_value", "is_reference", "is_official_statistics", "is_live")},
        "first_year": one.first_year,
        "last_year": one.last_year,
        "landing_page": one.landing_page or None,
        "created_at": as_moment(one.created_at),
        "changed_at": as_moment(one.changed_at),
        "version": entry.version.number if entry.version else None,
        "files": [offered(offer, one) for offer in entry.offers],
        "links": linked(f"datasets/{one.slug}", f"/data/{one.slug}/"),
    }


def told_of(version: Version, slug: str) -> Record:
    """Return what is said of a version as such."""
    return {
        "number": version.number,
        "made_at": as_moment(version.made_at),
        "note": both(version.note),
        "links": linked(f"datasets/{slug}/versions/{version.number}", f"/data/{slug}/{version.number}/"),
    }


def listed(entry: Entry, wanted: set[str]) -> Record:
    """Return the files of an entry as a list; there are never many."""
    return {"items": [chosen_of(offered(offer, entry.dataset), wanted) for offer in entry.offers], "next": None}


def offered(offer: Offer, dataset: Dataset) -> Record:
    """Return what is said of a file."""
    at = f"?version={offer.path.split('/')[3]}" if not dataset.is_live else ""
    return {
        "id": str(offer.uid),
        "name": offer.name,
        "title": both(offer.title),
        "format": offer.format,
        "media_type": offer.media_type,
        "url": f"{settings.SITE_URL}{offer.path}",
        "size": offer.size,
        "sha256": offer.sha256 or None,
        "rows": offer.rows,
        "columns": [column["name"] for column in offer.schema.get("fields", [])],
        "made_at": as_moment(offer.made_at),
        "table": here(f"datasets/{dataset.slug}/tables/{offer.name}{at}") if offer.is_table else None,
    }


def both(text: LocalText) -> dict[str, str | None]:
    return in_both((text.th, text.en))
