"""Places and resources side by side, as a reader looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from learningcity.library.enums import MEETS, SPARED, LifeStage, Opening, PlaceKind, ResourceKind
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.pictures.queries import pictures_numbered
from learningcity.search.queries import keys_found

RESOURCE, PLACE = "resource", "place"
RESOURCES, PLACES = "resources", "places"
# Names of the records in the search.
KINDS = {RESOURCE: "learning-resource", PLACE: "learning-place"}
OPEN = {
    Opening.WEEKEND: "S[au] ",
    Opening.SATURDAY: "Sa ",
    Opening.SUNDAY: "Su ",
    Opening.EVENING: "-(18:[0-5][1-9]|18:[1-5]0|19|2|0[0-5])",
}
TITLES = {RESOURCE: "title", PLACE: "name"}


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody looks for; an empty field selects nothing."""

    stage: str = ""
    subject: str = ""
    language: str = ""
    level: str = ""
    audience: str = ""
    need: str = ""
    cost: str = ""
    # When a place is open.
    open: str = ""
    license: str = ""
    city: str = ""
    # A kind of resource or of place; or all resources, or all places.
    kind: str = ""
    words: str = ""

    @property
    def leaves_no_place(self) -> bool:
        """Whether something is asked for that can be said of resources alone."""
        return bool(self.license or self.language or self.level or self.audience)

    @property
    def leaves_no_resource(self) -> bool:
        """Whether something is asked for that can be said of places alone."""
        return bool(self.open)


@dataclass(frozen=True, slots=True)
class Found:
    """One place or resource."""

    what: str
    record: Any


def select_resources(chosen: Selection) -> QuerySet[LearningResource]:
    """Return the resources that fit, in no order."""
    found = LearningResource.objects.all()
    if chosen.leaves_no_resource:
        found = found.none()
    if chosen.kind and chosen.kind != RESOURCES:
        found = found.filter(kind=chosen.kind) if chosen.kind in ResourceKind.values else found.none()
    if chosen.subject:
        found = found.filter(subject=chosen.subject)
    if chosen.license:
        found = found.filter(license=chosen.license)
    if chosen.language:
        found = found.filter(languages__contains=[chosen.language])
    if chosen.level:
        found = found.filter(levels__contains=[chosen.level])
    if chosen.audience:
        found = found.filter(audiences__contains=[chosen.audience])
    if chosen.need:
        found = found.filter(resource_meets(chosen.need))
    return _narrowed(found, chosen, RESOURCE)


def select_places(chosen: Selection) -> QuerySet[LearningPlace]:
    """Return the places that fit, in no order: none, if what is asked for can only be said of resources."""
    found = LearningPlace.objects.all()
    if chosen.leaves_no_place:
        found = found.none()
    if chosen.subject:
        found = found.filter(subjects__contains=[chosen.subject])
    if chosen.open:
        found = found.filter(weekly__regex=OPEN[Opening(chosen.open)])
    if chosen.kind and chosen.kind != PLACES:
        found = found.filter(kind=chosen.kind) if chosen.kind in PlaceKind.values else found.none()
    if chosen.need:
        found = found.filter(place_meets(chosen.need))
    return _narrowed(found, chosen, PLACE)


def resource_meets(need: str) -> Q:
    """Return that a resource meets a need: by a feature, or because it does not take what somebody cannot do."""
    fits = Q(access__overlap=MEETS[need][0])
    if need in SPARED:
        fits |= ~Q(senses=[]) & ~Q(senses__contains=[SPARED[need]])
    return fits


def place_meets(need: str) -> Q:
    """Return that a place has something that meets a need."""
    return Q(access__overlap=MEETS[need][1])


def _narrowed(found: QuerySet[Any], chosen: Selection, what: str) -> QuerySet[Any]:
    if chosen.stage:
        found = found.filter(stages__overlap=[chosen.stage, LifeStage.ALL])
    if chosen.cost:
        found = found.filter(cost=chosen.cost)
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
    """Return the records behind some of what was found, in the same order, with their pictures."""
    pairs = list(pairs)
    keys = {what: [pair[1] for pair in pairs if pair[0] == what] for what in (RESOURCE, PLACE)}
    known: dict[str, dict[int, Any]] = {
        RESOURCE: LearningResource.objects.select_related("city").in_bulk(keys[RESOURCE]),
        PLACE: LearningPlace.objects.select_related("city").in_bulk(keys[PLACE]),
    }
    found = [Found(pair[0], known[pair[0]][pair[1]]) for pair in pairs if pair[1] in known[pair[0]]]
    pictures = pictures_numbered({one.record.photo_id for one in found} - {None})
    for one in found:
        one.record.photo = pictures.get(one.record.photo_id)
    return found
