from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.forms import number_value
from learningcity.common.slugs import free_slug
from learningcity.common.week import week_text
from learningcity.library.forms import PlaceForm
from learningcity.library.models import LearningPlace
from learningcity.library.queries import places_at
from learningcity.moderation.registry import Kind, Values
from learningcity.pictures.actions import publish_picture
from learningcity.pictures.fields import photo_value
from learningcity.search.actions import index
from learningcity.sources.fields import source_values

PAIRS = ("name", "summary", "area", "address", "hours")
PLAIN = ("kind", "original", "cost", "contact", "url")
LISTS = ("subjects", "stages", "access")

REST = ("latitude", "longitude", "weekly", "photo")


def values_of(place: LearningPlace) -> Values:
    return {
        **pair_values(place, *PAIRS),
        **{name: getattr(place, name) for name in PLAIN},
        **{name: list(getattr(place, name)) for name in LISTS},
        "latitude": number_value(place.latitude),
        "longitude": number_value(place.longitude),
        "weekly": week_text(place.weekly),
        "photo": photo_value(place.photo),
        **source_values(place.source),
    }


def save(place: LearningPlace | None, form: Any, at: str) -> LearningPlace:
    said = form.cleaned_data
    if place is None:
        slug = free_slug(LearningPlace.objects.all(), said["name_en"])
        place = LearningPlace(city=City.objects.get(slug=at), slug=slug)
    columns = pair_columns(said, *PAIRS) | {name: said[name] for name in (*PLAIN, *LISTS, *REST)}
    for name, value in columns.items():
        setattr(place, name, value)
    place.source = cite(said)
    place.save()
    if place.photo:
        publish_picture(place.photo)
    index(place)
    return place


def remove(place: LearningPlace) -> None:
    gone = LearningPlace(pk=place.pk)
    place.delete()
    index(gone)


PLACE = Kind(
    name="learning-place",
    label=gettext_lazy("Learning place"),
    plural=gettext_lazy("Learning places"),
    model=LearningPlace,
    form=PlaceForm,
    place_of=lambda place: place.city.slug,
    values_of=values_of,
    records_in=places_at,
    save=save,
    title_of=lambda place: place.name,
    follows=("city",),
    remove=remove,
    begins_in=bool,
)
