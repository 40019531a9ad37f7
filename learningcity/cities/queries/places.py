"""Cities by name, by place and by what is said of them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower
from rapidfuzz import fuzz, process

from learningcity.cities.enums import Stage
from learningcity.cities.models import Alias, City, Policy
from learningcity.cities.queries.networks import cities_in_stage, joinings
from learningcity.common.thai.words import clean

SEPARATORS = " -_.,'’·()"
WITHOUT_SEPARATORS = str.maketrans("", "", SEPARATORS)
LONGEST_NAME = 150
# Below this likeness a suggestion helps nobody.
LIKENESS = 70


@dataclass(frozen=True, slots=True)
class CitySelection:
    """What somebody wants to see of all cities; an empty field selects nothing."""

    region: str = ""
    kind: str = ""
    stage: str = ""
    since: int | None = None
    theme: str = ""
    words: str = ""


def cities_in_order(cities: QuerySet[City], language: str) -> QuerySet[City]:
    """Return the cities in the order of a dictionary of this language."""
    return cities.order_by("sort_th", "pk") if language == "th" else cities.order_by("name_en", "pk")


def select_cities(selection: CitySelection, *, on: dt.date) -> QuerySet[City]:
    """Return the cities that fit the selection on this day, in no order."""
    cities = City.objects.all()
    if selection.region:
        cities = cities.filter(province__region=selection.region)
    if selection.kind:
        cities = cities.filter(kind=selection.kind)
    if selection.stage:
        cities = cities_in_stage(cities, Stage(selection.stage), on=on)
    if selection.since:
        joined = joinings(on).filter(membership__city=OuterRef("pk"), starts_on__year=selection.since)
        cities = cities.filter(Exists(joined))
    if selection.theme:
        cities = cities.filter(Exists(Policy.objects.filter(profile__city=OuterRef("pk"), theme=selection.theme)))
    for word in clean(selection.words)[:LONGEST_NAME].split():
        named = Alias.objects.filter(city=OuterRef("pk"), name__icontains=word)
        places = Q(province__name_th__icontains=word) | Q(province__name_en__icontains=word)
        cities = cities.filter(Q(name_th__icontains=word) | Q(name_en__icontains=word) | places | Exists(named))
    return cities


def cities_named(text: str) -> list[City]:
    """Return the cities that bear this name, in any script, case and spacing."""
    key = _key(clean(text[:LONGEST_NAME]))
    if not key:
        return []
    names = {"slug": _flat("slug"), "thai": _flat("name_th"), "english": _flat("name_en")}
    aliases = Alias.objects.alias(flat=_flat("name")).filter(flat=key).values("city")
    found = City.objects.alias(**{f"flat_{name}": flat for name, flat in names.items()})
    bearers = Q(flat_slug=key) | Q(flat_thai=key) | Q(flat_english=key) | Q(pk__in=aliases)
    return list(found.filter(bearers).order_by("sort_th", "pk"))


def cities_called(thai: str, english: str) -> QuerySet[City]:
    """Return the cities that bear one of these names as their own."""
    return City.objects.filter(Q(name_th=thai) | Q(name_en=english))


def similar_cities(text: str, *, most: int = 3) -> list[City]:
    """Return the cities whose names look most like what was typed, best first."""
    names = _names()
    key = _key(clean(text[:LONGEST_NAME]))
    found = process.extract(
        key, [_key(name) for name, _ in names], scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=most * 4
    )
    slugs = list(dict.fromkeys(names[place][1] for _, _, place in found))[:most]
    return sorted(City.objects.filter(slug__in=slugs), key=lambda city: slugs.index(city.slug))


def _key(name: str) -> str:
    return name.lower().translate(WITHOUT_SEPARATORS)


def _flat(field: str) -> Func:
    """Return the same for the database."""
    return Func(Lower(field), Value(SEPARATORS), Value(""), function="translate", output_field=TextField())


def _names() -> list[tuple[str, str]]:
    """Return every name of every city with the city's address."""
    rows = City.objects.values_list("slug", "name_th")
    names = [(name, slug) for slug, thai in rows.iterator() for name in (slug, thai)]
    aliases = Alias.objects.annotate(slug=F("city__slug")).values_list("name", "slug")
    return names + list(aliases.iterator())
