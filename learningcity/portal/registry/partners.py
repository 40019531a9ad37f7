"""What is said of partners elsewhere: on the pages of sources, in the search, and in the preview of a change."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcity.moderation import registry as moderation
from learningcity.partners.models import (
    Agreement,
    Commitment,
    Goal,
    GoalLink,
    Organization,
    Party,
    Presence,
    Signatory,
    Target,
)
from learningcity.partners.queries import public_commitments
from learningcity.portal.registry.entries import address, as_they_are, bodies
from learningcity.search.registry import Entry, register
from learningcity.sources.registry import Display, show

LONGEST_TITLE = 200


def show_partners() -> None:
    """Say for every kind of fact about partners how it is named on the page of its source, and where it is shown."""
    show(Organization, Display(lambda one: one.name, organization_address))
    show(Presence, Display(str, lambda one: organization_address(one.organization), ("organization", "city")))
    show(Agreement, Display(lambda one: one.title, agreement_address))
    show(Party, of_agreement(lambda one: one.organization.name, "parties", "organization"))
    show(GoalLink, of_agreement(str, "goals", "goal", "target"))
    show(Signatory, Display(signatory_title, signatory_address, ("agreement", "party__agreement")))
    lead_to_partners()
    show(Goal, Display(str, lambda one: reverse("agreements")))
    show(Target, Display(str, lambda one: reverse("agreements")))


def lead_to_partners() -> None:
    """Say on which public page each kind of content about partners stands."""
    moderation.show("organization", organization_address)
    moderation.show("agreement", agreement_address)
    moderation.show("signatory", signatory_address)
    moderation.show("commitment", promise_address)


def promise_address(commitment: Commitment) -> str:
    """Return where a promise stands; before both sides have confirmed it, nowhere, and its history neither."""
    if not (commitment.confirmed_by_partner_at and commitment.confirmed_by_city_at):
        return ""
    return f"{reverse('promises')}?city={commitment.city.slug}"


def of_agreement(title: Any, section: str, *follows: str) -> Display:
    """Return how facts are shown that stand on the page of their agreement."""
    return Display(
        lambda record: f"{record.agreement}: {title(record)}",
        lambda record: f"{agreement_address(record.agreement)}#{section}",
        ("agreement", *follows),
    )


def organization_address(organization: Organization) -> str:
    return reverse("organization", args=[organization.slug])


def agreement_address(agreement: Agreement) -> str:
    return reverse("agreement", args=[agreement.slug])


def agreement_of(signatory: Signatory) -> Agreement:
    """Return the agreement that somebody signed, for a party or for nobody."""
    return signatory.party.agreement if signatory.party else signatory.agreement  # type: ignore[return-value]


def signatory_title(signatory: Signatory) -> str:
    return f"{agreement_of(signatory)}: {signatory}"


def signatory_address(signatory: Signatory) -> str:
    return f"{agreement_address(agreement_of(signatory))}#signatories"


def register_partners() -> None:
    """Register organizations, agreements and promises with the search."""
    register("organization", _("Partners"), Organization, organization_documents)
    register("agreement", _("Agreements"), Agreement, agreement_documents)
    register("promise", _("Promises"), Commitment, promise_documents)


def organization_documents(organizations: QuerySet[Organization]) -> Iterator[Entry]:
    """Describe organizations by their names, sector, kind and place."""
    for one in organizations.select_related("home").iterator():
        yield Entry(
            key=str(one.pk),
            address=address("organization", one.slug),
            title_th=one.name_th,
            title_en=one.name_en,
            aliases=tuple(one.aliases),
            city=one.home.slug if one.home else "",
            **bodies(partial(organization_texts, one)),
        )


def organization_texts(one: Organization, language: str) -> Iterator[object]:
    yield from (one.about, one.get_sector_display(), one.get_kind_display(), one.place)
    if one.home:
        yield one.home.name


def agreement_documents(agreements: QuerySet[Agreement]) -> Iterator[Entry]:
    """Describe agreements with their parties and the goals that are named."""
    parties = Prefetch("parties", Party.objects.select_related("organization").order_by("pk"))
    goals = Prefetch("goals", GoalLink.objects.select_related("goal").order_by("goal", "pk"))
    for one in agreements.select_related("city").prefetch_related(parties, goals).iterator(chunk_size=200):
        texts = [one.summary, one.signed_where, *(party.organization.name for party in one.parties.all())]
        texts += [text for link in one.goals.all() for text in (link.goal.name, link.reason)]
        yield Entry(
            key=str(one.pk),
            address=address("agreement", one.slug),
            title_th=one.title_th,
            title_en=one.title_en,
            city=one.city.slug,
            date=one.signed_on,
            date_precision=one.signed_precision,
            **bodies(partial(as_they_are, [*texts, one.city.name])),
        )


def promise_documents(commitments: QuerySet[Commitment]) -> Iterator[Entry]:
    """Describe the promises that both sides confirmed; all others are nobody's business."""
    public = commitments.filter(pk__in=public_commitments().values("pk"))
    for one in public.select_related("organization", "city").iterator():
        yield Entry(
            key=str(one.pk),
            address=f"{address('promises')}?city={one.city.slug}",
            title_th=one.text_th[:LONGEST_TITLE],
            title_en=one.text_en[:LONGEST_TITLE],
            city=one.city.slug,
            date=one.due_on,
            **bodies(partial(as_they_are, [one.organization.name, one.program, one.city.name])),
        )
