import datetime as dt
from itertools import count
from typing import Any

from learningcity.awards.models import Category, Edition
from tests.factories.cities import make_network
from tests.factories.sources import make_source

_numbers = count(1)


def make_edition(**changes: Any) -> Edition:
    number = next(_numbers)
    if "network" not in changes:
        changes["network"] = make_network()
    if "source" not in changes:
        changes["source"] = make_source()
    return Edition.objects.create(
        **{
            "slug": f"edition-{number:04}",
            "name_th": f"รางวัล {number:04}",
            "name_en": f"Awards {number:04}",
            "held_on": dt.date(2025, 10, 31),
            "original": "en",
            **changes,
        }
    )


def make_category(**changes: Any) -> Category:
    number = next(_numbers)
    if "edition" not in changes:
        changes["edition"] = make_edition()
    return Category.objects.create(
        **{
            "slug": f"category-{number:04}",
            "position": number,
            "name_th": f"ประเภท {number:04}",
            "name_en": f"Category {number:04}",
            "original": "en",
            **changes,
        }
    )
