"""Organizations by place and sector, and what they have a part in."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Lower

from learningcity.cities.models import City
from learningcity.common.thai.words import clean
from learningcity.partners.models import Organization, Party, Presence


@dataclass(frozen=True, slots=True)
class OrganizationSelection:
    """Which organizations somebody wants to see; an empty field selects nothing."""

    city: str = ""
    sector: str = ""
    words: str = ""


def select_organizations(selection: OrganizationSelection) -> QuerySet[Organization]:
    """Return the organizations that fit the selection, in no order."""
    found = Organization.objects.all()
    if selection.city:
        found = found.filter(works_in(City.objects.filter(slug=selection.city)))
    if selection.sector:
        found = found.filter(sector=selection.sector)
    for word in selection.words.split():
        found = found.filter(Q(name_th__icontains=word) | Q(name_en__icontains=word) | Q(aliases__icontains=word))
    return found


def works_in(cities: QuerySet[City]) -> Q:
    """Return the condition under which an organization works in one of these cities: at home, by a source, or agreed."""
    present = Presence.objects.filter(organization=OuterRef("pk"), city__in=cities)
    agreed = Party.objects.filter(organization=OuterRef("pk"), agreement__city__in=cities)
    return Q(home__in=cities) | Exists(present) | Exists(agreed)


def organizations_of_city(city: City) -> QuerySet[Organization]:
    """Return the organizations that work in this city, in no order."""
    return Organization.objects.filter(works_in(City.objects.filter(pk=city.pk)))


def organizations_in_order(organizations: QuerySet[Organization], language: str) -> QuerySet[Organization]:
    """Return the organizations by name in the order of this language; those without a name in it at the end."""
    if language == "th":
        return organizations.order_by(Case(When(name_th="", then=1), default=0), "sort_th", Lower("name_en"), "pk")
    return organizations.order_by(Case(When(name_en="", then=1), default=0), Lower("name_en"), "sort_th", "pk")


def organizations_named(names: Collection[str]) -> dict[str, list[Organization]]:
    """Return for each of these names the organizations that bear it, in any case, or have it as their address."""
    wanted = {name: clean(name).lower() for name in names}
    if not wanted:
        return {}
    keys = list(wanted.values())
    written = [word for name in names for word in (name, name.upper(), name.lower())]
    either = Q(slug__in=keys) | Q(thai__in=keys) | Q(english__in=keys) | Q(aliases__overlap=written)
    found = Organization.objects.alias(thai=Lower("name_th"), english=Lower("name_en")).filter(either)
    bearers: dict[str, dict[int, Organization]] = {}
    for one in found.order_by("pk"):
        for name in (one.slug, one.name_th, one.name_en, *one.aliases):
            if name:
                bearers.setdefault(clean(name).lower(), {})[one.pk] = one
    return {name: list(bearers.get(key, {}).values()) for name, key in wanted.items()}


def organizations_to_choose(place: str, *chosen: str) -> QuerySet[Organization]:
    """Return the organizations that work in a city or in the whole country, and those that were chosen already."""
    here = works_in(City.objects.filter(slug=place)) if place else Q(pk__in=[])
    return Organization.objects.filter(here | Q(home__isnull=True) | Q(slug__in=chosen))


def cities_with_partners() -> QuerySet[City]:
    """Return the cities in which any organization works, in no order."""
    homes = Organization.objects.filter(home__isnull=False).values("home")
    others = Presence.objects.values("city")
    agreed = Party.objects.values("agreement__city")
    return City.objects.filter(Q(pk__in=homes) | Q(pk__in=others) | Q(pk__in=agreed))


def organizations_per_sector(organizations: QuerySet[Organization]) -> dict[str, int]:
    """Return how many of the organizations belong to each sector."""
    counted = organizations.order_by().values_list("sector").annotate(number=Count("pk"))
    return dict(counted)
