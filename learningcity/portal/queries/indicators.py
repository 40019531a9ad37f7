"""Indicators with the numbers of the places that have any, as everybody may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Max, Min, Q, QuerySet

from learningcity.cities.models import City, Network
from learningcity.cities.queries import cities_in_order
from learningcity.opendata.models import TOTAL, Indicator, Observation
from learningcity.opendata.queries import public_numbers
from learningcity.sources.models import Source

# So many lines of a chart can be told apart.
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A city or a network with its numbers of one indicator, the oldest first, and those of some of its people."""

    of: City | Network
    numbers: list[Observation]
    parts: list[Observation]

    @property
    def latest(self) -> list[Observation]:
        """What is said of the newest date: several numbers, where sources contradict each other."""
        newest = self.numbers[-1].observed_on if self.numbers else None
        return [number for number in self.numbers if number.observed_on == newest]

    @property
    def dates(self) -> int:
        """For how many dates there is a number."""
        return len({number.observed_on for number in self.numbers})

    @property
    def tables(self) -> list[list[Observation]]:
        """The numbers of some of its people, those of one date, one source and one way of dividing together, newest first."""
        tables: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for one in sorted(self.parts, key=lambda one: one.observed_on, reverse=True):
            ways = (one.district_code != "", one.sex != "", one.age_from is not None, one.disability != "")
            tables[one.observed_on, one.source_id, ways].append(one)
        return list(tables.values())

    @property
    def latest_tables(self) -> list[list[Observation]]:
        """Those of the newest date."""
        return [table for table in self.tables if table[0].observed_on == self.tables[0][0].observed_on]


def indicators_listed() -> QuerySet[Indicator]:
    """Return all indicators in their order, each with how many cities and networks have numbers of it, and from when to when."""
    whole = Q(**{f"observations__{name}": value for name, value in TOTAL.children})  # type: ignore[misc]
    return Indicator.objects.annotate(
        city_count=Count("observations__city", filter=whole, distinct=True),
        network_count=Count("observations__network", filter=whole, distinct=True),
        first=Min("observations__observed_on", filter=whole),
        last=Max("observations__observed_on", filter=whole),
    ).order_by("position", "slug")


def cities_with(indicator: Indicator, language: str) -> QuerySet[City]:
    """Return the cities that have a number of this, in the order of a dictionary."""
    told = Observation.objects.filter(indicator=indicator, city__isnull=False)
    return cities_in_order(City.objects.filter(pk__in=told.values("city")), language)


def networks_with(indicator: Indicator) -> list[Network]:
    """Return the networks that have a number of this."""
    told = Observation.objects.filter(indicator=indicator, network__isnull=False)
    return list(Network.objects.filter(pk__in=told.values("network")).order_by("pk"))


def numbers_of(indicator: Indicator) -> QuerySet[Observation]:
    """Return the numbers of an indicator for files and pages, place by place, the oldest first."""
    found = Observation.objects.filter(indicator=indicator).select_related("city", "network", "source", "indicator")
    return found.order_by(
        "network__slug",
        "city__slug",
        "observed_on",
        "source",
        "district_code",
        "sex",
        "age_from",
        "age_to",
        "disability",
        "pk",
    )


def places_of(indicator: Indicator, places: Iterable[City | Network]) -> list[Place]:
    """Return these places with their numbers of the indicator, in the same order."""
    places = list(places)
    cities = [place.pk for place in places if isinstance(place, City)]
    networks = [place.pk for place in places if isinstance(place, Network)]
    asked = numbers_of(indicator).filter(Q(city__in=cities) | Q(network__in=networks))
    found: dict[tuple[int | None, int | None], list[Observation]] = defaultdict(list)
    for number in public_numbers(asked):
        found[number.city_id, number.network_id].append(number)
    return [_place(one, found[(one.pk, None) if isinstance(one, City) else (None, one.pk)]) for one in places]


def indicators_of(city: City) -> list[tuple[Indicator, Place]]:
    """Return every indicator of which a city has a number, with its numbers."""
    asked = Observation.objects.filter(city=city).select_related("source", "indicator")
    ordered = asked.order_by(
        "indicator__position",
        "indicator__slug",
        "observed_on",
        "source",
        "district_code",
        "sex",
        "age_from",
        "age_to",
        "disability",
        "pk",
    )
    groups = groupby(public_numbers(ordered), lambda number: number.indicator)
    return [(indicator, _place(city, list(said))) for indicator, said in groups]


def sources_told(places: Iterable[Place]) -> list[Source]:
    """Return every source of these numbers once, the newest first."""
    found = {one.source_id: one.source for place in places for one in (*place.numbers, *place.parts)}
    return sorted(
        found.values(), key=lambda one: (one.published_on is not None, one.published_on, -one.pk), reverse=True
    )


def _place(of: City | Network, numbers: list[Observation]) -> Place:
    whole = sorted((one for one in numbers if one.is_total), key=lambda one: one.observed_on)
    return Place(of, whole, [one for one in numbers if not one.is_total])
