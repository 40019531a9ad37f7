"""Places and resources to learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from learningcity.cities.enums import Theme
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import Filter, among, choice, where
from learningcity.interfaces.api.fields import code, links, number, pair, plainly, reference, source, surely
from learningcity.interfaces.api.resources import Resource
from learningcity.library.enums import (
    Audience,
    Cost,
    Format,
    Language,
    Level,
    LifeStage,
    Need,
    PlaceKind,
    ResourceKind,
    Subject,
)
from learningcity.library.queries import place_meets, places, resource_meets, resources
from learningcity.opendata.enums import License

WORDS = schemas.many(schemas.STRING)


def holding(name: str, words: Any, about: str, column: str) -> Filter:
    """Return the filter by a word that must be among those of a column."""
    return Filter(
        name=name,
        parameter=choice(map(str, words.values), about),
        narrow=lambda found, value: found.filter(**{f"{column}__contains": [value]}),
    )


def stage() -> Filter:
    """Return the filter by a stage of life; what is for people of all ages fits each of them."""
    return Filter(
        name="stage",
        parameter=choice(LifeStage.values, _("A stage of life.")),
        narrow=lambda found, value: found.filter(stages__overlap=[value, LifeStage.ALL]),
    )


def need(meets: Callable[[str], Q]) -> Filter:
    """Return the filter by what somebody needs; ``meets`` says what meets it."""
    return Filter(
        name="need",
        parameter=choice(Need.values, _("What somebody needs in order to use it.")),
        narrow=lambda found, value: found.filter(meets(value)),
    )


RESOURCES_TO_LEARN = Resource(
    name="learning-resources",
    one="LearningResource",
    about=_("Books, films, courses and others from which people learn, in the words of LRMI."),
    records=resources,
    fields=(
        surely("slug", schemas.STRING),
        reference("city", "city", "cities"),
        pair("title"),
        pair("summary"),
        code("kind", ResourceKind),
        code("subject", Subject),
        code("theme", Theme),
        pair("teaches"),
        pair("assesses"),
        surely("stages", WORDS),
        surely("levels", WORDS),
        surely("audiences", WORDS),
        surely("languages", WORDS),
        surely("senses", WORDS),
        surely("access", WORDS),
        code("format", Format),
        plainly("minutes", schemas.INTEGER),
        code("cost", Cost),
        code("license", License),
        plainly("authors", schemas.STRING),
        pair("publisher"),
        plainly("url", schemas.STRING),
        plainly("dataset", schemas.STRING, "kept_in"),
        surely("original", schemas.STRING),
        source(),
        links("learning-resources", "/library/{}/"),
    ),
    filters=(
        where("city", "city__slug", _("The key of a city.")),
        stage(),
        need(resource_meets),
        among("kind", ResourceKind, _("What kind of resource.")),
        among("subject", Subject, _("What it is about.")),
        among("license", License, _("What others may do with it.")),
        holding("language", Language, _("The tag of a language in which it speaks."), "languages"),
        holding("audience", Audience, _("Who uses it."), "audiences"),
        holding("level", Level, _("A level of education."), "levels"),
        among("cost", Cost, _("Whether it costs anything.")),
    ),
)

PLACES_TO_LEARN = Resource(
    name="learning-places",
    one="LearningPlace",
    about=_("Libraries, museums, learning centers and other places to which people go to learn."),
    records=places,
    fields=(
        surely("slug", schemas.STRING),
        reference("city", "city", "cities"),
        pair("name"),
        pair("summary"),
        code("kind", PlaceKind),
        surely("subjects", WORDS),
        pair("area"),
        pair("address"),
        number("latitude"),
        number("longitude"),
        plainly("weekly", schemas.STRING),
        pair("hours"),
        surely("stages", WORDS),
        surely("access", WORDS),
        code("cost", Cost),
        plainly("contact", schemas.STRING),
        plainly("url", schemas.STRING),
        surely("original", schemas.STRING),
        source(),
        links("learning-places", "/library/places/{}/"),
    ),
    filters=(
        where("city", "city__slug", _("The key of a city.")),
        stage(),
        need(place_meets),
        among("kind", PlaceKind, _("What kind of place.")),
        holding("subject", Subject, _("What one can learn there."), "subjects"),
        among("cost", Cost, _("Whether it costs anything.")),
    ),
)

RESOURCES = (RESOURCES_TO_LEARN, PLACES_TO_LEARN)
