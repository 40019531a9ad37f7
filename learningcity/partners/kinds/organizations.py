from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.forms import number_value
from learningcity.common.slugs import free_slug
from learningcity.moderation.registry import Kind, Values
from learningcity.partners.forms import OrganizationForm
from learningcity.partners.forms.organizations import lines_of
from learningcity.partners.models import Organization
from learningcity.partners.queries import is_clerk_of, place_of
from learningcity.search.actions import index
from learningcity.sources.fields import source_values

TEXTS = ("name", "about", "place")
PLAIN = ("sector", "kind", "original", "url")


def organizations_in(place: str) -> QuerySet[Organization]:
    """Return the organizations whose entries a city keeps; those of the whole country, where no city is named."""
    here = Organization.objects.filter(home__slug=place) if place else Organization.objects.filter(home__isnull=True)
    return here.order_by("sort_th", "name_en", "pk")


def values_of(organization: Organization) -> Values:
    return {
        **pair_values(organization, *TEXTS),
        **{name: getattr(organization, name) for name in PLAIN},
        "aliases": "\n".join(organization.aliases),
        "parent": organization.parent.slug if organization.parent else "",
        "latitude": number_value(organization.latitude),
        "longitude": number_value(organization.longitude),
        **source_values(organization.source),
    }


def save(organization: Organization | None, form: Any, place: str) -> Organization:
    said = form.cleaned_data
    if organization is None:
        home = City.objects.get(slug=place) if place else None
        organization = Organization(home=home, slug=free_slug(Organization.objects.all(), said["name_en"]))
    columns = pair_columns(said, *TEXTS) | {name: said[name] for name in (*PLAIN, "latitude", "longitude")}
    for name, value in columns.items():
        setattr(organization, name, value)
    organization.aliases = lines_of(said["aliases"])
    organization.parent = Organization.objects.get(slug=said["parent"]) if said["parent"] else None
    organization.source = cite(said)
    organization.save()
    index(organization)
    return organization


ORGANIZATION = Kind(
    name="organization",
    label=gettext_lazy("Organization"),
    plural=gettext_lazy("Organizations"),
    model=Organization,
    form=OrganizationForm,
    place_of=place_of,
    values_of=values_of,
    records_in=organizations_in,
    save=save,
    title_of=lambda organization: organization.name,
    follows=("home",),
    also_by=is_clerk_of,
)
