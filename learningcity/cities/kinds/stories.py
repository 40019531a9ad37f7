from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.forms import ComponentForm, MilestoneForm
from learningcity.cities.models import City, Component, Milestone
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.slugs import free_slug
from learningcity.moderation.registry import Kind, Values
from learningcity.pictures.actions import publish_pictures_in
from learningcity.search.actions import index
from learningcity.sources.fields import day_columns, day_value, source_values


def place_of(record: Milestone | Component) -> str:
    return record.city.slug


def milestones_in(place: str) -> QuerySet[Milestone]:
    return Milestone.objects.filter(city__slug=place).order_by("-happened_on", "position", "pk")


def milestone_values(milestone: Milestone) -> Values:
    return {
        "happened_on": day_value(milestone.happened_on, milestone.happened_precision),
        **pair_values(milestone, "text"),
        "original": milestone.original,
        "certainty": milestone.certainty,
        **source_values(milestone.source),
    }


def save_milestone(milestone: Milestone | None, form: Any, place: str) -> Milestone:
    said = form.cleaned_data
    columns = {
        "original": said["original"],
        "certainty": said["certainty"],
        "source": cite(said),
        **day_columns("happened_on", said["happened_on"]),
        **pair_columns(said, "text"),
    }
    if milestone is None:
        city = City.objects.get(slug=place)
        milestone = Milestone(city=city, slug=free_slug(city.milestones.all(), said["text_en"]), position=0)
    if milestone.happened_on != columns["happened_on"]:
        same_day = milestone.city.milestones.filter(happened_on=columns["happened_on"])
        milestone.position = next_position(same_day)
    for name, value in columns.items():
        setattr(milestone, name, value)
    milestone.save()
    index(milestone.city)
    return milestone


def components_in(place: str) -> QuerySet[Component]:
    return Component.objects.filter(city__slug=place).order_by("kind", "position", "pk")


def component_values(component: Component) -> Values:
    return {
        "kind": component.kind,
        **pair_values(component, "name", "text"),
        "original": component.original,
        **source_values(component.source),
    }


def save_component(component: Component | None, form: Any, place: str) -> Component:
    said = form.cleaned_data
    component = component or Component(city=City.objects.get(slug=place))
    if component.kind != said["kind"]:
        component.position = next_position(component.city.components.filter(kind=said["kind"]))
    columns = pair_columns(said, "name", "text") | {name: said[name] for name in ("kind", "original")}
    for name, value in columns.items():
        setattr(component, name, value)
    component.source = cite(said)
    component.save()
    publish_pictures_in(component.text_th, component.text_en, place=component.city.slug)
    index(component.city)
    return component


def next_position(records: QuerySet[Any]) -> int:
    """Return the place after the last of these records."""
    return (records.aggregate(last=Max("position"))["last"] or 0) + 1


def remove(record: Milestone | Component) -> None:
    record.delete()
    index(record.city)


MILESTONE = Kind(
    name="milestone",
    label=gettext_lazy("Milestone"),
    plural=gettext_lazy("Milestones"),
    model=Milestone,
    form=MilestoneForm,
    place_of=place_of,
    values_of=milestone_values,
    records_in=milestones_in,
    save=save_milestone,
    title_of=lambda milestone: milestone.text,
    follows=("city",),
    remove=remove,
    begins_in=bool,
)
COMPONENT = Kind(
    name="component",
    label=gettext_lazy("Learning component"),
    plural=gettext_lazy("Learning components"),
    model=Component,
    form=ComponentForm,
    place_of=place_of,
    values_of=component_values,
    records_in=components_in,
    save=save_component,
    title_of=lambda component: component.name,
    follows=("city",),
    remove=remove,
    begins_in=bool,
)
