"""Searching the catalog as package_search does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value

from learningcity.interfaces.queries.ckan import filters
from learningcity.interfaces.queries.ckan.names import license_id
from learningcity.interfaces.queries.ckan.problems import SearchQueryError
from learningcity.opendata.enums import GDC, DataType
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Entry, Owner, catalog, entries, owners_of
from learningcity.search.queries import keys_found

EVERYTHING = ("", "*:*", "*")
# The kind under which datasets stand in the search.
KIND = "dataset"
SORTED_BY = {
    "id": "uid",
    "name": "slug",
    "title": "title_th",
    "title_string": "title_th",
    "metadata_created": "created_at",
    "metadata_modified": "changed_at",
}
USUAL_SORT = "score desc, metadata_modified desc"


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet, and in how many of the found datasets it stands."""

    name: str
    title: str
    count: int


def matching(q: str, fq: list[str]) -> QuerySet[Dataset]:
    """Return the datasets that a search finds; those that answer words carry their place in the answer as ``rank``.

    :raises SearchQueryError: if a filter is not understood.
    """
    found = catalog()
    for one in fq:
        found = found.filter(filters.read(one))
    if q.strip() in EVERYTHING:
        return found
    try:
        return found.filter(filters.read(q))
    except SearchQueryError:
        # No filter, then: words.
        keys = [int(key) for key in keys_found(q, KIND)]
    order = Value(keys, output_field=ArrayField(BigIntegerField()))
    place = Func(order, F("pk"), function="array_position", output_field=IntegerField())
    return found.filter(pk__in=keys).annotate(rank=place)


def ordered(found: QuerySet[Dataset], sort: str) -> QuerySet[Dataset]:
    """Return the datasets in the order that was asked for.

    :raises SearchQueryError: if that is no order.
    """
    orders = []
    for part in sort.split(","):
        name, _, direction = part.strip().partition(" ")
        direction = direction.strip().lower() or "asc"
        if direction not in {"asc", "desc"} or name not in {"score", *SORTED_BY}:
            raise SearchQueryError(f"Search Query is invalid: Invalid sort parameter {part.strip()!r}")
        if name != "score":
            orders.append(("-" if direction == "desc" else "") + SORTED_BY[name])
        elif "rank" in found.query.annotations:
            # What answers best has the highest score and the first place.
            orders.append("rank" if direction == "desc" else "-rank")
    return found.order_by(*orders, "uid")


def page_of(found: QuerySet[Dataset], start: int, rows: int) -> list[Entry]:
    """Return some of the datasets, with all that is said of them; none beyond the last."""
    # A page number beyond what the database counts is beyond the last page too.
    if not rows or start >= 2**31:
        return []
    chosen = list(found.values_list("pk", flat=True)[start : start + rows])
    known = {entry.dataset.pk: entry for entry in entries(catalog().filter(pk__in=chosen))} if chosen else {}
    return [known[pk] for pk in chosen if pk in known]


def facets_of(found: QuerySet[Dataset], names: list[str], most: int) -> dict[str, list[Facet]]:
    """Return the values of some facets among the found datasets, the most frequent first; an unknown facet has none."""
    said = list(found.order_by().values("pk", "place", "data_type", "license", "keywords_th", "keywords_en"))
    owners = owners_of({one["place"] for one in said}) if "organization" in names else {}
    facets = {}
    for name in names:
        counted: Counter[tuple[str, str]] = Counter()
        if name == "res_format":
            for entry in entries(catalog().filter(pk__in=[one["pk"] for one in said])):
                counted.update((form.upper(), form.upper()) for form in {offer.format for offer in entry.offers})
        else:
            for one in said:
                counted.update(_values(name, one, owners))
        best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        facets[name] = [Facet(value, title, count) for (value, title), count in best[: most if most >= 0 else None]]
    return facets


def _values(name: str, said: Any, owners: dict[str, Owner]) -> set[tuple[str, str]]:
    match name:
        case "organization":
            owner = owners[said["place"]]
            return {(owner.slug, owner.name.th or owner.name.en)}
        case "groups":
            return {(said["data_type"], GDC[DataType][said["data_type"]])}
        case "tags":
            return {(tag, tag) for tag in (*said["keywords_th"], *said["keywords_en"])}
        case "license_id":
            return {(license_id(said["license"]),) * 2}
    return set()
