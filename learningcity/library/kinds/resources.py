from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.slugs import free_slug
from learningcity.library.forms import ResourceForm
from learningcity.library.models import LearningResource
from learningcity.library.queries import resources_at
from learningcity.moderation.registry import Kind, Values
from learningcity.opendata.models import Dataset
from learningcity.pictures.actions import publish_picture
from learningcity.pictures.fields import photo_value
from learningcity.search.actions import index
from learningcity.sources.fields import source_values

PAIRS = ("title", "summary", "teaches", "assesses", "publisher")
PLAIN = ("kind", "subject", "theme", "original", "url", "format", "cost", "license", "authors")
LISTS = ("stages", "levels", "audiences", "languages", "senses", "access")


def values_of(resource: LearningResource) -> Values:
    return {
        **pair_values(resource, *PAIRS),
        **{name: getattr(resource, name) for name in PLAIN},
        **{name: list(getattr(resource, name)) for name in LISTS},
        "dataset": resource.dataset.slug if resource.dataset else "",
        "minutes": str(resource.minutes or ""),
        "photo": photo_value(resource.photo),
        **source_values(resource.source),
    }


def save(resource: LearningResource | None, form: Any, place: str) -> LearningResource:
    said = form.cleaned_data
    if resource is None:
        city = City.objects.get(slug=place) if place else None
        resource = LearningResource(city=city, slug=free_slug(LearningResource.objects.all(), said["title_en"]))
    columns = pair_columns(said, *PAIRS) | {name: said[name] for name in (*PLAIN, *LISTS, "minutes", "photo")}
    for name, value in columns.items():
        setattr(resource, name, value)
    resource.dataset = Dataset.objects.get(slug=said["dataset"]) if said["dataset"] else None
    resource.source = cite(said)
    resource.save()
    if resource.photo:
        publish_picture(resource.photo)
    index(resource)
    return resource


def remove(resource: LearningResource) -> None:
    gone = LearningResource(pk=resource.pk)
    resource.delete()
    index(gone)


RESOURCE = Kind(
    name="learning-resource",
    label=gettext_lazy("Learning resource"),
    plural=gettext_lazy("Learning resources"),
    model=LearningResource,
    form=ResourceForm,
    place_of=lambda resource: resource.city.slug if resource.city else "",
    values_of=values_of,
    records_in=resources_at,
    save=save,
    title_of=lambda resource: resource.title,
    follows=("city",),
    remove=remove,
    is_handed_out=True,
)
