"""Everything that the public pages of partners show, read at once. Nothing here ever reads a contact or a clerk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from learningcity.cities.models import City
from learningcity.partners.enums import Announced, Outcome, Sector, Standing, Visibility
from learningcity.partners.models import (
    Agreement,
    AgreementFile,
    Commitment,
    Evidence,
    Goal,
    GoalLink,
    Organization,
    Party,
    Signatory,
)
from learningcity.partners.queries import (
    Tally,
    commitments_of_agreement,
    commitments_of_organization,
    organizations_of_city,
    public_commitments,
    tallies,
    visits_made,
    with_outcome,
    with_standing,
)


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in a list: how it stands, and how many were announced and entered."""

    agreement: Agreement
    standing: Standing
    parties: Tally
    goals: Tally


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, what became of it, and what shows that."""

    commitment: Commitment
    outcome: Outcome
    evidence: list[Evidence]

    @property
    def is_unchecked(self) -> bool:
        """Whether one side says so and the other has not yet looked at it."""
        return self.outcome in (Outcome.KEPT, Outcome.BROKEN) and not self.evidence


@dataclass(frozen=True, slots=True)
class GoalSquare:
    """One of the seventeen goals, and why an agreement serves it; nothing where nobody says so."""

    goal: Goal
    links: list[GoalLink]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """One agreement with all that is public of it."""

    agreement: Agreement
    standing: Standing
    tally: dict[str, Tally]
    sectors: list[tuple[Sector, list[Party]]]
    signatories: list[Signatory]
    squares: list[GoalSquare]
    files: list[AgreementFile]
    promises: list[Promise]
    renewals: list[Agreement]

    @property
    def named(self) -> list[GoalSquare]:
        return [square for square in self.squares if square.links]

    @property
    def history(self) -> list[tuple[str, dt.date, str]]:
        """What happened to the agreement, each with its day and how exactly that is known."""
        one = self.agreement
        told: list[tuple[str, dt.date | None, str]] = [
            (_("Signed"), one.signed_on, one.signed_precision),
            (_("Valid from"), one.starts_on, "day"),
            (_("Called off"), one.called_off_on, "day"),
            (_("Valid to"), one.ends_on, "day"),
        ]
        told += [(_("Renewed by a later one"), later.signed_on, later.signed_precision) for later in self.renewals]
        known = [(words, day, precision) for words, day, precision in told if day]
        return sorted(known, key=lambda step: step[1])

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections that this agreement has something for: their anchors and headings."""
        sections = [
            ("counts", _("Announced and entered"), True),
            ("parties", _("Partners by sector"), self.sectors),
            ("signatories", _("People at the signing"), self.signatories),
            ("goals", _("Sustainable Development Goals"), self.squares),
            ("promises", _("What was promised"), True),
            ("history", _("History"), self.history),
            ("files", _("Documents"), self.files),
            ("sources", _("Source"), True),
        ]
        return [(anchor, heading) for anchor, heading, there in sections if there]


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """One organization with all that is public of it."""

    organization: Organization
    parties: list[Party]
    cities: list[City]
    promises: list[Promise]
    children: list[Organization]


def agreement_lines(agreements: Iterable[Any]) -> list[AgreementLine]:
    """Return agreements, which have their standing, as they stand in a list."""
    agreements = list(agreements)
    counted = tallies(agreements)
    return [
        AgreementLine(one, Standing(one.standing), counted[one.pk, Announced.PARTIES], counted[one.pk, Announced.GOALS])
        for one in agreements
    ]


def read_agreement(slug: str, *, on: dt.date) -> AgreementPage:
    """Return everything that is public of an agreement, as it stands on this day.

    :raises Agreement.DoesNotExist: if there is none at this address.
    """
    found = with_standing(Agreement.objects.select_related("city", "source", "renews"), on=on)
    agreement = found.get(slug=slug)
    counted = tallies([agreement])
    at_signing = Q(agreement=agreement) | Q(party__agreement=agreement)
    signatories = Signatory.objects.filter(at_signing).select_related("party__organization", "source")
    return AgreementPage(
        agreement=agreement,
        standing=Standing(agreement.standing),
        tally={of.value: counted[agreement.pk, of] for of in Announced},
        sectors=parties_by_sector(agreement),
        signatories=list(signatories.order_by("pk")),
        squares=squares_of(agreement),
        files=list(agreement.files.filter(visibility=Visibility.PUBLIC).order_by("added_at", "pk")),
        promises=promises_of(commitments_of_agreement(agreement, on=on)),
        renewals=list(agreement.renewals.filter(signed_on__isnull=False).order_by("signed_on", "pk")),
    )


def parties_by_sector(agreement: Agreement) -> list[tuple[Sector, list[Party]]]:
    """Return the parties of an agreement, sector by sector, in dictionary order; a sector without any is left out."""
    parties = Party.objects.filter(agreement=agreement).select_related("organization", "source")
    rows = list(parties.order_by("organization__sort_th", "organization__name_en", "pk"))
    groups = [(sector, [row for row in rows if row.organization.sector == sector]) for sector in Sector]
    return [(sector, group) for sector, group in groups if group]


def squares_of(agreement: Agreement) -> list[GoalSquare]:
    """Return the seventeen goals in their order, each with what is said of it."""
    links: dict[int, list[GoalLink]] = {}
    named = GoalLink.objects.filter(agreement=agreement).select_related("target", "source")
    for link in named.order_by("target__position", "pk"):
        links.setdefault(link.goal_id, []).append(link)
    return [GoalSquare(goal, links.get(goal.pk, [])) for goal in Goal.objects.order_by("number")]


def promises_of(commitments: QuerySet[Any]) -> list[Promise]:
    """Return promises, which have their outcome, with what the other side has checked."""
    checked = Evidence.objects.filter(checked_at__isnull=False).order_by("at", "pk")
    found = commitments.prefetch_related(Prefetch("evidence", checked, to_attr="checked"))
    return [Promise(one, Outcome(one.outcome), one.checked) for one in found]


def read_organization(slug: str, *, on: dt.date) -> OrganizationPage:
    """Return everything that is public of an organization, as it stands on this day.

    :raises Organization.DoesNotExist: if there is none at this address.
    """
    organization = Organization.objects.select_related("home", "parent", "source").get(slug=slug)
    parties = Party.objects.filter(organization=organization).select_related("agreement__city", "source")
    presences = organization.presences.select_related("city").order_by("city__sort_th", "pk")
    parties_in_time = list(parties.order_by("-agreement__signed_on", "pk"))
    homes = [organization.home] if organization.home else []
    places = [*homes, *(one.city for one in presences), *(party.agreement.city for party in parties_in_time)]
    return OrganizationPage(
        organization=organization,
        parties=parties_in_time,
        cities=list({city.pk: city for city in places}.values()),
        promises=promises_of(commitments_of_organization(organization, on=on)),
        children=list(organization.children.order_by("sort_th", "pk")),
    )


@dataclass(frozen=True, slots=True)
class CityPartners:
    """What the page of a city tells of its partners."""

    agreements: list[Any]
    # How many organizations of each sector work here, and how many promises came to what.
    sectors: list[tuple[Sector, int]]
    outcomes: list[tuple[Outcome, int]]
    # How many groups of other cities came here to learn, and how many of ours went elsewhere.
    received: int
    made: int

    def __bool__(self) -> bool:
        return bool(self.agreements or self.sectors or self.outcomes or self.received or self.made)

    @property
    def organizations(self) -> int:
        return sum(number for _sector, number in self.sectors)


def partners_of_city(city: City, *, on: dt.date) -> CityPartners:
    """Return in two queries what the page of a city tells of its partners."""
    agreements = with_standing(Agreement.objects.filter(city=city), on=on)
    counted = list(agreements.annotate(entered=Count("parties")).order_by("-signed_on", "pk"))
    for one in counted:
        one.standing_label = Standing(one.standing).label
    sectors = _numbers(organizations_of_city(city), "sector")
    outcomes = _numbers(with_outcome(public_commitments().filter(city=city), on=on), "outcome")
    part = Case(When(host=city, then=Value("host")), default=Value("guest"))
    visits = _numbers(visits_made(city).annotate(part=part), "part")
    rows = list(sectors.union(outcomes, visits, all=True))
    found = {(kind, name): number for kind, name, number in rows}
    return CityPartners(
        agreements=counted,
        sectors=[(sector, found["sector", sector]) for sector in Sector if ("sector", sector) in found],
        outcomes=[(outcome, found["outcome", outcome]) for outcome in Outcome if ("outcome", outcome) in found],
        received=found.get(("part", "host"), 0),
        made=found.get(("part", "guest"), 0),
    )


def _numbers(records: QuerySet[Any], column: str) -> QuerySet[Any]:
    return records.order_by().values_list(Value(column), column).annotate(number=Count("pk"))
