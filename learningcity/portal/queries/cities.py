"""The list of cities, as a reader narrows it."""

import datetime as dt

from django.db.models import QuerySet

from learningcity.cities.models import City
from learningcity.cities.queries import CitySelection, cities_in_order, select_cities


def cities_listed(selection: CitySelection, *, language: str, on: dt.date) -> QuerySet[City]:
    """Return the cities that fit the selection on this day in the order of the language."""
    return cities_in_order(select_cities(selection, on=on).select_related("province"), language)
