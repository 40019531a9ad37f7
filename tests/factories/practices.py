from itertools import count
from typing import Any

from learningcity.practices.models import Answer, Figure, Practice
from tests.factories.cities import make_city
from tests.factories.opendata import make_observation
from tests.factories.sources import make_source

_numbers = count(1)


def make_practice(**changes: Any) -> Practice:
    number = next(_numbers)
    if "city" not in changes:
        changes["city"] = make_city()
    if "source" not in changes:
        changes["source"] = make_source()
    return Practice.objects.create(
        **{
            "slug": f"practice-{number:04}",
            "title_th": f"แนวปฏิบัติ {number:04}",
            "title_en": f"Practice {number:04}",
            "summary_th": "สรุป",
            "summary_en": "A summary.",
            "original": "en",
            **changes,
        }
    )


def make_answer(**changes: Any) -> Answer:
    if "practice" not in changes:
        changes["practice"] = make_practice()
    if "source" not in changes:
        changes["source"] = make_source()
    return Answer.objects.create(
        **{"point": 2, "text_th": "วัตถุประสงค์", "text_en": "An objective.", "original": "en", **changes}
    )


def make_figure(**changes: Any) -> Figure:
    """Make a figure whose number is about the practice's own city."""
    if "practice" not in changes:
        changes["practice"] = make_practice()
    if "observation" not in changes:
        changes["observation"] = make_observation(city=changes["practice"].city)
    return Figure.objects.create(**changes)
