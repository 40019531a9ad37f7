from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.enums import Theme
from learningcity.cities.forms import ProfileForm
from learningcity.cities.models import City, Policy, Profile
from learningcity.cities.queries import latest_profile
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values
from learningcity.pictures.actions import publish_pictures_in
from learningcity.search.actions import index
from learningcity.sources.fields import day_columns, day_value, source_values

TEXTS = ("introduction", "vision", "mission")


def cities_at(place: str) -> QuerySet[City]:
    """Return the city at this address, and none for the whole network."""
    return City.objects.filter(slug=place)


def slug_of(city: City) -> str:
    return city.slug


def title_of(city: City) -> str:
    return _("Profile of %(city)s") % {"city": city.name}


def values_of(city: City) -> Values:
    profile = latest_profile(city)
    if profile is None:
        return {}
    policies = {policy.theme: policy for policy in profile.policies.all()}
    themes = {
        f"{theme}_{language}": getattr(policies.get(theme), f"text_{language}", "")
        for theme in Theme.values
        for language in LANGUAGES
    }
    return {
        **pair_values(profile, *TEXTS),
        **themes,
        "original": profile.original,
        "as_of": day_value(profile.as_of, profile.as_of_precision),
        **source_values(profile.source),
    }


def save(city: City, form: Any, place: str) -> City:
    said = form.cleaned_data
    latest = latest_profile(city)
    profile = Profile.objects.create(
        city=city,
        version=latest.version + 1 if latest else 1,
        original=said["original"],
        source=cite(said),
        **day_columns("as_of", said["as_of"]),
        **pair_columns(said, *TEXTS),
    )
    for theme in Theme.values:
        texts = {f"text_{language}": said[f"{theme}_{language}"] for language in LANGUAGES}
        if any(texts.values()):
            Policy.objects.create(profile=profile, theme=theme, original=said["original"], **texts)
            publish_pictures_in(*texts.values(), place=city.slug)
    index(city)
    return city


PROFILE = Kind(
    name="profile",
    label=gettext_lazy("Profile"),
    plural=gettext_lazy("Profiles"),
    model=City,
    form=ProfileForm,
    place_of=slug_of,
    values_of=values_of,
    records_in=cities_at,
    save=save,
    title_of=title_of,
    can_begin=False,
)
