"""The fields of the Thai government catalogue (GDC), at the top of a package, with its values to the letter.

It says "True" and "False" as texts, and for what fits none of its choices "อื่นๆ" with the word beside it in
``…_other``. Its fields ``north_bound_longitude`` and ``south_bound_longitude`` hold latitudes, by a slip of its schema;
no dataset here says its bounds, so that none of the four is given.
"""

from __future__ import annotations

from typing import Any

from learningcity.interfaces.queries.ckan.names import OTHER, license_id
from learningcity.opendata.enums import GDC, LICENSE_NAMES, Category, Coverage, DataType, License, Objective, Rhythm
from learningcity.opendata.queries import Entry

# What it calls a kind of file; Parquet is none of its words, and GeoJSON is JSON to it.
FORMATS = {"csv": "CSV", "xlsx": "XLS", "json": "JSON", "geojson": "JSON", "pdf": "PDF"}
LANGUAGES = {"th": "ไทย", "en": "อังกฤษ"}


def gdc_fields(entry: Entry) -> dict[str, Any]:
    """Return a dataset in the fields of the Thai government catalogue."""
    dataset = entry.dataset
    named = license_id(dataset.license)
    formats = {offer.format for offer in entry.offers}
    known = {FORMATS.get(form, OTHER) for form in formats}
    languages = [word for code, word in LANGUAGES.items() if getattr(dataset, f"title_{code}")]
    return {
        "data_type": GDC[DataType][dataset.data_type],
        "maintainer": dataset.maintainer.th or dataset.maintainer.en or entry.owner.name.th,
        "maintainer_email": dataset.maintainer_email,
        "tag_string": ",".join(tags_of(entry)),
        "objective": [GDC[Objective][one] for one in dataset.objectives],
        "update_frequency_unit": GDC[Rhythm][dataset.rhythm],
        "update_frequency_interval": str(dataset.interval or ""),
        "geo_coverage": GDC[Coverage][dataset.coverage],
        "data_source": dataset.origin.th or dataset.origin.en or entry.owner.name.th,
        "data_format": sorted(known) or ["ไม่ทราบ"],
        "data_format_other": "Parquet" if OTHER in known else "",
        "data_category": GDC[Category][dataset.category],
        "license_id": named,
        "license_id_other": license_title(dataset.license) if named == OTHER else "",
        "allow_harvest": str(dataset.allow_harvest),
        "high_value_dataset": str(dataset.is_high_value),
        "reference_data": str(dataset.is_reference),
        "official_statistics": str(dataset.is_official_statistics),
        "reference_url_catalog": dataset.landing_page,
        "data_language": languages,
        "created_date": dataset.created_at.date().isoformat(),
        "last_updated_date": dataset.changed_at.date().isoformat(),
        "first_year_of_data": str(dataset.first_year or ""),
        "last_year_of_data": str(dataset.last_year or ""),
    }


def tags_of(entry: Entry) -> list[str]:
    """Return the keywords in both languages, each once."""
    return list(dict.fromkeys((*entry.dataset.keywords_th, *entry.dataset.keywords_en)))


def license_title(code: str) -> str:
    """Return the name of a license, in English as everywhere in CKAN."""
    named = LICENSE_NAMES.get(License(code))
    return named.en if named else code
