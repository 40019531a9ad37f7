"""Sources, and what rests on them: found by walking the models, so that a new app cannot be forgotten."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Case, Count, ForeignKey, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from learningcity.sources.models import Source
from learningcity.sources.registry import display_of, finders

# So many of those that were added last are offered everywhere.
LATELY = 10


def sources_for(place: str, *chosen: str) -> list[Source]:
    """Return the sources to choose from in a place: those chosen already, its own, and those that were added lately."""
    used = {pk for find in finders for pk in find(place)} if place else set()
    lately = Source.objects.order_by("-pk").values_list("pk", flat=True)[:LATELY]
    wanted = Source.objects.filter(Q(pk__in=used | set(lately)) | Q(slug__in=chosen))
    return sorted(wanted, key=lambda source: (source.slug not in chosen, source.pk not in used, -source.pk))


@dataclass(frozen=True)
class Fact:
    """One record that rests on a source."""

    title: object
    address: str


@dataclass(frozen=True)
class FactGroup:
    """The records of one kind that rest on a source: how many there are, and a way to them."""

    key: str
    name: str
    count: int
    records: QuerySet[Any]
    field: "ForeignKey[Any, Any]"

    def facts(self, first: int, last: int) -> list[Fact]:
        """Return the facts from the first place up to, but not with, the last."""
        display = display_of(self.field)
        return [Fact(display.title(record), display.address(record)) for record in self.records[first:last]]


def sources_in_order(language: str) -> QuerySet[Source]:
    """Return all sources by title; in Thai in dictionary order, those without a title in the language at the end."""
    if language == "th":
        return Source.objects.order_by(Case(When(title_th="", then=1), default=0), "sort_th", Lower("title_en"), "pk")
    return Source.objects.order_by(Case(When(title_en="", then=1), default=0), Lower("title_en"), "sort_th", "pk")


@cache
def fields_that_name_a_source() -> tuple["ForeignKey[Any, Any]", ...]:
    """Return every foreign key of the project that points to a source, of whatever app."""
    return tuple(
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is Source
    )


def facts_per_source(*sources: Source) -> Counter[int]:
    """Count the facts that rest on each of these sources, by the source's number, in one query."""
    total: Counter[int] = Counter()
    for source_number, _, facts in _counts(sources):
        total[source_number] += facts
    return total


def fact_groups(source: Source) -> list[FactGroup]:
    """Return what rests on this source, one group for each kind of record that has any."""
    counts = {place: facts for _, place, facts in _counts([source])}
    return [
        FactGroup(
            key=key_of(field),
            name=str(field.model._meta.verbose_name_plural),
            count=counts[place],
            records=field.model._default_manager.filter(**{field.name: source})
            .select_related(*display_of(field).follows)
            .order_by("pk"),
            field=field,
        )
        for place, field in enumerate(fields_that_name_a_source())
        if place in counts
    ]


def _counts(sources: Sequence[Source]) -> list[tuple[int, int, int]]:
    """Return (source, place of the field, number of records) wherever there is any record."""
    if not sources:
        return []
    first, *others = (
        field.model._default_manager.filter(**{f"{field.name}__in": sources})
        .order_by()
        .values_list(field.attname, Value(place, IntegerField()))
        .annotate(facts=Count("pk"))
        for place, field in enumerate(fields_that_name_a_source())
    )
    return list(first.union(*others, all=True))


def key_of(field: "ForeignKey[Any, Any]") -> str:
    """Return the name of a group in addresses, such as ``milestone`` or ``city-location-source``."""
    model = field.model._meta.model_name or ""
    return model if field.name == "source" else f"{model}-{field.name.replace('_', '-')}"
