"""Everything that the page of one city shows, read at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from learningcity.cities.enums import AliasKind, ComponentKind, OfficeKind, Stage, Theme
from learningcity.cities.models import (
    Alias,
    City,
    Component,
    DrivingBody,
    LocalAuthority,
    MembershipStatus,
    Milestone,
    Office,
    Person,
    Policy,
    Profile,
)
from learningcity.cities.queries import (
    joining_of,
    membership_history,
    people_in_office,
    profile_versions,
    stage_from,
)
from learningcity.library.queries import Learning, learning_in
from learningcity.opendata.queries import Series, observations_of_city, series
from learningcity.plans.queries import has_plan
from learningcity.portal.queries.partners import CityPartners, partners_of_city
from learningcity.practices.models import Practice
from learningcity.practices.queries import practices_of_city
from learningcity.sources.models import Source

# So many numbers stand at the head of the page.
MOST_TELLING = 5
SHORT_VISION = 240


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one kind of office, with each statement about it, the latest first."""

    person: Person
    kind: OfficeKind
    statements: list[Office]


@dataclass(frozen=True, slots=True)
class CityPage:
    """One city with all that is known of it; every record carries its source."""

    city: City
    stage: Stage
    statuses: list[MembershipStatus]
    offices: list[Holder]
    driving_bodies: list[DrivingBody]
    profiles: list[Profile]
    policies: list[Policy]
    years: list[tuple[int, list[Milestone]]]
    components: list[tuple[ComponentKind, list[Component]]]
    series: list[Series]
    practices: list[Practice]
    learning: list[Learning]
    partners: CityPartners
    sources: list[Source]

    @property
    def profile(self) -> Profile | None:
        return self.profiles[0] if self.profiles else None

    @property
    def older_profiles(self) -> list[Profile]:
        return self.profiles[1:]

    @property
    def vision_is_short(self) -> bool:
        """Whether the vision is a sentence to set in large letters, and not a paragraph to read."""
        return self.profile is not None and len(str(self.profile.vision)) <= SHORT_VISION

    @property
    def most_telling(self) -> list[Series]:
        return self.series[:MOST_TELLING]

    @property
    def more_series(self) -> list[Series]:
        return self.series[MOST_TELLING:]

    @property
    def authority(self) -> LocalAuthority | None:
        return getattr(self.city, "authority", None)

    @property
    def joined(self) -> MembershipStatus | None:
        """The status with which the city is a member of the global network without a break."""
        return joining_of(self.statuses)

    @property
    def mayors(self) -> list[Holder]:
        return self.holders(OfficeKind.MAYOR)

    @property
    def focal_points(self) -> list[Holder]:
        return self.holders(OfficeKind.FOCAL_POINT)

    def holders(self, kind: OfficeKind) -> list[Holder]:
        """Return who holds this office: not who is known to have left it."""
        return [holder for holder in self.offices if holder.kind == kind and not holder.statements[0].ends_on]

    @property
    def timeline_is_translated(self) -> bool:
        """Whether the reader gets our translation of every milestone."""
        return all(stone.text.is_translation for _, stones in self.years for stone in stones)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections that this city has something for: their anchors and headings."""
        profile = self.profile
        sections = [
            ("vision", _("Vision"), profile and profile.vision),
            ("mission", _("Mission"), profile and profile.mission),
            ("themes", _("Policies, plan and implementation"), self.policies),
            ("practices", _("Good practices"), self.practices),
            ("learning", _("Places and resources to learn"), self.learning),
            ("partners", _("Partners"), self.partners),
            ("components", _("What learning is made of here"), self.components),
            ("figures", _("More numbers"), self.more_series),
            ("timeline", _("Timeline"), self.years),
            ("membership", _("Membership"), self.statuses),
            ("people", _("People in office"), self.offices),
            ("sources", _("Sources"), self.sources),
            ("cite", _("Cite this page"), True),
        ]
        return [(anchor, heading) for anchor, heading, there in sections if there]

    @property
    def known_on(self) -> dt.date | None:
        """The newest day on which somebody looked at a source of this page."""
        return max((day for source in self.sources if (day := source.seen_on or source.published_on)), default=None)


def find_city(slug: str) -> City:
    """Return the city at this address with its other names and what stands on its own row.

    :raises City.DoesNotExist: if there is none.
    """
    other_names = Alias.objects.filter(city=OuterRef("pk")).exclude(kind=AliasKind.MISNOMER).order_by("pk")
    cities = City.objects.select_related("province", "authority")
    return cities.annotate(other_names=ArraySubquery(other_names.values("name")), has_plan=has_plan()).get(slug=slug)


def read_city_page(city: City, *, on: dt.date) -> CityPage:
    """Return everything that is known of the city, as it stands on this day."""
    statuses = [status for status in membership_history(city) if status.starts_on <= on]
    offices = list(people_in_office(city))
    driving_bodies = list(DrivingBody.objects.filter(city=city).order_by("position"))
    profiles = list(profile_versions(city))
    policies = Policy.objects.filter(profile=profiles[0]) if profiles else []
    milestones = list(Milestone.objects.filter(city=city).order_by("happened_on", "position", "pk"))
    components = list(Component.objects.filter(city=city).order_by("position", "pk"))
    observations = list(observations_of_city(city))
    practices = list(practices_of_city(city))
    learning = learning_in(city)
    partners = partners_of_city(city, on=on)
    facts: list[list[Any]] = [
        statuses,
        offices,
        driving_bodies,
        profiles,
        milestones,
        components,
        observations,
        practices,
        learning,
        partners.agreements,
    ]
    authority = getattr(city, "authority", None)
    sources = attach_sources([city, *([authority] if authority else []), *(fact for kind in facts for fact in kind)])
    return CityPage(
        city=city,
        stage=stage_from(statuses, on=on),
        statuses=statuses,
        offices=_holders(offices),
        driving_bodies=driving_bodies,
        profiles=profiles,
        policies=sorted(policies, key=lambda policy: Theme.values.index(policy.theme)),
        years=[(year, list(group)) for year, group in groupby(milestones, lambda stone: stone.happened_on.year)],
        components=_by_kind(components),
        series=series(observations),
        practices=practices,
        learning=learning,
        partners=partners,
        sources=sources,
    )


def attach_sources(records: Iterable[Any]) -> list[Source]:
    """Give every record its source, all read in one query; return the sources, newest first and numbered."""
    records = list(records)
    fields = {type(record): _source_fields(record) for record in records}
    wanted = {getattr(record, f"{name}_id") for record in records for name in fields[type(record)]}
    sources = Source.objects.in_bulk(wanted - {None})
    for record in records:
        for name in fields[type(record)]:
            setattr(record, name, sources.get(getattr(record, f"{name}_id")))
    ordered = sorted(sources.values(), key=lambda source: (source.published_on or dt.date.min, source.pk), reverse=True)
    for number, source in enumerate(ordered, 1):
        source.number = number  # type: ignore[attr-defined]
    return ordered


def _source_fields(record: Any) -> list[str]:
    return [name for name in ("source", "location_source") if hasattr(type(record), name)]


def _holders(offices: list[Office]) -> list[Holder]:
    found: dict[tuple[int, str], list[Office]] = {}
    for office in offices:
        found.setdefault((office.person_id, office.kind), []).append(office)
    holders = [Holder(said[0].person, OfficeKind(kind), said) for (_, kind), said in found.items()]
    return sorted(holders, key=lambda holder: OfficeKind.values.index(holder.kind))


def _by_kind(components: list[Component]) -> list[tuple[ComponentKind, list[Component]]]:
    kinds = [(kind, [part for part in components if part.kind == kind]) for kind in ComponentKind]
    return [(kind, parts) for kind, parts in kinds if parts]
