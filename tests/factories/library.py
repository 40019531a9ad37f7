from itertools import count
from typing import Any

from learningcity.library.models import LearningPlace, LearningResource
from tests.factories.cities import make_city
from tests.factories.sources import make_source

_numbers = count(1)


def make_resource(**changes: Any) -> LearningResource:
    number = next(_numbers)
    if "source" not in changes:
        changes["source"] = make_source()
    return LearningResource.objects.create(
        **{
            "slug": f"resource-{number:04}",
            "title_th": f"สื่อ {number:04}",
            "title_en": f"Resource {number:04}",
            "summary_th": "คำอธิบาย",
            "summary_en": "A description.",
            "kind": "video",
            "subject": "reading",
            "stages": ["school"],
            "languages": ["th"],
            "format": "video",
            "license": "CC-BY-4.0",
            "url": f"https://example.org/resources/{number}",
            "original": "th",
            **changes,
        }
    )


def make_place(**changes: Any) -> LearningPlace:
    number = next(_numbers)
    if "city" not in changes:
        changes["city"] = make_city()
    if "source" not in changes:
        changes["source"] = make_source()
    return LearningPlace.objects.create(
        **{
            "slug": f"place-{number:04}",
            "name_th": f"สถานที่ {number:04}",
            "name_en": f"Place {number:04}",
            "kind": "library",
            "original": "th",
            **changes,
        }
    )
