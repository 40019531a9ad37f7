"""What the pages of partners say to machines, in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from learningcity.common.text import LocalText
from learningcity.common.thai.dates import iso_date
from learningcity.partners.models import Organization
from learningcity.portal.exports.jsonld import ESCAPES, texts
from learningcity.portal.queries.partners import AgreementPage


def organization_as_json_ld(organization: Organization) -> SafeString:
    """Return an organization with its names; whom to call there is nobody's business."""
    said: dict[str, Any] = {"@context": "https://schema.org", **_organization(organization)}
    said["alternateName"] = list(organization.aliases)
    if organization.url:
        said["sameAs"] = organization.url
    if organization.parent:
        said["parentOrganization"] = _organization(organization.parent)
    if organization.place:
        said["location"] = {"@type": "Place", "name": texts(organization.place)}
    return _script(said)


def agreement_as_json_ld(page: AgreementPage) -> SafeString:
    """Return an agreement with its parties and the goals that are named."""
    one = page.agreement
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": _url("agreement", one.slug),
        "name": texts(one.title),
        "contributor": [_organization(party.organization) for _sector, parties in page.sectors for party in parties],
        "about": [
            {"@type": "DefinedTerm", "termCode": f"SDG {square.goal.number}", "name": texts(square.goal.name)}
            for square in page.named
        ],
        "citation": one.source.url or str(one.source.title),
    }
    if one.signed_on:
        said["dateCreated"] = iso_date(one.signed_on, one.signed_precision)
    if one.ends_on:
        said["expires"] = one.ends_on.isoformat()
    return _script(said)


def _organization(organization: Organization) -> dict[str, Any]:
    name: LocalText = organization.name
    return {"@type": "Organization", "@id": _url("organization", organization.slug), "name": texts(name)}


def _url(page: str, slug: str) -> str:
    return f"{settings.SITE_URL}{reverse(page, args=[slug])}"


def _script(said: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped in this line
