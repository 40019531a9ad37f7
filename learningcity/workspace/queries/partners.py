"""What a partner's clerk finds on their own pages, and where notices about promises lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Door
from learningcity.cities.models import City
from learningcity.notices.models import Notice
from learningcity.partners.enums import CommitmentState, Outcome, Standing
from learningcity.partners.models import Commitment, Organization
from learningcity.partners.queries import (
    agreements_in_order,
    agreements_visible_to,
    commitments_in_order,
    commitments_visible_to,
    organizations_in_order,
    organizations_of,
    with_outcome,
    with_standing,
)


@dataclass(frozen=True, slots=True)
class PartnerDesk:
    """The organizations for which somebody acts, their agreements and their promises."""

    organizations: list[Organization]
    agreements: list[Any]
    waiting: list[Any]
    due: list[Any]
    settled: list[Any]


def desk_of_partner(user: User, language: str) -> PartnerDesk:
    """Return what the clerk of a partner sees: nothing of anybody else."""
    today = timezone.localdate()
    organizations = organizations_in_order(organizations_of(user).select_related("home"), language)
    found = with_outcome(commitments_visible_to(user).select_related("organization", "city"), on=today)
    commitments: list[Any] = list(commitments_in_order(found))
    for one in commitments:
        one.outcome_label = Outcome(one.outcome).label
    agreements = with_standing(agreements_visible_to(user).select_related("city").prefetch_related("files"), on=today)
    listed: list[Any] = list(agreements_in_order(agreements, language))
    for agreement in listed:
        agreement.standing_label = Standing(agreement.standing).label
    return PartnerDesk(
        organizations=list(organizations),
        agreements=listed,
        waiting=[one for one in commitments if one.outcome == Outcome.PROPOSED],
        due=[one for one in commitments if one.outcome in (Outcome.OPEN, Outcome.LATE)],
        settled=[one for one in commitments if one.outcome in (Outcome.KEPT, Outcome.BROKEN, Outcome.WITHDRAWN)],
    )


def doors_of(user: User) -> Iterator[Door]:
    """Return the way to the pages of the partner for which somebody acts."""
    if organizations_of(user).exists():
        yield Door(title=_("Your organization: agreements and promises"), address=reverse("partner"))


def invitation_path(token: str) -> str:
    """Return the path at which an invitation is accepted."""
    return reverse("partner-invitation", args=[token])


def key_of(notice: Notice) -> str:
    return notice.record.rpartition(":")[2]


def promise_address(notice: Notice) -> str:
    return reverse("partner-commitment", args=[key_of(notice)])


def exchange_address(notice: Notice) -> str:
    """Return the page of exchanges of the city that has to do something."""
    about: Any = notice.about
    host_first = notice.kind in ("partners.visit_requested", "partners.visit_reported")
    if about is None:
        return reverse("workspace")
    if hasattr(about, "mentor"):
        city: City = about.learner
    else:
        city = about.host if host_first else about.guest
    return reverse("exchanges", args=[city.slug])


def agreement_address(notice: Notice) -> str:
    """Return the papers of an agreement for those who keep them, and its public page for its parties."""
    about: Any = notice.about
    if about is None or notice.recipient.has_perm("partners.attach_file", about):
        return reverse("agreement-papers", args=[key_of(notice)])
    return reverse("agreement", args=[about.slug])


PROMISES = ("confirm", "confirmed", "kept", "broken", "withdrawn", "due", "late")
EXCHANGES = ("paired", "visit_requested", "visit_answered", "visit_reported")
LEADS = {
    **{f"partners.{kind}": promise_address for kind in PROMISES},
    **{f"partners.{kind}": exchange_address for kind in EXCHANGES},
    "partners.expiring": agreement_address,
}


def open_promises_of(city: City) -> list[Any]:
    """Return the promises to a city of which nobody knows yet what becomes, those that wait for a yes first."""
    found = Commitment.objects.filter(city=city, state__in=[CommitmentState.PROPOSED, CommitmentState.CONFIRMED])
    listed = commitments_in_order(with_outcome(found.select_related("organization"), on=timezone.localdate()))
    promises: list[Any] = list(listed)
    for one in promises:
        one.outcome_label = Outcome(one.outcome).label
    return sorted(promises, key=lambda one: one.outcome != Outcome.PROPOSED)
