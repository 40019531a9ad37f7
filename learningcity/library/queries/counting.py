"""How many places and resources each further filter would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q

from learningcity.library.enums import (
    Audience,
    Cost,
    Language,
    Level,
    LifeStage,
    Need,
    Opening,
    PlaceKind,
    ResourceKind,
    Subject,
)
from learningcity.library.queries.finding import (
    OPEN,
    PLACES,
    RESOURCES,
    Selection,
    place_meets,
    resource_meets,
    select_places,
    select_resources,
)
from learningcity.opendata.enums import License

STAGES = [stage for stage in LifeStage if stage != LifeStage.ALL]
Counts = dict[str, Counter[str]]
Facets = dict[str, dict[str, Q]]
BOTH: Facets = {
    "stage": {one: Q(stages__overlap=[one, LifeStage.ALL]) for one in STAGES},
    "cost": {one: Q(cost=one) for one in Cost},
}
OF_RESOURCES: Facets = BOTH | {
    "kind": {one: Q(kind=one) for one in ResourceKind} | {RESOURCES: Q()},
    "subject": {one: Q(subject=one) for one in Subject},
    "language": {one: Q(languages__contains=[one]) for one in Language},
    "level": {one: Q(levels__contains=[one]) for one in Level},
    "audience": {one: Q(audiences__contains=[one]) for one in Audience},
    "license": {one: Q(license=one) for one in License},
    "need": {one: resource_meets(one) for one in Need},
}
OF_PLACES: Facets = BOTH | {
    "kind": {one: Q(kind=one) for one in PlaceKind} | {PLACES: Q()},
    "subject": {one: Q(subjects__contains=[one]) for one in Subject},
    "open": {one: Q(weekly__regex=OPEN[one]) for one in Opening},
    "need": {one: place_meets(one) for one in Need},
}


def counts(chosen: Selection) -> Counts:
    """Return for each filter how many records each of its words would leave: of one that is chosen, the word itself."""
    found: Counts = {}
    for select, facets in ((select_resources, OF_RESOURCES), (select_places, OF_PLACES)):
        _add(found, select(chosen), facets)
        cities = select(chosen).order_by().values_list("city__slug").annotate(Count("pk"))
        found.setdefault("city", Counter()).update({slug: number for slug, number in cities if slug})
    return found


def counts_of_stages(chosen: Selection) -> Counter[str]:
    """Return how many records there are for each stage of life, whichever of them is chosen."""
    found: Counts = {}
    for select in (select_resources, select_places):
        _add(found, select(replace(chosen, stage="")), {"stage": BOTH["stage"]})
    return found["stage"]


def _add(found: Counts, records: Any, facets: Facets) -> None:
    """Count all facets of some records in one query."""
    pairs = [(facet, str(word)) for facet, words in facets.items() for word in words]
    wanted = {f"n{at}": _counted(facets[facet][word]) for at, (facet, word) in enumerate(pairs)}
    answer = records.order_by().aggregate(**wanted)
    for at, (facet, word) in enumerate(pairs):
        found.setdefault(facet, Counter())[word] += answer[f"n{at}"]


def _counted(condition: Q) -> Count:
    return Count("pk", filter=condition) if condition else Count("pk")
