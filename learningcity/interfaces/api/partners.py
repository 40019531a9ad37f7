"""Who works with cities, what was agreed on, and what was promised."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import among, where, year
from learningcity.interfaces.api.fields import (
    beneath,
    code,
    day,
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
from learningcity.partners.enums import Gift, OrganizationKind, Outcome, PartyRole, Sector, Side, Standing
from learningcity.partners.models import Agreement, Commitment, Evidence, GoalLink, Organization, Party, Presence
from learningcity.partners.queries import public_commitments, with_outcome, with_standing
from learningcity.sources.enums import Certainty

OF_CITY = where("city", "city__slug", _("The key of a city."))


def agreements() -> QuerySet[Agreement]:
    """Return all agreements as they stand today."""
    return with_standing(Agreement.objects.all(), on=timezone.localdate())


def commitments() -> QuerySet[Commitment]:
    """Return the promises to which both sides said yes, with what has become of them today."""
    return with_outcome(public_commitments(), on=timezone.localdate())


def evidence() -> QuerySet[Evidence]:
    """Return what the other side has checked."""
    return Evidence.objects.filter(checked_at__isnull=False).order_by("pk")


ORGANIZATIONS = Resource(
    name="organizations",
    one="Organization",
    about=_("Bodies that work with cities. No contact of a person is in it."),
    records=Organization.objects.all,
    fields=(
        surely("slug", schemas.STRING),
        pair("name"),
        surely("other_names", schemas.many(schemas.STRING), "aliases"),
        code("sector", Sector),
        code("kind", OrganizationKind),
        pair("about"),
        surely("original", schemas.STRING),
        plainly("url", schemas.STRING),
        reference("parent", "parent", "organizations"),
        reference("home", "home", "cities"),
        pair("place"),
        number("latitude"),
        number("longitude"),
        source(),
        beneath(
            "works_in",
            "organization__slug",
            lambda: Presence.objects.order_by("city__slug"),
            [reference("city", "city", "cities"), source()],
        ),
        links("organizations", "/organizations/{}/"),
    ),
    filters=(
        among("sector", Sector, _("One of four sectors.")),
        among("kind", OrganizationKind, _("What kind of body.")),
        where("home", "home__slug", _("The key of the city where it is at home.")),
    ),
)

AGREEMENTS = Resource(
    name="agreements",
    one="Agreement",
    about=_("What organizations agreed on with cities, and how that stands today."),
    records=agreements,
    fields=(
        surely("slug", schemas.STRING),
        reference("city", "city", "cities"),
        pair("title"),
        pair("summary"),
        surely("original", schemas.STRING),
        vague("signed", "signed_on", "signed_precision"),
        pair("signed_where"),
        day("starts_on"),
        day("ends_on"),
        pair("term"),
        day("called_off_on"),
        plainly("renews", schemas.STRING, "renews__slug"),
        code("standing", Standing),
        source(),
        beneath(
            "parties",
            "agreement__slug",
            lambda: Party.objects.order_by("organization__slug"),
            [
                reference("organization", "organization", "organizations"),
                code("role", PartyRole),
                code("certainty", Certainty),
                pair("note"),
                source(),
            ],
        ),
        beneath(
            "goals",
            "agreement__slug",
            lambda: GoalLink.objects.order_by("goal_id", "target_id", "pk"),
            [
                surely("goal", schemas.INTEGER, "goal_id"),
                pair("goal_name", "goal__name"),
                plainly("target", schemas.STRING, "target_id"),
                pair("reason"),
                source(),
            ],
        ),
        links("agreements", "/agreements/{}/"),
    ),
    filters=(
        OF_CITY,
        among("standing", Standing, _("How it stands today.")),
        where("organization", "parties__organization__slug", _("The key of one of its parties.")),
        year("year", "signed_on__year", _("The Christian year in which it was signed.")),
    ),
)

COMMITMENTS = Resource(
    name="commitments",
    one="Commitment",
    about=_("What organizations promised to cities and both sides confirmed, and what became of it."),
    records=commitments,
    fields=(
        surely("slug", schemas.STRING),
        reference("organization", "organization", "organizations"),
        reference("city", "city", "cities"),
        reference("agreement", "agreement", "agreements", "title"),
        code("kind", Gift),
        number("amount"),
        pair("unit"),
        pair("text"),
        pair("program"),
        surely("original", schemas.STRING),
        day("due_on"),
        code("outcome", Outcome),
        day("settled_on"),
        surely("too_late", schemas.BOOLEAN),
        source("agreement__source"),
        beneath(
            "evidence",
            "commitment__slug",
            evidence,
            [code("side", Side), pair("text"), plainly("url", schemas.STRING), day("checked_on", "checked_at__date")],
        ),
        links("commitments", "/promises/?city={}", "slug", "city__slug"),
    ),
    filters=(
        OF_CITY,
        where("organization", "organization__slug", _("The key of an organization.")),
        where("agreement", "agreement__slug", _("The key of an agreement.")),
        among("kind", Gift, _("What is given.")),
        among("outcome", Outcome, _("What has become of it today.")),
    ),
)

RESOURCES = (ORGANIZATIONS, AGREEMENTS, COMMITMENTS)
