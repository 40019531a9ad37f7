"""Datasets: listed, shown and searched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db.models import Q

from learningcity.interfaces.exports.ckan.packages import package
from learningcity.interfaces.queries.ckan import searching
from learningcity.interfaces.queries.ckan.problems import NotFound, SearchQueryError, ValidationError
from learningcity.interfaces.views.ckan.answering import answers
from learningcity.interfaces.views.ckan.given import Given
from learningcity.opendata.actions import note_use
from learningcity.opendata.enums import Category, Way
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Entry, catalog, entries, withdrawn

MOST_ROWS = 1_000
# What package_search understands; of the last, only that what is not public stays out.
PARAMETERS = {"q", "fq", "fq_list", "sort", "rows", "start", "facet", "facet.field", "facet.limit", "facet.mincount"}
PARAMETERS |= {"include_drafts", "include_private", "include_deleted", "use_default_schema"}


@answers
def package_list(given: Given) -> list[str]:
    """Return the names of all datasets. Parameters: limit, offset."""
    offset, limit = given.number("offset", 0), given.number("limit", 0)
    names = catalog().order_by("slug").values_list("slug", flat=True)
    if offset >= 2**31:
        return []
    return list(names[offset : offset + min(limit, 2**31)] if limit else names[offset:])


@answers
def current_package_list_with_resources(given: Given) -> list[dict[str, Any]]:
    """Return datasets with their files, newest first. Parameters: limit, offset; at most 1000 at once."""
    limit = given.at_most("limit", MOST_ROWS, MOST_ROWS)
    return handed_out(searching.page_of(catalog(), given.number("offset", 0), limit))


@answers
def package_show(given: Given) -> dict[str, Any]:
    """Return a dataset with its files. Parameter: id, its id or its name."""
    return handed_out(entries(catalog().filter(pk=dataset_named(given.required("id", "name_or_id")).pk)))[0]


def handed_out(found: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return datasets in the words of CKAN, and note that they were read."""
    shown = list(found)
    note_use(Way.HARVEST, *(entry.dataset.slug for entry in shown))
    return [package(entry) for entry in shown]


def dataset_named(text: str) -> Dataset:
    """Return the dataset of this id or name.

    :raises NotFound: if there is none that anybody may see; of one that was withdrawn it says why.
    """
    named = Q(slug=text)
    with suppress(ValueError):
        named |= Q(uid=uuid.UUID(text))
    if found := catalog().filter(named).first():
        return found
    gone = withdrawn().filter(named, category=Category.PUBLIC).first()
    raise NotFound(f"Not found: it was withdrawn: {gone.reason.th or gone.reason.en}" if gone else "Not found")


@answers
def package_search(given: Given) -> dict[str, Any]:
    """Find datasets.

    Parameters: q, words as for the search of the site; fq, conditions that must all be true (organization:, groups:,
    tags:, res_format:, license_id:, metadata_modified:[… TO …], each with - before it for the contrary, OR between two);
    sort (score, id, name, title_string, metadata_created, metadata_modified, each with asc or desc); start, rows (at
    most 1000); facet.field, a list of organization, groups, tags, res_format, license_id; facet.limit.
    """
    if unknown := sorted(name for name in given.said if name not in PARAMETERS):
        raise SearchQueryError(f"Invalid search parameters: {unknown}")
    # Read before anything is searched, so that what is wrong is said at once.
    rows, start = given.at_most("rows", 10, MOST_ROWS), given.number("start", 0)
    most = given.number("facet.limit", 50) if given.said.get("facet.limit") not in (-1, "-1") else -1
    facet_names, sort = given.words("facet.field"), given.text("sort").strip() or searching.USUAL_SORT
    found = searching.matching(given.text("q"), _filters(given))
    in_order = searching.ordered(found, sort)
    wanted = facet_names if given.flag("facet", default=True) else []
    facets = searching.facets_of(found, wanted, most) if wanted else {}
    return {
        "count": found.count(),
        "sort": sort,
        "results": handed_out(searching.page_of(in_order, start, rows)),
        "facets": {name: {one.name: one.count for one in values} for name, values in facets.items()},
        "search_facets": {
            name: {
                "title": name,
                "items": [{"name": one.name, "display_name": one.title, "count": one.count} for one in values],
            }
            for name, values in facets.items()
        },
    }


def _filters(given: Given) -> list[str]:
    more = given.json("fq_list")
    if more is None:
        more = []
    if not isinstance(more, list) or not all(isinstance(one, str) for one in more) or len(more) > 50:
        raise ValidationError("fq_list", "Not a list of strings")
    return [one for one in (given.text("fq"), *more) if one.strip()]
