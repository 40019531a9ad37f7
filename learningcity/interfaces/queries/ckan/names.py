"""What CKAN calls things that have other names here, and the ids that it gives them: the same for ever."""

from __future__ import annotations

import datetime as dt
import uuid

from learningcity.opendata.enums import License

# Ids of what has none of its own are made of its name under this one.
IDS = uuid.UUID("6b1d0c52-4b0e-5a53-9f0f-6a5c1f6d7a10")
OTHER = "อื่นๆ"
# license_id is a choice of the Thai government catalogue, to the letter; what fits none of them is another one.
LICENSES = {
    License.CC_BY: "Creative Commons Attributions",
    License.CC_BY_SA: "Creative Commons Attribution Share-Alike",
    License.CC_BY_SA_IGO: "Creative Commons Attribution Share-Alike",
    License.CC_BY_NC: "Creative Commons Non-Commercial (Any)",
    License.UNKNOWN: "License not specified",
}


def license_id(code: str) -> str:
    """Return what the Thai government catalogue calls a license."""
    return LICENSES.get(License(code), OTHER)


def id_of(kind: str, name: str) -> str:
    """Return the id of an organization, a group or a tag."""
    return str(uuid.uuid5(IDS, f"{kind}/{name}"))


def moment(at: dt.datetime | None) -> str | None:
    """Return a moment as CKAN says it: UTC, without saying so."""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") if at else None
