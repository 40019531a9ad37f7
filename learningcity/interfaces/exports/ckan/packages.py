"""A dataset as a package of CKAN, and its files as resources."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from learningcity.interfaces.exports.ckan.gdc import gdc_fields, license_title, tags_of
from learningcity.interfaces.exports.ckan.owners import group_in_brief, organization_in_brief, tag
from learningcity.interfaces.queries.ckan.names import moment
from learningcity.interfaces.queries.ckan.owners import organization_id
from learningcity.opendata.enums import LICENSE_TEXTS, OPEN_LICENSES, License
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Entry, Offer


def package(entry: Entry) -> dict[str, Any]:
    """Return a dataset as CKAN tells it."""
    dataset = entry.dataset
    tags = [tag(name) for name in tags_of(entry)]
    return {
        "id": str(dataset.uid),
        "name": dataset.slug,
        "title": dataset.title.th or dataset.title.en,
        "notes": dataset.notes.th or dataset.notes.en,
        "type": "dataset",
        "state": "active",
        "private": False,
        "url": settings.SITE_URL + entry.path,
        "version": str(entry.version.number) if entry.version else "",
        "author": entry.owner.name.th or entry.owner.name.en,
        "author_email": None,
        "creator_user_id": None,
        "isopen": dataset.license in OPEN_LICENSES,
        "license_title": license_title(dataset.license),
        "license_url": LICENSE_TEXTS.get(License(dataset.license), ""),
        "metadata_created": moment(dataset.created_at),
        "metadata_modified": moment(dataset.changed_at),
        "owner_org": organization_id(entry.owner.slug),
        "organization": organization_in_brief(entry.owner),
        "groups": [group_in_brief(dataset.data_type)],
        "tags": tags,
        "num_tags": len(tags),
        "resources": [resource(dataset, offer, position) for position, offer in enumerate(entry.offers)],
        "num_resources": len(entry.offers),
        "extras": extras(dataset),
        "relationships_as_subject": [],
        "relationships_as_object": [],
        **gdc_fields(entry),
    }


def resource(dataset: Dataset, offer: Offer, position: int = 0) -> dict[str, Any]:
    """Return a file as CKAN tells it."""
    made = moment(offer.made_at)
    return {
        "id": str(offer.uid),
        "package_id": str(dataset.uid),
        "name": f"{offer.title.th or offer.title.en or offer.name} ({offer.format.upper()})",
        "description": "",
        "format": offer.format.upper(),
        "mimetype": offer.media_type,
        "mimetype_inner": None,
        "url": settings.SITE_URL + offer.path,
        "url_type": None,
        "resource_type": None,
        "size": offer.size,
        "hash": f"sha256:{offer.sha256}" if offer.sha256 else "",
        "created": made,
        "last_modified": made,
        "metadata_modified": made,
        "cache_url": None,
        "cache_last_updated": None,
        "position": position,
        "state": "active",
        "datastore_active": offer.is_table,
    }


def extras(dataset: Dataset) -> list[dict[str, str]]:
    """Return what has no field in CKAN: the words in English, and the license by its code."""
    said = {f"{name}_en": getattr(dataset, f"{name}_en") for name in ("title", "notes", "maintainer", "origin")}
    said |= {"license_code": dataset.license}
    return [{"key": key, "value": value} for key, value in said.items() if value]
