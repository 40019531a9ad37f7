"""Who belongs to which network on which day, and how far a city has come.

A status that a source dates to the year or month alone counts from the first day of it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from learningcity.cities.enums import MembershipState, NetworkScope, Stage
from learningcity.cities.models import City, MembershipStatus, Network

# The first of these that holds for a city is its stage; who has none of them aspires.
STAGES: tuple[tuple[Stage, NetworkScope, MembershipState], ...] = (
    (Stage.MEMBER, NetworkScope.GLOBAL, MembershipState.ACTIVE),
    (Stage.APPLICANT, NetworkScope.GLOBAL, MembershipState.APPLIED),
    (Stage.LOCAL_NETWORK, NetworkScope.NATIONAL, MembershipState.ACTIVE),
)


def statuses_on(day: dt.date) -> QuerySet[MembershipStatus]:
    """Return the one status of each membership that holds on this day."""
    later = MembershipStatus.objects.filter(
        membership=OuterRef("membership"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=day
    )
    return MembershipStatus.objects.filter(~Exists(later), starts_on__lte=day)


def members(network: Network, *, on: dt.date) -> QuerySet[City]:
    """Return the cities that are members of this network on this day."""
    active = statuses_on(on).filter(state=MembershipState.ACTIVE, membership__network=network)
    return City.objects.filter(pk__in=active.values("membership__city"))


def member_count(network: Network, *, on: dt.date) -> int:
    """Return how many members this network has on this day."""
    return statuses_on(on).filter(state=MembershipState.ACTIVE, membership__network=network).count()


def cities_in_stage(cities: QuerySet[City], stage: Stage, *, on: dt.date) -> QuerySet[City]:
    """Return those of the cities that are in this stage on this day."""
    # One look into the database for all rows, and not one for each.
    for higher, scope, state in STAGES:
        there = statuses_on(on).filter(membership__network__scope=scope, state=state).values("membership__city")
        if higher == stage:
            return cities.filter(pk__in=there)
        cities = cities.exclude(pk__in=there)
    return cities


def attach_stage(cities: Iterable[City], *, on: dt.date) -> None:
    """Give each of a few cities its ``stage``, ``since`` and ``since_precision`` on this day, in one query."""
    statuses: dict[int, list[MembershipStatus]] = {city.pk: [] for city in cities}
    known = MembershipStatus.objects.filter(membership__city__in=statuses.keys(), starts_on__lte=on)
    for status in known.select_related("membership__network").order_by("starts_on", "pk"):
        statuses[status.membership.city_id].append(status)
    for city in cities:
        joined = joining_of(statuses[city.pk])
        city.stage = stage_from(statuses[city.pk], on=on)  # type: ignore[attr-defined]
        city.since = joined and joined.starts_on  # type: ignore[attr-defined]
        city.since_precision = joined and joined.starts_precision  # type: ignore[attr-defined]


def joining_of(statuses: Iterable[MembershipStatus]) -> MembershipStatus | None:
    """Return with which of a city's statuses, oldest first, it is in the global network without a break."""
    joined = None
    for status in statuses:
        if status.membership.network.scope == NetworkScope.GLOBAL:
            if status.state == MembershipState.LEFT:
                joined = None
            elif status.state == MembershipState.ACTIVE and not joined:
                joined = status
    return joined


def joining_years(*, on: dt.date) -> list[int]:
    """Return the years in which the cities of the global network joined it, latest first."""
    years = joinings(on).annotate(year=ExtractYear("starts_on")).values_list("year", flat=True)
    return list(years.distinct().order_by("-year"))


def members_by_year(*, on: dt.date) -> list[tuple[int, int]]:
    """Return how many of the members of this day joined the global network in each year, earliest first."""
    first = joinings(on).values("membership__city").annotate(first=Min("starts_on"))
    active = statuses_on(on).filter(membership__network__scope=NetworkScope.GLOBAL, state=MembershipState.ACTIVE)
    dates = first.filter(membership__in=active.values("membership")).values_list("first", flat=True)
    return sorted(Counter(date.year for date in dates).items())


def joinings(day: dt.date) -> QuerySet[MembershipStatus]:
    """Return the active statuses in the global network that no later departure has undone."""
    departure = MembershipStatus.objects.filter(
        membership=OuterRef("membership"),
        state=MembershipState.LEFT,
        starts_on__gt=OuterRef("starts_on"),
        starts_on__lte=day,
    )
    return MembershipStatus.objects.filter(
        ~Exists(departure),
        membership__network__scope=NetworkScope.GLOBAL,
        state=MembershipState.ACTIVE,
        starts_on__lte=day,
    )


def membership_history(city: City) -> QuerySet[MembershipStatus]:
    """Return every status the city ever had in a network, oldest first."""
    return (
        MembershipStatus.objects.filter(membership__city=city)
        .select_related("membership__network")
        .order_by("starts_on", "pk")
    )


def stage_from(statuses: Iterable[MembershipStatus], *, on: dt.date) -> Stage:
    """Return the stage that a city's whole membership history gives it on this day."""
    latest: dict[int, MembershipStatus] = {}
    for status in sorted(statuses, key=lambda status: status.starts_on):
        if status.starts_on <= on:
            latest[status.membership_id] = status
    holding = {(status.membership.network.scope, status.state) for status in latest.values()}
    return next((stage for stage, scope, state in STAGES if (scope, state) in holding), Stage.ASPIRING)
