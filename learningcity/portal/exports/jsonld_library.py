"""What the pages of places and resources say to machines, in the words of LRMI and schema.org."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from learningcity.common.text import LocalText
from learningcity.common.week import spans_of
from learningcity.library.enums import (
    ISCED,
    PLACE_TYPES,
    Accessibility,
    Audience,
    Cost,
    Level,
    LifeStage,
    PlaceAccess,
    PlaceKind,
    Sense,
    Subject,
)
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.pictures.enums import Form
from learningcity.portal.exports.jsonld import ESCAPES, texts

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
    return script(
        said
        | {name: texts(text) for name, text in told(resource).items() if text}
        | known(
            educationalLevel=[level_of(one) for one in resource.levels],
            accessMode=[str(Sense(one)) for one in resource.senses],
            accessibilityFeature=[str(Accessibility(one)) for one in resource.access],
            timeRequired=f"PT{resource.minutes}M" if resource.minutes else None,
            isAccessibleForFree=resource.cost == Cost.FREE if resource.cost else None,
            license=LICENSE_TEXTS.get(License(resource.license)),
            author=[{"@type": "Thing", "name": name.strip()} for name in resource.authors.split(",") if name.strip()],
            publisher={"@type": "Organization", "name": texts(resource.publisher)} if resource.publisher else None,
            encodingFormat=ENCODINGS.get(resource.format),
            contentLocation=city_of(resource) if resource.city else None,
            image=image_of(resource),
        )
    )


def known(**said: Any) -> dict[str, Any]:
    """Return what is known of it; what is not is left out."""
    return {name: value for name, value in said.items() if value not in (None, [])}


def level_of(level: str) -> dict[str, Any]:
    """Return a level of education, by the codes of UNESCO's classification where it has any."""
    said = {"@type": "DefinedTerm", "name": english(Level, level)}
    if codes := ISCED[level]:
        said |= {"inDefinedTermSet": "ISCED 2011", "termCode": "-".join(map(str, sorted({codes[0], codes[-1]})))}
    return said


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
    return script(
        said
        | known(
            description=texts(place.summary) if place.summary else None,
            address=address_of(place) if place.address or place.area else None,
            geo=location_of(place),
            openingHoursSpecification=hours_of(place.weekly),
            keywords=[english(Subject, one) for one in place.subjects],
            amenityFeature=[
                {"@type": "LocationFeatureSpecification", "name": english(PlaceAccess, one), "value": True}
                for one in place.access
            ],
            isAccessibleForFree=place.cost == Cost.FREE if place.cost else None,
            url=place.url or None,
            image=image_of(place),
        )
    )


def address_of(place: LearningPlace) -> dict[str, Any]:
    """Return where a place is, as far as its source tells."""
    said = {"streetAddress": str(place.address), "addressLocality": str(place.area)}
    return {"@type": "PostalAddress", **{name: text for name, text in said.items() if text}, "addressCountry": "TH"}


def location_of(place: LearningPlace) -> dict[str, Any] | None:
    """Return where a place lies on the globe, if a source tells."""
    if place.latitude is None or place.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": float(place.latitude), "longitude": float(place.longitude)}


def hours_of(weekly: str) -> list[dict[str, Any]]:
    """Return the hours of a usual week: days that are alike together."""
    days: dict[tuple[str, str], list[str]] = {}
    for span in spans_of(weekly):
        days.setdefault((span.opens, span.closes), []).append(f"https://schema.org/{DAYS[span.day]}")
    return [
        # Schema.org knows no 24:00; a day that ends at midnight ends a minute before.
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": on,
            "opens": opens,
            "closes": "23:59" if closes == "24:00" else closes,
        }
        for (opens, closes), on in days.items()
    ]


def image_of(record: Any) -> dict[str, Any] | None:
    """Return the picture of a record with whom it is of and under what license, if everybody may see it."""
    photo = record.photo
    made = photo and photo.is_public and photo.renditions.filter(form=Form.JPEG).order_by("-width").first()
    if not made:
        return None
    said = {
        "@type": "ImageObject",
        "contentUrl": settings.SITE_URL + made.get_absolute_url(),
        "width": made.width,
        "height": made.height,
        "caption": texts(photo.alt),
        "creditText": photo.author,
        "creator": {"@type": "Thing", "name": photo.author},
    }
    return said | ({"license": photo.license_address} if photo.license_address else {})


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
