"""What the pages of places and resources say to machines, in the words of LRMI and schema.org."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from learningcity.common.text import LocalText
from learningcity.library.enums import (
    PLACE_TYPES,
    Accessibility,
    Audience,
    Cost,
    Level,
    LifeStage,
    PlaceAccess,
    PlaceKind,
)
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.portal.exports.jsonld import ESCAPES, texts

ENCODINGS = {"web": "text/html", "audio": "audio/*", "video": "video/*"}


def resource_as_json_ld(resource: LearningResource, kept_in: str | None) -> SafeString:
    """Return a resource; what it teaches and for whom stands in properties of its own, only the subject is aligned."""
    url = f"{settings.SITE_URL}/library/{resource.slug}/"
    where = resource.url or (f"{settings.SITE_URL}/data/{kept_in}/" if kept_in else url)
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "mainEntityOfPage": url,
        "url": where,
        "name": texts(resource.title),
        "learningResourceType": in_english(resource, "kind"),
        "inLanguage": list(resource.languages),
        "audience": [
            *(
                {"@type": "EducationalAudience", "educationalRole": english(Audience, one)}
                for one in resource.audiences
            ),
            *({"@type": "PeopleAudience", "audienceType": english(LifeStage, one)} for one in resource.stages),
        ],
        "educationalAlignment": {
            "@type": "AlignmentObject",
            "alignmentType": "educationalSubject",
            "targetName": in_english(resource, "subject"),
        },
        "citation": resource.source.url or str(resource.source.title),
    }
    said |= {name: texts(text) for name, text in told(resource).items() if text}
    if resource.levels:
        said["educationalLevel"] = [english(Level, one) for one in resource.levels]
    if resource.access:
        said["accessibilityFeature"] = [str(Accessibility(one)) for one in resource.access]
    if resource.minutes:
        said["timeRequired"] = f"PT{resource.minutes}M"
    if resource.cost:
        said["isAccessibleForFree"] = resource.cost == Cost.FREE
    if text := LICENSE_TEXTS.get(License(resource.license)):
        said["license"] = text
    if resource.authors:
        said["author"] = [
            {"@type": "Thing", "name": name.strip()} for name in resource.authors.split(",") if name.strip()
        ]
    if resource.publisher:
        said["publisher"] = {"@type": "Organization", "name": texts(resource.publisher)}
    if resource.format in ENCODINGS:
        said["encodingFormat"] = ENCODINGS[resource.format]
    if resource.city:
        said["contentLocation"] = city_of(resource)
    return script(said)


def told(resource: LearningResource) -> dict[str, LocalText]:
    """Return the texts of a resource under the names that they have in schema.org."""
    return {"description": resource.summary, "teaches": resource.teaches, "assesses": resource.assesses}


def place_as_json_ld(place: LearningPlace) -> SafeString:
    """Return a place with what makes it usable."""
    url = f"{settings.SITE_URL}/library/places/{place.slug}/"
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": PLACE_TYPES.get(PlaceKind(place.kind), "Place"),
        "@id": url,
        "mainEntityOfPage": url,
        "name": texts(place.name),
        "containedInPlace": city_of(place),
    }
    if place.summary:
        said["description"] = texts(place.summary)
    if place.address:
        said["address"] = {"@type": "PostalAddress", "streetAddress": str(place.address), "addressCountry": "TH"}
    if place.latitude is not None and place.longitude is not None:
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    if place.access:
        said["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": english(PlaceAccess, one), "value": True}
            for one in place.access
        ]
    if place.cost:
        said["isAccessibleForFree"] = place.cost == Cost.FREE
    if place.url:
        said["url"] = place.url
    return script(said)


def city_of(record: Any) -> dict[str, Any]:
    return {
        "@type": "Place",
        "@id": f"{settings.SITE_URL}/cities/{record.city.slug}/",
        "name": texts(record.city.name),
    }


def english(words: Any, value: str) -> str:
    """Return what a word of a list means, in English whatever the reader reads."""
    with override("en"):
        return str(words(value).label)


def in_english(record: Any, name: str) -> str:
    with override("en"):
        return str(getattr(record, f"get_{name}_display")())


def script(said: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped in the same line
