import datetime as dt
import io
from itertools import count
from typing import Any

from learningcity.opendata.actions import Part, add_version, keep_file, let_go, parts_of
from learningcity.opendata.models import Dataset, Indicator, Observation, Upload, Version
from learningcity.opendata.registry import publications
from learningcity.opendata.tasks import examine_upload
from tests.factories.cities import make_city
from tests.factories.sources import make_source

_numbers = count(1)


def make_indicator(**changes: Any) -> Indicator:
    number = next(_numbers)
    return Indicator.objects.create(
        **{
            "slug": f"indicator-{number:04}",
            "name_th": f"ตัวชี้วัด {number:04}",
            "name_en": f"Indicator {number:04}",
            "definition_th": "นิยาม",
            "definition_en": "A definition.",
            "unit_th": "คน",
            "unit_en": "people",
            **changes,
        }
    )


def make_observation(**changes: Any) -> Observation:
    """Make a number about a city, or, told ``network=``, about a network."""
    if "city" not in changes and "network" not in changes:
        changes["city"] = make_city()
    if "indicator" not in changes:
        changes["indicator"] = make_indicator()
    if "source" not in changes:
        changes["source"] = make_source()
    return Observation.objects.create(**{"value": 100, "observed_on": dt.date(2024, 9, 17), **changes})


def make_dataset(**changes: Any) -> Dataset:
    number = next(_numbers)
    return Dataset.objects.create(
        **{
            "slug": f"dataset-{number:04}",
            "title_th": f"ชุดข้อมูล {number:04}",
            "title_en": f"Dataset {number:04}",
            "notes_th": "คำอธิบาย",
            "notes_en": "A description.",
            "keywords_th": ["ตัวอย่าง"],
            "data_type": "statistics",
            "objectives": ["mission"],
            "rhythm": "year",
            "coverage": "municipality",
            "origin_th": "ทะเบียนตัวอย่าง",
            "license": "CC-BY-4.0",
            "maintainer_th": "หน่วยงานตัวอย่าง",
            "maintainer_email": "data@example.org",
            **changes,
        }
    )


def make_catalog() -> None:
    """Bring every table that the platform publishes into the catalog, without a version."""
    for one in publications():
        make_dataset(slug=one.name, publication=one.name, title_th=one.title.th, title_en=one.title.en)


def make_part(content: bytes = b"a\n1\n", **changes: Any) -> Part:
    """Make a file as a part of a version to come: a text that nobody has read as a table."""
    media_type = changes.pop("media_type", "text/csv")
    return Part(**{"name": "table", "format": "csv", "file": keep_file(io.BytesIO(content), media_type), **changes})


def make_version(**changes: Any) -> Version:
    """Make a version with one file."""
    dataset = changes.pop("dataset", None) or make_dataset()
    parts = changes.pop("parts", None) or [make_part()]
    return add_version(dataset, parts, **{"by": None, **changes})


def examined(upload: Upload, language: str = "en") -> Upload:
    """Return the upload after the worker has been there."""
    upload.refresh_from_db()
    examine_upload(upload.pk, upload.found["turn"], language)
    upload.refresh_from_db()
    return upload


def publish_uploads(dataset: Dataset, *uploads: Upload) -> Version:
    """Publish files that were examined as the next version, as a proposal does when somebody approves it."""
    version = add_version(dataset, parts_of(uploads), by=None)
    let_go(uploads, by=None)
    return version


def make_upload(**changes: Any) -> Upload:
    return Upload.objects.create(**{"name": "table.csv", "size": 4, **changes})
