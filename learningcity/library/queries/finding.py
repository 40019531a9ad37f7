"""Places and resources side by side, as a reader looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Lower

from learningcity.library.enums import MEETS, LifeStage, PlaceKind, ResourceKind
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.search.queries import keys_found

RESOURCE, PLACE = "resource", "place"
RESOURCES, PLACES = "resources", "places"
# Names of the records in the search.
KINDS = {RESOURCE: "learning-resource", PLACE: "learning-place"}
TITLES = {RESOURCE: "title", PLACE: "name"}


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody looks for; an empty field selects nothing."""

    stage: str = ""
    subject: str = ""
    language: str = ""
    audience: str = ""
    need: str = ""
    license: str = ""
    city: str = ""
    # A kind of resource or of place; or all resources, or all places.
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One place or resource."""

    what: str
    record: Any


def select_resources(chosen: Selection) -> QuerySet[LearningResource]:
    """Return the resources that fit, in no order."""
    found = LearningResource.objects.all()
    if chosen.kind and chosen.kind != RESOURCES:
        found = found.filter(kind=chosen.kind) if chosen.kind in ResourceKind.values else found.none()
    if chosen.subject:
        found = found.filter(subject=chosen.subject)
    if chosen.license:
        found = found.filter(license=chosen.license)
    if chosen.language:
        found = found.filter(languages__contains=[chosen.language])
    if chosen.audience:
        found = found.filter(audiences__contains=[chosen.audience])
    if chosen.need:
        found = found.filter(access__overlap=MEETS[chosen.need][0])
    return _narrowed(found, chosen, RESOURCE)


def select_places(chosen: Selection) -> QuerySet[LearningPlace]:
    """Return the places that fit, in no order: none, if what is asked for can only be said of resources."""
    found = LearningPlace.objects.all()
    if chosen.subject or chosen.license or chosen.language or chosen.audience:
        found = found.none()
    if chosen.kind and chosen.kind != PLACES:
        found = found.filter(kind=chosen.kind) if chosen.kind in PlaceKind.values else found.none()
    if chosen.need:
        found = found.filter(access__overlap=MEETS[chosen.need][1])
    return _narrowed(found, chosen, PLACE)


def _narrowed(found: QuerySet[Any], chosen: Selection, what: str) -> QuerySet[Any]:
    if chosen.stage:
        found = found.filter(stages__overlap=[chosen.stage, LifeStage.ALL])
    if chosen.city:
        found = found.filter(city__slug=chosen.city)
    if chosen.words:
        found = found.filter(pk__in=keys_found(chosen.words, KINDS[what]))
    return found


def labels(found: QuerySet[Any], what: str) -> QuerySet[Any]:
    """Return the same records with the same columns, whatever they are: ``what``, ``named_th`` and ``named_en``."""
    title = TITLES[what]
    return found.annotate(
        what=Value(what, CharField()), named_th=F(f"{title}_th"), named_en=F(f"{title}_en"), latin=Lower(f"{title}_en")
    )


def find(chosen: Selection, language: str) -> QuerySet[Any]:
    """Return what fits as pairs of what it is and its key: by name in the order of this language, those without at the end."""
    nameless = {f"named_{language}": ""}
    absent = Case(When(then=1, **nameless), default=0, output_field=IntegerField())
    columns = ("what", "pk", "absent", "sort_th", "latin")
    resources = labels(select_resources(chosen), RESOURCE).annotate(absent=absent).values_list(*columns)
    places = labels(select_places(chosen), PLACE).annotate(absent=absent).values_list(*columns)
    order = ("sort_th", "latin") if language == "th" else ("latin", "sort_th")
    return resources.union(places, all=True).order_by("absent", *order, "what", "pk")


def found_in(pairs: Iterable[tuple[Any, ...]]) -> list[Found]:
    """Return the records behind some of what was found, in the same order."""
    pairs = list(pairs)
    keys = {what: [pair[1] for pair in pairs if pair[0] == what] for what in (RESOURCE, PLACE)}
    known: dict[str, dict[int, Any]] = {
        RESOURCE: LearningResource.objects.select_related("city").in_bulk(keys[RESOURCE]),
        PLACE: LearningPlace.objects.select_related("city").in_bulk(keys[PLACE]),
    }
    return [Found(pair[0], known[pair[0]][pair[1]]) for pair in pairs if pair[1] in known[pair[0]]]
