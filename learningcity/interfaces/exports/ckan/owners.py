"""Who publishes as an organization of CKAN, the kinds of data as groups, keywords as tags."""

from __future__ import annotations

from typing import Any

from learningcity.interfaces.exports.ckan.gdc import license_title
from learningcity.interfaces.queries.ckan.names import license_id
from learningcity.interfaces.queries.ckan.owners import group_id, organization_id, tag_id
from learningcity.opendata.enums import GDC, LICENSE_TEXTS, OPEN_LICENSES, DataType, License
from learningcity.opendata.queries import Owner


def organization_in_brief(owner: Owner) -> dict[str, Any]:
    """Return who publishes, as it stands in a package."""
    return {
        "id": organization_id(owner.slug),
        "name": owner.slug,
        "title": owner.name.th or owner.name.en,
        "type": "organization",
        "description": owner.name.en,
        "image_url": "",
        "created": None,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def organization(owner: Owner, count: int) -> dict[str, Any]:
    """Return who publishes, as organization_show tells it."""
    said = organization_in_brief(owner)
    return said | _of_a_group(count) | {"display_name": said["title"], "image_display_url": ""}


def group_in_brief(name: str) -> dict[str, Any]:
    """Return a kind of data, as it stands in a package."""
    title = GDC[DataType][name]
    return {
        "id": group_id(name),
        "name": name,
        "title": title,
        "display_name": title,
        "description": "",
        "image_display_url": "",
    }


def group(name: str, count: int) -> dict[str, Any]:
    """Return a kind of data, as group_show tells it."""
    more = {"type": "group", "is_organization": False, "approval_status": "approved", "state": "active"}
    return group_in_brief(name) | more | _of_a_group(count) | {"image_url": "", "created": None}


def _of_a_group(count: int) -> dict[str, Any]:
    return {"package_count": count, "num_followers": 0, "users": [], "tags": [], "groups": [], "extras": []}


def tag(name: str) -> dict[str, Any]:
    """Return a keyword as CKAN tells it."""
    return {"id": tag_id(name), "name": name, "display_name": name, "vocabulary_id": None, "state": "active"}


def licenses() -> list[dict[str, Any]]:
    """Return the licenses that datasets here can have."""
    return [
        {
            "id": license_id(one),
            "title": license_title(one),
            "url": LICENSE_TEXTS.get(one, ""),
            "code": str(one),
            "status": "active",
            "family": "",
            "maintainer": "",
            "is_okd_compliant": one in OPEN_LICENSES,
            "is_osi_compliant": False,
            "is_generic": one == License.UNKNOWN,
            "domain_content": True,
            "domain_data": True,
            "domain_software": False,
            "od_conformance": "approved" if one in OPEN_LICENSES else "not reviewed",
            "osd_conformance": "not reviewed",
        }
        for one in License
    ]
