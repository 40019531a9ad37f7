from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from learningcity.cities.models import City
from learningcity.common.text import LocalText, reading_language
from learningcity.library.enums import PlaceKind, ResourceKind
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.library.queries.finding import PLACE, RESOURCE, labels
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import catalog
from learningcity.sources.models import Source

# So many stand on the page of a city; the rest in the library.
MOST = 12


def resources() -> QuerySet[LearningResource]:
    """Return all resources, each with ``kept_in``: the address of its dataset, where everybody may see that."""
    public = catalog().filter(pk=OuterRef("dataset"))
    return LearningResource.objects.annotate(kept_in=Subquery(public.values("slug")))


def places() -> QuerySet[LearningPlace]:
    """Return all places."""
    return LearningPlace.objects.all()


def resources_at(place: str) -> QuerySet[LearningResource]:
    """Return the resources for which the city at this address answers; without one, those of the whole network."""
    here = LearningResource.objects.filter(city__slug=place) if place else LearningResource.objects.filter(city=None)
    return here.order_by("sort_th", "title_en", "pk")


def places_at(place: str) -> QuerySet[LearningPlace]:
    """Return the places of the city at this address."""
    return LearningPlace.objects.filter(city__slug=place).order_by("sort_th", "name_en", "pk")


def places_by_area(place: str) -> QuerySet[LearningPlace]:
    """Return the places of a city, or all of them: city by city, in each by district in the order of the reader."""
    by = (
        ("sort_th", "area_sort_th", "area_en") if reading_language() == "th" else ("name_en", "area_en", "area_sort_th")
    )
    order = (f"city__{by[0]}", "city", by[1], by[2], "sort_th", "name_en", "pk")
    here = LearningPlace.objects.filter(city__slug=place) if place else LearningPlace.objects.all()
    return here.select_related("city").order_by(*order)


def cities_with_places() -> list[tuple[City, int]]:
    """Return the cities that have places to learn, in the order of the reader, and how many each has."""
    numbers = dict(LearningPlace.objects.order_by().values_list("city").annotate(Count("pk")))
    order = "sort_th" if reading_language() == "th" else "name_en"
    return [(city, numbers[city.pk]) for city in City.objects.filter(pk__in=numbers).order_by(order, "pk")]


def cities_with_learning() -> QuerySet[City]:
    """Return the cities that have any place or resource to learn, in no order."""
    having = Q(pk__in=LearningResource.objects.exclude(city=None).values("city"))
    return City.objects.filter(having | Q(pk__in=LearningPlace.objects.values("city")))


def datasets_to_choose(place: str, chosen: str) -> QuerySet[Dataset]:
    """Return the public datasets of a place, or of the network, and the one that is chosen already."""
    return catalog().filter(Q(place=place) | Q(slug=chosen)).order_by("slug")


@dataclass(slots=True)
class Learning:
    """One place or resource of a city, in short."""

    what: str
    slug: str
    kind: object
    name: LocalText
    source_id: int
    # Whoever shows several of them reads all their sources at once.
    source: Source | None = None

    @property
    def is_place(self) -> bool:
        return self.what == PLACE


def learning_in(city: City) -> list[Learning]:
    """Return the first places and resources of a city in one query, places first: no more than fit on its page."""
    order = ("sort_th", "latin") if reading_language() == "th" else ("latin", "sort_th")
    columns = ("what", "slug", "kind", "named_th", "named_en", "source_id", *order, "pk")
    places = labels(LearningPlace.objects.filter(city=city), PLACE).values_list(*columns)
    resources = labels(LearningResource.objects.filter(city=city), RESOURCE).values_list(*columns)
    found = places.union(resources, all=True).order_by("what", *order, "pk")[:MOST]
    return [
        Learning(what, slug, (PlaceKind if what == PLACE else ResourceKind)(kind).label, LocalText(th, en), source)
        for what, slug, kind, th, en, source, *_order in found
    ]


def sources_of(place: str) -> QuerySet[Any]:
    """Return the numbers of the sources on which the places and resources of a city rest."""
    told = LearningPlace.objects.filter(city__slug=place).values_list("source_id", flat=True)
    return LearningResource.objects.filter(city__slug=place).values_list("source_id", flat=True).union(told)
