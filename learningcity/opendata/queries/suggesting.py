"""What the platform knows of a dataset before anybody describes it: nobody types what stands somewhere already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from learningcity.cities.models import City
from learningcity.common.columnar.schema import Column, columns_from
from learningcity.common.text import LANGUAGES, language_of
from learningcity.common.thai.dates import christian_year
from learningcity.opendata.enums import Category, Coverage, DataType, License, Objective
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries.catalog import newest_version

# What the former datasets of a place say of themselves is mostly true of the next one.
REMEMBERED = (
    "maintainer_th",
    "maintainer_en",
    "maintainer_email",
    "origin_th",
    "origin_en",
    "license",
    "rhythm",
    "coverage",
)
FORMER = 20
YEAR = re.compile(r"\d{4}")
# As offices name their files; of either calendar.
YEAR_IN_NAME = re.compile(r"(?<!\d)(?:25[4-9]\d|20[0-4]\d)(?!\d)")


def suggested(place: str, uploads: Sequence[Upload]) -> dict[str, Any]:
    """Return what the form of a new dataset begins with; what nobody can know is left out."""
    said: dict[str, Any] = {"category": Category.PUBLIC.value, "license": License.OGL_TH.value}
    # Hardly anybody keeps data for anything else.
    said |= {"objectives": [Objective.MISSION.value]}
    said |= _of_place(place) | _of_former(place)
    if uploads:
        said |= {"uploads": [str(upload.token) for upload in uploads]} | _of_name(uploads[0]) | _of_columns(uploads)
    return {name: value for name, value in said.items() if value}


def names_of_files(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the files of the newest version as choices: name, and what a person reads."""
    version = newest_version(dataset)
    parts = version.distributions.all() if version else []
    return [(part.name, f"{part.title or part.name} ({part.format.upper()})") for part in parts]


def _of_place(place: str) -> dict[str, Any]:
    city = City.objects.filter(slug=place).select_related("authority").first() if place else None
    if city is None:
        return {"coverage": Coverage.COUNTRY.value}
    said: dict[str, Any] = {"coverage": Coverage.MUNICIPALITY.value}
    said |= {f"keywords_{language}": getattr(city, f"name_{language}") for language in LANGUAGES}
    if authority := getattr(city, "authority", None):
        said |= {f"maintainer_{language}": getattr(authority, f"name_{language}") for language in LANGUAGES}
    return said


def _of_former(place: str) -> dict[str, Any]:
    """Return what most of the latest datasets of a place say."""
    former = Dataset.objects.filter(place=place, publication="", withdrawn_at__isnull=True)
    latest = list(former.order_by("-changed_at").values(*REMEMBERED, "objectives")[:FORMER])
    if not latest:
        return {}
    said = {name: Counter(row[name] for row in latest).most_common(1)[0][0] for name in REMEMBERED}
    return said | {"objectives": latest[0]["objectives"]}


def _of_name(upload: Upload) -> dict[str, Any]:
    """Return the title, and the years, that the name of a file suggests."""
    words = " ".join(re.split(r"[\s_\-]+", PurePath(upload.name).stem)).strip()
    years = sorted(christian_year(int(year)) for year in YEAR_IN_NAME.findall(words))
    named = {"first_year": str(years[0]), "last_year": str(years[-1])} if years else {}
    return {f"title_{language_of(words)}": words, **named}


def _of_columns(uploads: Sequence[Upload]) -> dict[str, Any]:
    columns = [column for upload in uploads for column in columns_from(upload.schema)]
    years = sorted(year for upload in uploads for year in years_in(upload))
    said: dict[str, Any] = {"data_type": _kind_of(uploads, columns)}
    if years:
        said |= {"first_year": str(years[0]), "last_year": str(years[-1])}
    return said


def _kind_of(uploads: Sequence[Upload], columns: Sequence[Column]) -> str:
    if any(upload.format == "geojson" for upload in uploads):
        return DataType.GEODATA
    if not columns:
        return DataType.OTHER
    counts = [column for column in columns if column.type in ("integer", "number")]
    is_counted = any(column.type == "year" for column in columns) and counts
    return DataType.STATISTICS if is_counted else DataType.RECORDS


def years_in(upload: Upload) -> Iterator[int]:
    """Return the first and the last Christian year of each column of a file that holds days or years."""
    for column in upload.found.get("summary", []):
        if column.get("type") in ("year", "date", "datetime"):
            for end in ("min", "max"):
                found = YEAR.match(str(column.get(end) or ""))
                if found and 1 <= int(found[0]) <= 2200:
                    yield int(found[0])
