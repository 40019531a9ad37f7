"""The next part of the list of an origin, whatever its catalog speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from learningcity.common.fetching import Limits
from learningcity.harvest.enums import Kind, Scope
from learningcity.harvest.models import Origin
from learningcity.harvest.tasks import ckan, dcat, oai, table
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.robots import Harvester

READERS: dict[str, Callable[[Asking, dict[str, Any]], Page]] = {
    Kind.CKAN: ckan.page,
    Kind.DCAT: dcat.page,
    Kind.OAI: oai.page,
    Kind.TABLE: table.page,
}
# Of a list at once, after unpacking.
LISTS = Limits(size=20_000_000, seconds=90)
# What is never asked otherwise than whole.
WITHOUT_MEMORY: dict[str, Any] = {}


def asking_of(origin: Origin, allowed: frozenset[str], scope: str) -> Asking:
    """Return what is asked of an origin in a run of this scope."""
    return Asking(
        fetcher=Harvester(allowed, limits=LISTS),
        address=origin.address,
        license=origin.license,
        title=origin.title,
        memory=origin.memory if scope == Scope.CHANGES else WITHOUT_MEMORY,
    )


def next_page(origin: Origin, asking: Asking, cursor: dict[str, Any]) -> Page:
    """Return the next part of a list.

    :raises NotFetched: if there is an obstacle.
    """
    return READERS[origin.kind](asking, cursor)
