from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from learningcity.cities.models import City, Network
from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries.disclosure import disclosed
from learningcity.opendata.queries.people import people_counted


@dataclass(frozen=True, slots=True)
class Series:
    """All numbers of one indicator for one place, latest first."""

    indicator: Indicator
    observations: list[Observation]

    @property
    def latest(self) -> Observation:
        return self.observations[0]

    @property
    def others(self) -> list[Observation]:
        return self.observations[1:]

    @property
    def is_contradicted(self) -> bool:
        """Whether different numbers are given for the same moment."""
        numbers: dict[object, set[object]] = defaultdict(set)
        for said in self.observations:
            numbers[said.observed_on, said.observed_precision].add((said.value, said.qualifier))
        return any(len(different) > 1 for different in numbers.values())


def observations_of_city(city: City) -> QuerySet[Observation]:
    """Return every number of this city: by indicator in its order, latest first; not those of some of its people."""
    return _in_order(Observation.totals.filter(city=city))


def observations_of_network(network: Network) -> QuerySet[Observation]:
    """Return every number about this network: by indicator in its order, latest first."""
    return _in_order(Observation.totals.filter(network=network))


def series(observations: Iterable[Observation]) -> list[Series]:
    """Return the numbers, given in order, as one series for each indicator, as everybody may see them."""
    shown = disclosed(observations)
    return [Series(indicator, list(said)) for indicator, said in groupby(shown, lambda said: said.indicator)]


def indicators_in_order() -> QuerySet[Indicator]:
    """Return what can be counted, in the order in which cities show it."""
    return Indicator.objects.order_by("position", "slug")


def same_statements(place: str, said: Mapping[str, Any]) -> QuerySet[Observation]:
    """Return the numbers that a source gives already of the same thing, for the same people, place, date and qualifier."""
    here = Q(city__slug=place) | Q(network__slug=place)
    people = Q(age_to__isnull=True) if said["age_to"] is None else Q(age_to=said["age_to"])
    people &= Q(age_from__isnull=True) if said["age_from"] is None else Q(age_from=said["age_from"])
    return Observation.objects.filter(
        here,
        people,
        **{name: said[name] for name in ("sex", "district_code", "disability")},
        indicator__slug=said["indicator"],
        qualifier=said["qualifier"],
        observed_on=said["observed_on"].date,
        source__slug=said["source"],
    )


def in_words(number: Observation) -> str:
    """Return a number in a line as everybody may read it: of what, how many, and when.

    Of a number of some of the people it says whom it counts, and not how many they are.
    """
    date = shown_date(number.observed_on, number.observed_precision)
    if not number.is_total:
        return f"{number.indicator}: {people_counted(number)} ({date})"
    number = disclosed([number])[0]
    qualifier = f"{number.get_qualifier_display()} " if number.qualifier != Qualifier.EXACT else ""
    value = f"{qualifier}{shown_number(number.value)} {number.indicator.unit}".strip()
    return f"{number.indicator}: {value} ({date})"


def said_of_the_same(number: Observation) -> list[Observation]:
    """Return the other numbers of the same thing in the same place; the search knows none of some of the people."""
    same = Observation.totals.filter(indicator=number.indicator_id, city=number.city_id, network=number.network_id)
    return list(same.exclude(pk=number.pk).order_by("pk"))


def sources_of(place: str) -> QuerySet[Any]:
    """Return the numbers of the sources that say something about a city in figures."""
    return Observation.objects.filter(city__slug=place).values_list("source_id", flat=True).distinct()


def _in_order(observations: QuerySet[Observation]) -> QuerySet[Observation]:
    return observations.select_related("indicator").order_by(
        "indicator__position", "indicator__slug", "-observed_on", "-value", "pk"
    )
