"""The places of a person, by name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.cities.models import Alias, City
from learningcity.cities.queries import cities_in_order
from learningcity.common.text import reading_language
from learningcity.common.thai.words import clean
from learningcity.moderation.registry import authority

LONGEST_NAME = 100


def cities_of(user: User) -> QuerySet[City]:
    """Return the cities that this person works for, in the order of a dictionary; for the secretariat, all."""
    places = authority().places_of(user)
    cities = City.objects.all() if places is None else City.objects.filter(slug__in=places)
    return cities_in_order(cities, reading_language())


def oversees(user: User) -> bool:
    """Tell whether this person sees every queue."""
    return authority().places_of(user) is None


def cities_like(cities: QuerySet[City], text: str) -> QuerySet[City]:
    """Return those of these cities whose name has these words in it, in any script."""
    for word in clean(text)[:LONGEST_NAME].split():
        named = Exists(Alias.objects.filter(city=OuterRef("pk"), name__icontains=word))
        cities = cities.filter(Q(name_th__icontains=word) | Q(name_en__icontains=word) | Q(slug=word) | named)
    return cities


def names_of(places: Iterable[str]) -> dict[str, object]:
    """Return the names of these places, in one question."""
    names: dict[str, object] = {"": _("the whole network")}
    names |= dict.fromkeys(places, "")
    names |= {city.slug: city.name for city in City.objects.filter(slug__in=[*places])}
    return {place: name or place or _("the whole network") for place, name in names.items()}
