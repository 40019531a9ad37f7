import datetime as dt
from itertools import count
from typing import Any

from learningcity.opendata.models import Indicator, Observation
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
