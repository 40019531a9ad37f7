"""What a page says to machines, in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from learningcity.cities.enums import CityKind
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import iso_date
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Observation
from learningcity.portal.queries.city import CityPage

TYPES = {CityKind.MUNICIPALITY: "City", CityKind.SPECIAL: "City", CityKind.PROVINCE: "AdministrativeArea"}
# Inside <script>, these could end the element or begin a comment.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def city_as_json_ld(page: CityPage) -> SafeString:
    """Return the city and its numbers, each with its date and its source."""
    city = page.city
    url = f"{settings.SITE_URL}{reverse('city', args=[city.slug])}"
    place: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(CityKind(city.kind), "Place"),
        "@id": f"{settings.SITE_URL}/cities/{city.slug}/",
        "url": url,
        "name": texts(city.name),
        "alternateName": list(city.other_names),  # type: ignore[attr-defined]
        "containedInPlace": {
            "@type": "AdministrativeArea",
            "name": texts(city.province.name),
            "identifier": f"TH-{city.province.code}",
            "containedInPlace": {"@type": "Country", "name": "Thailand", "identifier": "TH"},
        },
    }
    if city.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(city.latitude),
            "longitude": float(city.longitude),
        }
    if page.profile and page.profile.introduction:
        place["description"] = texts(page.profile.introduction)
    if page.joined:
        place["memberOf"] = {"@type": "Organization", "name": texts(page.joined.membership.network.name)}
    if page.series:
        place["subjectOf"] = {
            "@type": "Dataset",
            "name": str(city.name),
            "url": f"{url}#figures",
            "variableMeasured": [_observation(said) for one in page.series for said in one.observations],
        }
    return mark_safe(json.dumps(place, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped one line up


def _observation(said: Observation) -> dict[str, Any]:
    value: dict[str, Any] = {
        "@type": "Observation",
        "variableMeasured": str(said.indicator.name),
        "observationDate": iso_date(said.observed_on, said.observed_precision),
        **stated_value(said),
        "citation": said.source.url or str(said.source.title),
    }
    if said.indicator.unit:
        value["unitText"] = str(said.indicator.unit)
    return value


def stated_value(said: Observation) -> dict[str, float]:
    """Return a number as a value, or, where its source only says "more than" or "less than", as a bound."""
    if said.value is None:
        return {}
    bounds = {Qualifier.LESS_THAN: "maxValue", Qualifier.MORE_THAN: "minValue", Qualifier.AT_LEAST: "minValue"}
    return {bounds.get(Qualifier(said.qualifier), "value"): float(said.value)}


def texts(text: LocalText) -> list[dict[str, str]]:
    both = (("th", text.th), ("en", text.en))
    return [{"@language": language, "@value": words} for language, words in both if words]
