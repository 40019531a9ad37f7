"""Datasets as Data Packages (datapackage.org, 2.0): what every file is, whose it is, and what may be done with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from learningcity.common.text import LocalText
from learningcity.opendata.enums import LICENSE_NAMES, LICENSE_TEXTS, License
from learningcity.opendata.queries.catalog import Entry, Offer, catalog, entries
from learningcity.opendata.queries.files import Ready, address_of, citation_of, file_of, has_rows, made_file_of
from learningcity.opendata.registry import publication_named

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR = "datapackage.json"
PIECE = 1 << 18
Descriptor = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a package: what is said of it, and how it is made."""

    descriptor: Descriptor
    ready: Callable[[], Ready]


@dataclass(frozen=True, slots=True)
class Package:
    """A description, and the files that it describes."""

    descriptor: Descriptor
    items: list[Item]


def package_of(entry: Entry) -> Package:
    """Return one dataset as a package; its tables are CSV in UTF-8, its documents are what was brought."""
    items = [item_of(entry, offer, offer.name, f"data/{offer.name}") for offer in one_for_each(entry)]
    for item in items:
        keep_keys(item.descriptor, {entry.dataset.publication: items[0].descriptor["name"]})
    return Package(description_of(entry), items)


def package_of_everything() -> Package:
    """Return all that is public as one package, in which the tables point at each other."""
    found: list[tuple[Entry, Item]] = []
    published: dict[str, str] = {}
    for entry in entries(catalog()):
        slug = entry.dataset.slug
        for offer in one_for_each(entry):
            name = slug if entry.dataset.is_live else f"{slug}.{offer.name}"
            found.append((entry, item_of(entry, offer, name, f"data/{slug}/{offer.name}")))
            if publication := publication_named(entry.dataset.publication):
                published[publication.name] = name
    for entry, item in found:
        keep_keys(item.descriptor, published)
        # Each dataset keeps its own license, whatever stands beside it.
        said = description_of(entry)
        item.descriptor.update({name: said[name] for name in ("licenses", "sources", "citation") if name in said})
    return Package(description_of_everything({entry.owner.name for entry, _item in found}), [item for _, item in found])


def one_for_each(entry: Entry) -> list[Offer]:
    """Return one file for each table or document: the CSV of a table, else what was brought."""
    chosen: dict[str, Offer] = {}
    for offer in entry.offers:
        known = chosen.get(offer.name)
        if known is None or (has_rows(offer) and offer.format == "csv"):
            chosen[offer.name] = offer
    return list(chosen.values())


def item_of(entry: Entry, offer: Offer, name: str, path: str) -> Item:
    """Return a file of a package under this name and, without the kind of file, this path."""
    said: Descriptor = {"name": name, "path": f"{path}.{offer.format}", "format": offer.format}
    said |= words_of("title", offer.title or entry.dataset.title)
    if not has_rows(offer):
        said |= {"mediatype": offer.media_type}
        return Item(said, lambda: file_of(entry, offer))
    said |= {"type": "table", "mediatype": "text/csv", "encoding": "utf-8", "format": "csv", "path": f"{path}.csv"}
    said["schema"] = dict(offer.schema)
    return Item(said, lambda: made_file_of(entry, offer, "csv"))


def keep_keys(descriptor: Descriptor, published: dict[str, str]) -> None:
    """Keep of the keys those that point at tables of the package, by the name that the table has in it."""
    schema = descriptor.get("schema")
    if not schema or not (keys := schema.pop("foreignKeys", [])):
        return
    kept = []
    for key in keys:
        there = published.get(key["reference"]["resource"])
        if there is None:
            continue
        reference = {"fields": key["reference"]["fields"]}
        # A table that points at itself names none.
        kept.append({**key, "reference": reference | ({} if there == descriptor["name"] else {"resource": there})})
    if kept:
        schema["foreignKeys"] = kept


def description_of(entry: Entry) -> Descriptor:
    """Return what a package says of its dataset."""
    dataset, version = entry.dataset, entry.version
    number = version.number if version else None
    keywords = [*(dataset.keywords_th or []), *(dataset.keywords_en or [])]
    said: Descriptor = {"$schema": PROFILE, "name": dataset.slug, "id": address_of(entry, number)}
    said |= words_of("title", dataset.title) | words_of("description", dataset.notes)
    said |= {"homepage": address_of(entry, None), "citation": citation_of(entry, number)}
    said |= {"version": str(number), "created": version.made_at.isoformat()} if version else {}
    said |= {"keywords": keywords} if keywords else {}
    said |= licenses_of(License(dataset.license))
    if dataset.origin:
        source = {"title": dataset.origin.th or dataset.origin.en}
        said["sources"] = [source | ({"path": dataset.landing_page} if dataset.landing_page else {})]
    maintainer = {
        "title": dataset.maintainer.th or dataset.maintainer.en or entry.owner.name.th,
        "roles": ["maintainer"],
    }
    # Of the demo, an address within this machine, which is none for anybody else.
    if "." in dataset.maintainer_email.rpartition("@")[2]:
        maintainer["email"] = dataset.maintainer_email
    said["contributors"] = [{"title": entry.owner.name.th or entry.owner.name.en, "roles": ["publisher"]}, maintainer]
    return said


def description_of_everything(owners: Iterable[LocalText]) -> Descriptor:
    """Return what the package of the whole platform says of itself."""
    name = LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN)
    others = sorted({owner.th or owner.en for owner in owners} - {name.th})
    said: Descriptor = {"$schema": PROFILE, "name": "platform", "id": f"{settings.SITE_URL}/data/"}
    said |= words_of("title", LocalText(f"ข้อมูลทั้งหมดของ{name.th}", f"All data of {name.en}"))
    said |= {"homepage": f"{settings.SITE_URL}/data/", "created": timezone.now().isoformat()}
    said["citation"] = f"{name.en} ({timezone.localdate().year}). All public data. {settings.SITE_URL}/data/"
    # What holds for the whole; where a dataset says otherwise, it says so itself.
    said |= licenses_of(License.CC_BY)
    said["contributors"] = [{"title": owner, "roles": ["publisher"]} for owner in (name.th, *others)]
    return said


def licenses_of(license_: License) -> Descriptor:
    """Return a license as a package names it; nothing where nobody specified one."""
    if license_ == License.UNKNOWN:
        return {}
    title = LICENSE_NAMES[license_].en if license_ in LICENSE_NAMES else license_.value
    return {"licenses": [{"name": license_.value, "path": LICENSE_TEXTS[license_], "title": title}]}


def words_of(name: str, text: LocalText) -> Descriptor:
    """Return a text under its name, and beside it in each of its languages."""
    said = {f"{name}_{language}": words for language in ("th", "en") if (words := getattr(text, language))}
    return {name: text.th or text.en, **said} if said else {}


def descriptor_on_the_web(entry: Entry) -> Descriptor:
    """Return a package whose files are fetched from their own addresses, as they are wanted."""
    package = package_of(entry)
    offers = one_for_each(entry)
    for item, offer in zip(package.items, offers, strict=True):
        # What was brought may be in any encoding and have any headings; its rows as a table have not.
        only_rows = "?as=table" if has_rows(offer) and offer.distribution else ""
        form = item.descriptor["format"]
        item.descriptor["path"] = f"{settings.SITE_URL}{offer.path.removesuffix(offer.format)}{form}{only_rows}"
    return package.descriptor | {"resources": [item.descriptor for item in package.items]}


def files_of(package: Package) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Return the files of a package piece by piece, and at the end the description, which knows their fingerprints."""
    for item in package.items:
        yield item.descriptor["path"], _measured(item)
    whole = package.descriptor | {"resources": [item.descriptor for item in package.items]}
    yield DESCRIPTOR, iter([json.dumps(whole, ensure_ascii=False, indent=1).encode()])


def _measured(item: Item) -> Iterator[bytes]:
    """Return the pieces of a file; once they are through, its description says how many bytes they were, and which."""
    digest, size = hashlib.sha256(), 0
    with item.ready().path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            yield piece
    item.descriptor.update(bytes=size, hash=f"sha256:{digest.hexdigest()}")
