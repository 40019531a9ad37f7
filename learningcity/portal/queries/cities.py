"""The list of cities, as a reader narrows it."""

import datetime as dt

from django.db.models import QuerySet

from learningcity.cities.models import City
from learningcity.cities.queries import CitySelection, cities_in_order, select_cities, with_member_since, with_stage


def cities_listed(selection: CitySelection, *, language: str, on: dt.date) -> QuerySet[City]:
    """Return the cities that fit the selection in the order of the language, each with `stage` and `since` on this day."""
    cities = with_member_since(with_stage(select_cities(selection, on=on), on=on), on=on)
    return cities_in_order(cities.select_related("province"), language)
