"""Records for the files of lists, read piece by piece: there may be many of them."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from learningcity.cities.enums import AliasKind
from learningcity.cities.models import Alias, City, Milestone
from learningcity.opendata.models import Observation


def with_other_names(cities: QuerySet[City]) -> QuerySet[City]:
    """Return the same cities, each with ``also_called``: its other names, without those that are wrong."""
    named = Alias.objects.filter(city=OuterRef("pk")).exclude(kind=AliasKind.MISNOMER)
    return cities.annotate(also_called=ArraySubquery(named.order_by("name").values("name")))


def numbers_listed(place: str) -> QuerySet[Observation]:
    """Return the numbers of a city, or of all cities and networks, not of some of their people: by place and indicator,
    latest first."""
    numbers = Observation.totals.filter(city__slug=place) if place else Observation.totals.all()
    return numbers.select_related("indicator", "city", "network", "source").order_by(
        "city__sort_th", "city", "network__slug", "indicator__position", "indicator__slug", "-observed_on", "pk"
    )


def milestones_listed(place: str) -> QuerySet[Milestone]:
    """Return the milestones of a city, or of all, city by city in the order in which they happened."""
    milestones = Milestone.objects.filter(city__slug=place) if place else Milestone.objects.all()
    return milestones.select_related("city", "source").order_by(
        "city__sort_th", "city", "happened_on", "position", "pk"
    )
