"""Cities by every name they have, all at once: for files with a name in each row."""

from collections.abc import Iterator

from learningcity.cities.models import Alias, City


def city_names() -> Iterator[tuple[str, City]]:
    """Return each address, name and alias with its city."""
    cities = {city.pk: city for city in City.objects.order_by("sort_th", "pk")}
    for city in cities.values():
        yield from ((name, city) for name in (city.slug, city.name_th, city.name_en))
    for name, number in Alias.objects.order_by("pk").values_list("name", "city_id"):
        yield name, cities[number]


def cities_to_choose() -> list[str]:
    """Return the Thai names of all cities in the order of a dictionary."""
    return list(City.objects.order_by("sort_th", "pk").values_list("name_th", flat=True))
