from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.slugs import free_slug
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values
from learningcity.partners.enums import Announced, PartyRole
from learningcity.partners.forms import AgreementForm, SignatoryForm
from learningcity.partners.forms.agreements import GOALS, parties_name
from learningcity.partners.models import Agreement, Announcement, GoalLink, Party, Signatory
from learningcity.search.actions import index
from learningcity.sources.fields import day_columns, day_value, source_values

TEXTS = ("title", "summary", "signed_where", "term")
DAY = "day"


def agreements_in(place: str) -> QuerySet[Agreement]:
    return Agreement.objects.filter(city__slug=place).order_by("-signed_on", "pk")


def values_of(agreement: Agreement) -> Values:
    values: Values = {
        **pair_values(agreement, *TEXTS),
        "original": agreement.original,
        "signed_on": day_value(agreement.signed_on, agreement.signed_precision),
        "starts_on": day_value(agreement.starts_on, DAY),
        "ends_on": day_value(agreement.ends_on, DAY),
        "renews": agreement.renews.slug if agreement.renews else "",
        **source_values(agreement.source),
    }
    parties = list(agreement.parties.select_related("organization").order_by("pk"))
    for role in PartyRole:
        slugs = [party.organization.slug for party in parties if party.role == role]
        values[parties_name(role)] = "\n".join(slugs)
    announced = list(agreement.announcements.order_by("pk").values_list("of", "observation_id"))
    for of in Announced:
        values[f"announced_{of}"] = [str(pk) for kind, pk in announced if kind == of]
    return values | goal_values(agreement)


def goal_values(agreement: Agreement) -> Values:
    values: Values = {}
    links: dict[int, list[GoalLink]] = {}
    for link in agreement.goals.order_by("target__position", "pk"):
        links.setdefault(link.goal_id, []).append(link)
    for goal in GOALS:
        own = links.get(goal, [])
        values |= {
            f"goal_{goal}_{language}": getattr(own[0], f"reason_{language}") if own else "" for language in LANGUAGES
        }
        values[f"goal_{goal}_targets"] = ", ".join(link.target_id for link in own if link.target_id)
    return values


def save(agreement: Agreement | None, form: Any, place: str) -> Agreement:
    said = form.cleaned_data
    if agreement is None:
        slug = free_slug(Agreement.objects.all(), said["title_en"])
        agreement = Agreement(city=City.objects.get(slug=place), slug=slug)
    columns = pair_columns(said, *TEXTS) | day_columns("signed_on", said["signed_on"])
    columns |= {name: said[name] for name in ("original", "starts_on", "ends_on")}
    for name, value in columns.items():
        setattr(agreement, name, value)
    agreement.renews = Agreement.objects.get(slug=said["renews"]) if said["renews"] else None
    agreement.source = cite(said)
    agreement.save()
    save_parties(agreement, said)
    save_announcements(agreement, said)
    save_goals(agreement, said)
    index(agreement)
    return agreement


def save_parties(agreement: Agreement, said: dict[str, Any]) -> None:
    """Write who has a part; what a row says of its certainty and its source stays as it is."""
    told = {organization.pk: role for role in PartyRole for organization in said[parties_name(role)]}
    agreement.parties.exclude(organization__in=told).delete()
    stored = {party.organization_id: party for party in agreement.parties.all()}
    for organization, role in told.items():
        party = stored.get(organization)
        if party is None:
            Party.objects.create(agreement=agreement, organization_id=organization, role=role, source=agreement.source)
        elif party.role != role:
            party.role = role
            party.save(update_fields=["role"])


def save_announcements(agreement: Agreement, said: dict[str, Any]) -> None:
    """Write which numbers were announced with the agreement."""
    chosen = {int(pk): of for of in Announced for pk in said[f"announced_{of}"]}
    agreement.announcements.exclude(observation__in=chosen).delete()
    for observation, of in chosen.items():
        Announcement.objects.update_or_create(agreement=agreement, observation_id=observation, defaults={"of": of})


def save_goals(agreement: Agreement, said: dict[str, Any]) -> None:
    """Write which goals and targets the agreement serves, and why; the source of what stays the same stays too."""
    kept: list[int] = []
    for goal in GOALS:
        reasons = {f"reason_{language}": said[f"goal_{goal}_{language}"] for language in LANGUAGES}
        if any(reasons.values()):
            for target in said[f"goal_{goal}_targets"] or [None]:
                link = agreement.goals.filter(goal=goal, target=target).first()
                link = link or GoalLink(agreement=agreement, goal_id=goal, target_id=target, source=agreement.source)
                link.original = link.original or agreement.original
                for name, value in reasons.items():
                    setattr(link, name, value)
                link.save()
                kept.append(link.pk)
    agreement.goals.exclude(pk__in=kept).delete()


def signatories_in(place: str) -> QuerySet[Signatory]:
    here = Q(agreement__city__slug=place) | Q(party__agreement__city__slug=place)
    return Signatory.objects.filter(here).order_by("sort_th", "pk")


def agreement_of(signatory: Signatory) -> Agreement:
    """Return the agreement at whose signing somebody acted."""
    return signatory.party.agreement if signatory.party else signatory.agreement  # type: ignore[return-value]


def signatory_values(signatory: Signatory) -> Values:
    party = signatory.party
    acts_for = f"{party.agreement.slug}/{party.organization.slug}" if party else agreement_of(signatory).slug
    return {
        **pair_values(signatory, "title", "name", "position"),
        "acts_for": acts_for,
        "capacity": signatory.capacity,
        "signed_on": day_value(signatory.signed_on, signatory.signed_precision),
        **source_values(signatory.source),
    }


def save_signatory(signatory: Signatory | None, form: Any, place: str) -> Signatory:
    said = form.cleaned_data
    signatory = signatory or Signatory()
    agreement, _slash, organization = said["acts_for"].partition("/")
    party = Party.objects.get(agreement__slug=agreement, organization__slug=organization) if organization else None
    signatory.party = party
    signatory.agreement = None if party else Agreement.objects.get(slug=agreement)
    columns = pair_columns(said, "title", "name", "position") | day_columns("signed_on", said["signed_on"])
    for name, value in columns.items():
        setattr(signatory, name, value)
    signatory.capacity, signatory.source = said["capacity"], cite(said)
    signatory.save()
    return signatory


def remove_signatory(signatory: Signatory) -> None:
    signatory.delete()


AGREEMENT = Kind(
    name="agreement",
    label=gettext_lazy("Agreement"),
    plural=gettext_lazy("Agreements"),
    model=Agreement,
    form=AgreementForm,
    place_of=lambda agreement: agreement.city.slug,
    values_of=values_of,
    records_in=agreements_in,
    save=save,
    title_of=lambda agreement: agreement.title,
    follows=("city",),
    begins_in=bool,
)
SIGNATORY = Kind(
    name="signatory",
    label=gettext_lazy("Person at a signing"),
    plural=gettext_lazy("People at signings"),
    model=Signatory,
    form=SignatoryForm,
    place_of=lambda signatory: agreement_of(signatory).city.slug,
    values_of=signatory_values,
    records_in=signatories_in,
    save=save_signatory,
    title_of=lambda signatory: signatory.name,
    follows=("agreement__city", "party__agreement__city"),
    remove=remove_signatory,
    personal=("title_th", "title_en", "name_th", "name_en"),
    begins_in=bool,
)
