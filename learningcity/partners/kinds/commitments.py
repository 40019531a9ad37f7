from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy

from learningcity.accounts.models import User
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.forms import number_value
from learningcity.common.slugs import SAFE_LETTERS
from learningcity.moderation.registry import Kind, Values
from learningcity.partners.enums import CommitmentState
from learningcity.partners.forms import CommitmentForm
from learningcity.partners.models import Agreement, Commitment, Organization
from learningcity.partners.queries import is_clerk_of
from learningcity.search.actions import index
from learningcity.sources.fields import day_value

TEXTS = ("text", "unit", "program")


def commitments_in(place: str) -> QuerySet[Commitment]:
    return Commitment.objects.filter(city__slug=place).order_by("-pk")


def values_of(commitment: Commitment) -> Values:
    return {
        **pair_values(commitment, *TEXTS),
        "organization": commitment.organization.slug,
        "agreement": commitment.agreement.slug if commitment.agreement else "",
        "kind": commitment.kind,
        "amount": number_value(commitment.amount),
        "original": commitment.original,
        "due_on": day_value(commitment.due_on, "day"),
    }


def save(commitment: Commitment | None, form: Any, place: str) -> Commitment:
    """Write what is promised; whatever both sides confirmed before, they said yes to other words."""
    said = form.cleaned_data
    if commitment is None:
        slug = f"{place}-{get_random_string(8, SAFE_LETTERS)}"
        commitment = Commitment(city=City.objects.get(slug=place), slug=slug)
    columns = pair_columns(said, *TEXTS) | {name: said[name] for name in ("kind", "amount", "original", "due_on")}
    for name, value in columns.items():
        setattr(commitment, name, value)
    commitment.organization = Organization.objects.get(slug=said["organization"])
    commitment.agreement = Agreement.objects.get(slug=said["agreement"]) if said["agreement"] else None
    commitment.state = CommitmentState.PROPOSED
    commitment.confirmed_by_partner_at = commitment.confirmed_by_city_at = None
    commitment.save()
    index(commitment)
    return commitment


def acts_for_partner(user: User, commitment: Commitment) -> bool:
    """Tell whether a person acts for the organization that promised this."""
    return is_clerk_of(user, commitment.organization)


COMMITMENT = Kind(
    name="commitment",
    label=gettext_lazy("Promise"),
    plural=gettext_lazy("Promises"),
    model=Commitment,
    form=CommitmentForm,
    place_of=lambda commitment: commitment.city.slug,
    values_of=values_of,
    records_in=commitments_in,
    save=save,
    title_of=lambda commitment: commitment.text,
    follows=("city", "organization"),
    also_by=acts_for_partner,
    begins_in=bool,
)
