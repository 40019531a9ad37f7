"""What the pages of data say to machines, in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from learningcity.common.columnar.schema import columns_from
from learningcity.common.text import LocalText
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.opendata.queries import NETWORK, Entry, Offer, Owner
from learningcity.portal.exports.jsonld import ESCAPES, texts

CATALOG = "/data/#catalog"


def dataset_as_json_ld(entry: Entry) -> SafeString:
    """Return a dataset with its files; the version that is shown, in its words of then."""
    dataset, url = entry.dataset, f"{settings.SITE_URL}{entry.path}"
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "identifier": f"urn:uuid:{dataset.uid}",
        "name": texts(dataset.title),
        "description": texts(dataset.notes or dataset.title),
        "keywords": [*texts_of(dataset.keywords_th, "th"), *texts_of(dataset.keywords_en, "en")],
        "creator": owner_as_json_ld(entry.owner),
        "publisher": owner_as_json_ld(entry.owner),
        "isAccessibleForFree": True,
        "datePublished": dataset.created_at.isoformat(),
        "dateModified": dataset.changed_at.isoformat(),
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{settings.SITE_URL}{CATALOG}"},
        "distribution": [offer_as_json_ld(offer) for offer in entry.offers],
        "variableMeasured": variables(entry.offers),
    }
    if text := LICENSE_TEXTS.get(License(dataset.license)):
        said["license"] = text
    if entry.version:
        said["version"] = str(entry.version.number)
    if dataset.place and entry.owner.slug != NETWORK:
        said["spatialCoverage"] = {"@type": "Place", "name": texts(entry.owner.name)}
    if dataset.first_year or dataset.last_year:
        said["temporalCoverage"] = f"{dataset.first_year or '..'}/{dataset.last_year or '..'}"
    if dataset.landing_page:
        said["sameAs"] = dataset.landing_page
    return _script(said)


def catalog_as_json_ld() -> SafeString:
    """Return the catalog itself; what is in it stands on the pages of the datasets."""
    name = LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN)
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "DataCatalog",
            "@id": f"{settings.SITE_URL}{CATALOG}",
            "url": f"{settings.SITE_URL}/data/",
            "name": texts(name),
            "publisher": owner_as_json_ld(Owner(NETWORK, name)),
            "isAccessibleForFree": True,
            "inLanguage": ["th", "en"],
        }
    )


def owner_as_json_ld(owner: Owner) -> dict[str, Any]:
    path = "/" if owner.slug == NETWORK else f"/cities/{owner.slug}/"
    return {"@type": "Organization", "name": texts(owner.name), "url": f"{settings.SITE_URL}{path}"}


def offer_as_json_ld(offer: Offer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "DataDownload",
        "name": f"{offer.name}.{offer.format}",
        "contentUrl": f"{settings.SITE_URL}{offer.path}",
        "encodingFormat": offer.media_type,
    }
    if offer.size is not None:
        said["contentSize"] = f"{offer.size} B"
    if offer.sha256:
        said["sha256"] = offer.sha256
    return said


def variables(offers: list[Offer]) -> list[dict[str, Any]]:
    """Return the columns of all tables, each once."""
    tables = {offer.name: offer.schema for offer in offers if offer.is_table}
    columns = {column.name: column for schema in tables.values() for column in columns_from(schema)}
    return [
        {"@type": "PropertyValue", "name": name, "description": texts(column.title)}
        | ({"unitText": column.unit} if column.unit else {})
        for name, column in columns.items()
    ]


def texts_of(words: list[str], language: str) -> list[dict[str, str]]:
    return [{"@language": language, "@value": word} for word in words]


def _script(said: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped in this line
