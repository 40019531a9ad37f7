"""Places and resources to learn: how the search knows them, and on which pages they stand."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcity.library.enums import Accessibility, Audience, Language, Level, LifeStage, PlaceAccess, Sense, Subject
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.moderation import registry as moderation
from learningcity.portal.registry.entries import address, bodies
from learningcity.search.registry import Entry, register
from learningcity.sources.registry import Display, show


def register_library() -> None:
    """Register places and resources to learn with the search."""
    register("learning-resource", _("Learning resources"), LearningResource, resource_documents)
    register("learning-place", _("Learning places"), LearningPlace, place_documents)


def show_library() -> None:
    """Tell sources and moderation on which pages places and resources stand."""
    show(LearningResource, Display(lambda resource: resource.title, resource_address))
    show(LearningPlace, Display(lambda place: f"{place.city}: {place.name}", place_address, ("city",)))
    moderation.show("learning-resource", resource_address)
    moderation.show("learning-place", place_address)


def resource_address(resource: LearningResource) -> str:
    return reverse("learning-resource", args=[resource.slug])


def place_address(place: LearningPlace) -> str:
    return reverse("learning-place", args=[place.slug])


def resource_documents(resources: QuerySet[LearningResource]) -> Iterator[Entry]:
    """Describe resources with all words in which they are told."""
    for one in resources.select_related("city").iterator(chunk_size=200):
        yield Entry(
            key=str(one.pk),
            address=address("learning-resource", one.slug),
            title_th=one.title_th,
            title_en=one.title_en,
            city=one.city.slug if one.city else "",
            **bodies(partial(resource_texts, one)),
        )


def resource_texts(one: LearningResource, language: str) -> Iterator[object]:
    yield from (one.summary, one.teaches, one.assesses, one.publisher, one.authors)
    yield from (one.get_kind_display(), one.get_subject_display(), one.get_theme_display())
    for words, chosen in (
        (LifeStage, one.stages),
        (Level, one.levels),
        (Audience, one.audiences),
        (Language, one.languages),
        (Sense, one.senses),
        (Accessibility, one.access),
    ):
        yield from (words(word).label for word in chosen)
    if one.city:
        yield one.city.name


def place_documents(places: QuerySet[LearningPlace]) -> Iterator[Entry]:
    """Describe places with all words in which they are told."""
    for one in places.select_related("city").iterator(chunk_size=200):
        yield Entry(
            key=str(one.pk),
            address=address("learning-place", one.slug),
            title_th=one.name_th,
            title_en=one.name_en,
            city=one.city.slug,
            **bodies(partial(place_texts, one)),
        )


def place_texts(one: LearningPlace, language: str) -> Iterator[object]:
    yield from (one.summary, one.area, one.address, one.hours, one.get_kind_display())
    yield from (Subject(word).label for word in one.subjects)
    yield from (LifeStage(word).label for word in one.stages)
    yield from (PlaceAccess(word).label for word in one.access)
    yield one.city.name
