"""Cities, and what happened in them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from learningcity.cities.enums import AliasKind, AuthorityKind, CityKind, ComponentKind, MembershipState, Region, Stage
from learningcity.cities.models import (
    Alias,
    City,
    Component,
    DrivingBody,
    MembershipStatus,
    Milestone,
    Profile,
)
from learningcity.cities.queries import cities_in_stage, joining_of, stage_from
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import Filter, among, choice, where, year
from learningcity.interfaces.api.fields import (
    Record,
    any_of,
    as_known,
    beneath,
    code,
    coded,
    elsewhere,
    links,
    number,
    pair,
    plainly,
    reference,
    source,
    surely,
    vague,
)
from learningcity.interfaces.api.resources import Resource
from learningcity.sources.enums import Certainty

# What of a status says how far a city has come.
STATUS = ("state", "starts_on", "starts_precision")
STAGE = schemas.whole({"code": schemas.STRING, "label": schemas.TEXT, "since": schemas.maybe(schemas.DATE)})


def cities() -> QuerySet[City]:
    """Return all cities with the other names by which people may look for them."""
    named = Alias.objects.filter(city=OuterRef("pk")).exclude(kind=AliasKind.MISNOMER).order_by("name")
    return City.objects.annotate(other_names=ArraySubquery(named.values("name")))


def stages(slugs: list[Any]) -> dict[Any, Any]:
    """Return how far each city has come today, and since when it is a member."""
    today = timezone.localdate()
    known = MembershipStatus.objects.filter(
        any_of("membership__city__slug", slugs, CharField()), starts_on__lte=today
    ).order_by("starts_on", "pk")
    columns = ("membership__city__slug", "membership__network__scope", "membership_id", *STATUS)
    found: dict[str, list[Any]] = {slug: [] for slug in slugs}
    for slug, scope, *said in known.values_list(*columns):
        network = SimpleNamespace(scope=scope)
        status = SimpleNamespace(**dict(zip(("membership_id", *STATUS), said, strict=True)))
        status.membership = SimpleNamespace(network=network)
        found[slug].append(status)
    return {slug: stage_of(told, today) for slug, told in found.items()}


def stage_of(told: list[Any], today: dt.date) -> Record:
    """Return how far a city has come with these statuses."""
    joined: Any = joining_of(told)
    since = as_known((joined.starts_on, joined.starts_precision)) if joined else None
    return {**(coded(Stage, stage_from(told, on=today)) or {}), "since": since}


def statuses() -> QuerySet[MembershipStatus]:
    """Return what cities were in networks until today."""
    return MembershipStatus.objects.filter(starts_on__lte=timezone.localdate()).order_by("starts_on", "pk")


CITIES = Resource(
    name="cities",
    one="City",
    about=_("Learning cities, and cities on their way."),
    records=cities,
    example="khon-kaen",
    fields=(
        surely("slug", schemas.STRING),
        pair("name"),
        surely("other_names", schemas.many(schemas.STRING)),
        code("kind", CityKind),
        plainly("province", schemas.STRING, "province_id"),
        pair("province_name", "province__name"),
        code("region", Region, "province__region"),
        number("latitude"),
        number("longitude"),
        source("location_source", "location_source"),
        code("authority_kind", AuthorityKind, "authority__kind"),
        pair("authority_name", "authority__name"),
        pair("uncertainty"),
        elsewhere("stage", STAGE, stages),
        beneath(
            "memberships",
            "membership__city__slug",
            statuses,
            [
                plainly("network", schemas.STRING, "membership__network__slug"),
                pair("network_name", "membership__network__name"),
                code("state", MembershipState),
                vague("since", "starts_on", "starts_precision"),
                source(),
            ],
        ),
        beneath(
            "profiles",
            "city__slug",
            lambda: Profile.objects.order_by("version"),
            [
                surely("version", schemas.INTEGER),
                pair("introduction"),
                pair("vision"),
                pair("mission"),
                surely("original", schemas.STRING),
                vague("as_of", "as_of", "as_of_precision"),
                source(),
            ],
        ),
        beneath(
            "components",
            "city__slug",
            lambda: Component.objects.order_by("kind", "position"),
            [code("kind", ComponentKind), pair("name"), pair("text"), surely("original", schemas.STRING), source()],
        ),
        beneath(
            "driving_bodies",
            "city__slug",
            lambda: DrivingBody.objects.order_by("position"),
            [pair("name"), source()],
        ),
        links("cities", "/cities/{}/"),
    ),
    filters=(
        where("province", "province_id", _("Two digits of the province (TIS 1099).")),
        among("region", Region, _("A region of Thailand."), "province__region"),
        among("kind", CityKind, _("What the city is in law.")),
        Filter(
            name="stage",
            parameter=choice(Stage.values, _("How far the city has come, today.")),
            narrow=lambda found, value: cities_in_stage(found, Stage(value), on=timezone.localdate()),
        ),
    ),
)

MILESTONES = Resource(
    name="milestones",
    one="Milestone",
    about=_("What happened on the way of a city, dated as exactly as its source dates it."),
    records=Milestone.objects.all,
    key="id",
    fields=(
        surely("id", schemas.INTEGER),
        surely("slug", schemas.STRING),
        reference("city", "city", "cities"),
        vague("happened", "happened_on", "happened_precision"),
        pair("text"),
        surely("original", schemas.STRING),
        code("certainty", Certainty),
        source(),
        links("milestones", "/cities/{}/", "id", "city__slug"),
    ),
    filters=(
        where("city", "city__slug", _("The key of a city.")),
        year("year", "happened_on__year", _("A Christian year.")),
        where("source", "source__slug", _("The key of a source.")),
    ),
)

RESOURCES = (CITIES, MILESTONES)
