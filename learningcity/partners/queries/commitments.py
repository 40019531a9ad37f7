"""Promises and what became of them. Late is a question of the calendar, and nobody types it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from learningcity.cities.models import City
from learningcity.partners.enums import CommitmentState, Outcome
from learningcity.partners.models import Agreement, Commitment, Organization

# What both sides said yes to; everything else is a matter between them.
CONFIRMED = Q(confirmed_by_partner_at__isnull=False, confirmed_by_city_at__isnull=False)


@dataclass(frozen=True, slots=True)
class CommitmentSelection:
    """Which promises somebody wants to see; an empty field selects nothing."""

    city: str = ""
    outcome: str = ""
    kind: str = ""


def with_outcome(commitments: QuerySet[Commitment], *, on: dt.date) -> QuerySet[Any]:
    """Return the promises with their ``outcome`` on this day, and whether they were kept ``too_late``."""
    confirmed = Q(state=CommitmentState.CONFIRMED)
    cases = [
        When(confirmed & Q(due_on__lt=on), then=Value(Outcome.LATE.value)),
        When(confirmed, then=Value(Outcome.OPEN.value)),
    ]
    outcome = Case(*cases, default=F("state"), output_field=CharField())
    too_late = Case(
        When(state=CommitmentState.KEPT, settled_on__gt=F("due_on"), then=Value(True)), default=Value(False)
    )
    return commitments.annotate(outcome=outcome, too_late=too_late)


def public_commitments() -> QuerySet[Commitment]:
    """Return the promises that everybody may see: those to which both sides said yes."""
    return Commitment.objects.filter(CONFIRMED)


def select_commitments(selection: CommitmentSelection, *, on: dt.date) -> QuerySet[Any]:
    """Return the public promises that fit the selection, with their outcome on this day, in no order."""
    found = with_outcome(public_commitments(), on=on)
    if selection.city:
        found = found.filter(city__slug=selection.city)
    if selection.outcome:
        found = found.filter(outcome=selection.outcome)
    if selection.kind:
        found = found.filter(kind=selection.kind)
    return found


def commitments_in_order(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return the promises by the day they are due, the next first, those without a day at the end."""
    return commitments.order_by(F("due_on").asc(nulls_last=True), "pk")


def outcomes(commitments: QuerySet[Any]) -> dict[str, int]:
    """Return how many of the promises, which have their outcome, came to what."""
    return dict(commitments.order_by().values_list("outcome").annotate(number=Count("pk")))


def outcomes_by_city(*, on: dt.date) -> list[tuple[City, Counter[str]]]:
    """Return for every city with public promises how many came to what on this day."""
    rows = with_outcome(public_commitments(), on=on).order_by().values_list("city", "outcome")
    counted: dict[int, Counter[str]] = {}
    for key, outcome, number in rows.annotate(number=Count("pk")):
        counted.setdefault(key, Counter())[outcome] = number
    cities = City.objects.filter(pk__in=counted).order_by("sort_th", "pk")
    return [(city, counted[city.pk]) for city in cities]


def cities_with_promises() -> QuerySet[City]:
    """Return the cities to which anything is promised in public, in no order."""
    return City.objects.filter(pk__in=public_commitments().values("city"))


def commitments_of_agreement(agreement: Agreement, *, on: dt.date) -> QuerySet[Commitment]:
    """Return the public promises made with an agreement, the next due first."""
    found = with_outcome(public_commitments().filter(agreement=agreement), on=on)
    return commitments_in_order(found.select_related("organization", "city"))


def commitments_of_organization(organization: Organization, *, on: dt.date) -> QuerySet[Commitment]:
    """Return the public promises of an organization, the next due first."""
    found = with_outcome(public_commitments().filter(organization=organization), on=on)
    return commitments_in_order(found.select_related("organization", "city"))


def due_between(first: dt.date, last: dt.date) -> QuerySet[Commitment]:
    """Return the promises that both sides confirmed, that are open, and that are due on one of these days."""
    return Commitment.objects.filter(state=CommitmentState.CONFIRMED, due_on__range=(first, last))
