"""What the page of an indicator says to machines: a StatisticalVariable of schema.org and its Observations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from learningcity.cities.enums import CityKind
from learningcity.cities.models import City
from learningcity.common.thai.dates import iso_date
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import MEDIA_TYPES, TABLE_FORMATS
from learningcity.portal.exports.jsonld import ESCAPES, TYPES, stated_value, texts
from learningcity.portal.queries.indicators import Place


def indicator_as_json_ld(indicator: Indicator, places: Iterable[Place]) -> SafeString:
    """Return an indicator, its files, which hold all its numbers, and the newest number of each of these places."""
    url = f"{settings.SITE_URL}{reverse('indicator', args=[indicator.slug])}"
    variable = f"{settings.SITE_URL}/indicators/{indicator.slug}/#variable"
    about: dict[str, Any] = {
        "@type": "StatisticalVariable",
        "@id": variable,
        "name": texts(indicator.name),
        "description": texts(indicator.definition),
        "identifier": indicator.slug,
        "url": url,
    }
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": MEDIA_TYPES[form],
            "contentUrl": f"{settings.SITE_URL}{reverse('indicator-file', args=[indicator.slug, form])}",
        }
        for form in TABLE_FORMATS
    ]
    sdmx = {
        "@type": "DataDownload",
        "encodingFormat": "application/vnd.sdmx.data+csv",
        "contentUrl": f"{settings.SITE_URL}/data/sdmx.csv",
    }
    dataset = {
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}/indicators/{indicator.slug}/#dataset",
        "name": texts(indicator.name),
        "description": texts(indicator.definition),
        "url": url,
        "variableMeasured": {"@id": variable},
        "distribution": [*files, sdmx],
    }
    numbers = [
        _observation(number, place, variable) for place in places for number in (*place.latest, *newest_parts(place))
    ]
    graph = {"@context": "https://schema.org", "@graph": [about, dataset, *numbers]}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped in this line


def newest_parts(place: Place) -> Iterable[Observation]:
    return (number for table in place.latest_tables for number in table)


def _observation(number: Observation, place: Place, variable: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "Observation",
        "variableMeasured": {"@id": variable},
        "observationAbout": _place(place),
        "observationDate": iso_date(number.observed_on, number.observed_precision),
        **stated_value(number),
        "citation": number.source.url or str(number.source.title),
    }
    if number.indicator.unit:
        said["unitText"] = str(number.indicator.unit)
    if limits := _limits(number):
        said["additionalProperty"] = limits
    return said


def _limits(number: Observation) -> list[dict[str, Any]]:
    """Return whom a number counts, where it does not count everybody."""
    names = ("sex", "age_from", "age_to", "disability", "district_code")
    told = {name: getattr(number, name) for name in names}
    return [
        {"@type": "PropertyValue", "name": name, "value": value}
        for name, value in told.items()
        if value not in ("", None)
    ]


def _place(place: Place) -> dict[str, Any]:
    if isinstance(place.of, City):
        kind = TYPES.get(CityKind(place.of.kind), "Place")
        return {"@type": kind, "@id": f"{settings.SITE_URL}/cities/{place.of.slug}/", "name": str(place.of.name)}
    return {"@type": "Organization", "name": str(place.of.name)}
