"""Datasets that a reader looks for: by words, place, kind, format and license, and how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from learningcity.common.thai.words import clean
from learningcity.opendata.enums import DataType, License
from learningcity.opendata.models import Dataset, Distribution, Version
from learningcity.opendata.queries.catalog import MEDIA_TYPES, NETWORK, TABLE_FORMATS, catalog, owners
from learningcity.opendata.registry import publications

MOST_WORDS, LONGEST_WORDS = 8, 100
SEARCHED = ("title_th", "title_en", "notes_th", "notes_en", "words_th", "words_en")


@dataclass(frozen=True, slots=True)
class DatasetSelection:
    """Which datasets somebody wants to see; an empty field selects nothing."""

    words: str = ""
    place: str = ""
    data_type: str = ""
    format: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that can be chosen, what a person reads, and how many datasets it leaves."""

    value: str
    label: object
    count: int


def select_datasets(selection: DatasetSelection) -> QuerySet[Dataset]:
    """Return the datasets of the catalog that fit, newest first."""
    found = catalog()
    if selection.place:
        found = found.filter(place="" if selection.place == NETWORK else selection.place)
    if selection.data_type:
        found = found.filter(data_type=selection.data_type)
    if selection.license:
        found = found.filter(license=selection.license)
    if selection.format:
        found = found.filter(offered_as(selection.format))
    words = clean(selection.words)[:LONGEST_WORDS].split()[:MOST_WORDS]
    if words:
        found = found.annotate(words_th=Cast("keywords_th", TextField()), words_en=Cast("keywords_en", TextField()))
    for word in words:
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    return found


def offered_as(form: str) -> Q:
    """Return the condition that a dataset is offered in a kind of file: as it was brought, or made of a table."""
    newest = Version.objects.filter(dataset=OuterRef(OuterRef("pk"))).order_by("-number").values("pk")[:1]
    part = Distribution.objects.filter(version=Subquery(newest))
    if form in TABLE_FORMATS:
        return ~Q(publication="") | Q(Exists(part.filter(Q(format=form) | Q(table__isnull=False))))
    placed = [each.name for each in publications() if each.has_places] if form == "geojson" else []
    return Q(publication__in=placed) | Q(Exists(part.filter(format=form)))


def facets() -> Mapping[str, list[Counted]]:
    """Return what can be chosen, with as many questions for a large catalog as for a small one."""
    kinds, licenses = _per("data_type"), _per("license")
    formats = catalog().order_by().aggregate(**{form: Count("pk", filter=offered_as(form)) for form in MEDIA_TYPES})
    return {
        "place": [Counted(owner.slug, owner.name, count) for owner, count in owners()],
        "data_type": [Counted(kind.value, kind.label, kinds[kind]) for kind in DataType if kind in kinds],
        "format": [Counted(form, form.upper(), count) for form, count in formats.items() if count],
        "license": [Counted(each.value, each.label, licenses[each]) for each in License if each in licenses],
    }


def _per(name: str) -> dict[str, int]:
    return dict(catalog().order_by().values_list(name).annotate(Count("pk")))
