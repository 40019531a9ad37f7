"""Files of datasets: shown and found."""

from __future__ import annotations

import uuid
from typing import Any

from learningcity.interfaces.exports.ckan.packages import resource
from learningcity.interfaces.queries.ckan.problems import NotFound, ValidationError
from learningcity.interfaces.views.ckan.answering import answers
from learningcity.interfaces.views.ckan.given import Given
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Offer, catalog, entries, find_offer

SEARCHED = ("id", "name", "description", "format", "url", "hash", "mimetype")
MOST_FOUND, MOST_CONDITIONS = 1_000, 20


def offer_named(text: str) -> tuple[Dataset, Offer]:
    """Return the dataset and the file of this id.

    :raises NotFound: if there is none that anybody may see.
    """
    try:
        found = find_offer(uuid.UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise NotFound("Not found: Resource was not found.")
    return found


@answers
def resource_show(given: Given) -> dict[str, Any]:
    """Return one file. Parameter: id."""
    return resource(*offer_named(given.required("id")))


@answers
def resource_view_list(given: Given) -> list[Any]:
    """Return an empty list: files have no views here besides the page of their dataset. Parameter: id."""
    offer_named(given.required("id"))
    return []


@answers
def resource_search(given: Given) -> dict[str, Any]:
    """Find files. Parameters: query, one or a list of field:letters (id, name, format, url, hash …); limit, offset."""
    wanted = [_condition(one) for one in _queries(given)]
    offset, limit = given.number("offset", 0), given.at_most("limit", MOST_FOUND, MOST_FOUND)
    found = []
    for entry in entries(catalog()):
        for position, offer in enumerate(entry.offers):
            said = resource(entry.dataset, offer, position)
            if all(letters in str(said[name] or "").lower() for name, letters in wanted):
                found.append(said)
    return {"count": len(found), "results": found[offset : offset + limit]}


def _queries(given: Given) -> list[Any]:
    queries = given.json("query")
    if not queries:
        raise ValidationError("query", "Missing value")
    queries = [queries] if isinstance(queries, str) else queries
    if not isinstance(queries, list) or len(queries) > MOST_CONDITIONS:
        raise ValidationError("query", "Must be <field>:<value> pair(s)")
    return queries


def _condition(query: Any) -> tuple[str, str]:
    name, colon, letters = query.partition(":") if isinstance(query, str) else ("", "", "")
    if not colon:
        raise ValidationError("query", "Must be <field>:<value> pair(s)")
    if name not in SEARCHED:
        raise ValidationError("query", f'Field "{name}" not recognised in resource_search.')
    return name, letters.lower()
