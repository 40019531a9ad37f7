"""A dataset as Croissant 1.0 says it (mlcommons.org/croissant), so that a program can load its tables by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from learningcity.common.columnar.schema import Column, columns_from
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.opendata.queries import NETWORK, Entry, Offer

VERSION = "http://mlcommons.org/croissant/1.0"
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# Types of Table Schema -> those of Croissant.
TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "year": "sc:Integer",
}
# Croissant has its own word for Parquet.
MEDIA_TYPES = {"parquet": "application/x-parquet"}


def dataset_as_croissant(entry: Entry) -> dict[str, Any]:
    """Return a dataset with its files and the columns of its tables.

    Tables are read from Parquet, whose columns have the names that machines use. A file that is made when somebody asks
    for it has no fingerprint beforehand; a dataset with such files says that it is live.
    """
    dataset = entry.dataset
    url = f"{settings.SITE_URL}{entry.path}"
    title = dataset.title_en or dataset.title_th
    owner = {"@type": "sc:Organization", "name": entry.owner.name.en or entry.owner.name.th, "url": address_of(entry)}
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": title,
        "description": dataset.notes_en or dataset.notes_th or title,
        "url": url,
        "identifier": f"urn:uuid:{dataset.uid}",
        "version": f"{entry.version.number if entry.version else 0}.0.0",
        "datePublished": dataset.created_at.date().isoformat(),
        "dateModified": dataset.changed_at.date().isoformat(),
        "citeAs": f"{owner['name']} ({dataset.changed_at.year}). {title}. {url}",
        "creator": owner,
        "publisher": owner,
        "keywords": [*dataset.keywords_th, *dataset.keywords_en],
        "distribution": [file_of(offer) for offer in entry.offers],
        "recordSet": [records_of(offer) for offer in entry.offers if offer.format == "parquet" and offer.is_table],
    }
    if dataset.title_th and dataset.title_en:
        said["alternateName"] = dataset.title_th
    if text := LICENSE_TEXTS.get(License(dataset.license)):
        said["license"] = text
    if any(not offer.sha256 for offer in entry.offers):
        said["isLiveDataset"] = True
    return said


def address_of(entry: Entry) -> str:
    path = "/" if entry.owner.slug == NETWORK else f"/cities/{entry.owner.slug}/"
    return f"{settings.SITE_URL}{path}"


def file_of(offer: Offer) -> dict[str, Any]:
    """Return one file."""
    name = f"{offer.name}.{offer.format}"
    said = {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": f"{settings.SITE_URL}{offer.path}",
        "encodingFormat": MEDIA_TYPES.get(offer.format, offer.media_type),
    }
    if offer.size is not None:
        said["contentSize"] = f"{offer.size} B"
    return said | ({"sha256": offer.sha256} if offer.sha256 else {})


def records_of(offer: Offer) -> dict[str, Any]:
    """Return the records of a table, field by field."""
    file = f"{offer.name}.{offer.format}"
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{offer.name}/{column.name}",
            "name": column.name,
            "description": explained(column),
            "dataType": TYPES.get(column.type, "sc:Text"),
            "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
        }
        for column in columns_from(offer.schema)
    ]
    said = {"@type": "cr:RecordSet", "@id": offer.name, "name": offer.name, "field": fields}
    key = [{"@id": f"{offer.name}/{name}"} for name in offer.schema.get("primaryKey", [])]
    return said | ({"key": key} if key else {})


def explained(column: Column) -> str:
    """Return what a column is called and means, in both languages, and its unit."""
    said = (column.title.th, column.title.en, column.description.th, column.description.en)
    unit = f" ({column.unit})" if column.unit else ""
    return " / ".join(dict.fromkeys(filter(None, said))) + unit
