"""What the platform itself knows, kept as versions: so that whoever cites it can be shown what it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from learningcity.common.columnar.engine import literal, opened
from learningcity.opendata.actions.versions import Part, add_version, keep_file
from learningcity.opendata.enums import Category, Coverage, DataType, License, Objective, Rhythm
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import MEDIA_TYPES, live_table, schema_of
from learningcity.opendata.registry import Publication, publications
from learningcity.sources.models import Source

# What a source may ask for that goes beyond naming it: whoever shares on must share alike.
SHARE_ALIKE = "CC BY-SA"
# The column that names the source of a row.
SOURCE = "source"
ORIGIN_TH = "ทะเบียนของแพลตฟอร์ม แต่ละแถวมีแหล่งที่มาของตน"
ORIGIN_EN = "The platform’s own register; every row names its source."


@transaction.atomic
def keep_snapshots() -> list[Version]:
    """Bring every table that the platform publishes into the catalog, and keep a version of each that changed."""
    found = [keep_snapshot(publication) for publication in publications()]
    return [version for version in found if version]


def keep_snapshot(publication: Publication) -> Version | None:
    """Keep a version of one table; where neither its rows nor its description changed, there is none."""
    table = live_table(publication)
    rows, sources = contents_of(table, publication)
    dataset = dataset_of(publication, license_asked_by(sources))
    with table.open("rb") as content:
        file = keep_file(content, MEDIA_TYPES["parquet"])
    part = Part(
        name=publication.name,
        format="parquet",
        file=file,
        table=file,
        title_th=publication.title.th,
        title_en=publication.title.en,
        schema=schema_of(publication),
        row_count=rows,
    )
    before = dataset.versions.count()
    version = add_version(dataset, [part], by=None)
    return version if version.number > before else None


def contents_of(table: Path, publication: Publication) -> tuple[int, list[str]]:
    """Return how many rows a table has, and the keys of the sources on which they rest."""
    named = any(column.name == SOURCE for column in publication.columns)
    sources = f"list(DISTINCT {SOURCE})" if named else "NULL"
    with opened(table) as engine:
        question = f"SELECT count(*), {sources} FROM read_parquet({literal(table)})"  # noqa: S608 -- nothing foreign
        counted: Any = engine.execute(question).fetchone()
    return counted[0], [slug for slug in counted[1] or [] if slug]


def dataset_of(publication: Publication, license_: License) -> Dataset:
    """Return the dataset of a publication, described as it is described now."""
    said = {
        "title_th": publication.title.th,
        "title_en": publication.title.en,
        "notes_th": publication.notes.th,
        "notes_en": publication.notes.en,
        "keywords_th": [word.th for word in publication.keywords],
        "keywords_en": [word.en for word in publication.keywords],
        "data_type": DataType(publication.data_type),
        "objectives": [Objective.SERVICE.value, Objective.MISSION.value],
        "rhythm": Rhythm.LIVE,
        "coverage": Coverage.MUNICIPALITY,
        "origin_th": ORIGIN_TH,
        "origin_en": ORIGIN_EN,
        "category": Category.PUBLIC,
        "license": license_,
        "maintainer_th": settings.SITE_NAME_TH,
        "maintainer_en": settings.SITE_NAME_EN,
        "maintainer_email": settings.CONTACT_EMAIL or settings.DEFAULT_FROM_EMAIL,
        "allow_harvest": True,
    }
    dataset = Dataset.objects.filter(publication=publication.name).first()
    if dataset is None:
        return Dataset.objects.create(publication=publication.name, slug=free_address(publication.name), **said)
    for name, value in said.items():
        setattr(dataset, name, value)
    dataset.save(update_fields=list(said))
    return dataset


def free_address(name: str) -> str:
    """Return the address of a publication; where somebody has taken it for a dataset of their own, one beside it."""
    return f"platform-{name}" if Dataset.objects.filter(slug=name).exists() else name


def license_asked_by(sources: list[str]) -> License:
    """Return the license of rows that rest on these sources: ours, or a stricter one where any of them asks for that."""
    said = Source.objects.filter(slug__in=sources).values_list("license", flat=True)
    asked = {"IGO" in words for words in said if words.startswith(SHARE_ALIKE)}
    # What may be shared under 3.0 IGO may be shared under 4.0, and not the other way round.
    if False in asked:
        return License.CC_BY_SA
    return License.CC_BY_SA_IGO if asked else License.CC_BY
