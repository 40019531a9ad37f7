"""Organizations, groups and tags."""

from __future__ import annotations

from typing import Any

from learningcity.interfaces.exports.ckan import owners as told
from learningcity.interfaces.exports.ckan.packages import package
from learningcity.interfaces.queries.ckan import owners
from learningcity.interfaces.queries.ckan.filters import FIELDS
from learningcity.interfaces.queries.ckan.problems import NotFound
from learningcity.interfaces.queries.ckan.searching import page_of
from learningcity.interfaces.views.ckan.answering import answers
from learningcity.interfaces.views.ckan.given import Given
from learningcity.interfaces.views.ckan.packages import MOST_ROWS
from learningcity.opendata.enums import DataType
from learningcity.opendata.queries import catalog


@answers
def organization_list(given: Given) -> list[Any]:
    """Return who publishes here. Parameters: all_fields, organizations (names), limit, offset."""
    chosen = given.words("organizations")
    known = [one for one in owners.organizations().items() if not chosen or one[0].slug in chosen]
    if given.flag("all_fields"):
        return [told.organization(owner, count) for owner, count in _some(known, given)]
    return [owner.slug for owner, _count in _some(known, given)]


@answers
def organization_show(given: Given) -> dict[str, Any]:
    """Return one who publishes here. Parameters: id, the id or the name; include_datasets."""
    found = owners.organization_named(given.required("id"))
    if found is None:
        raise NotFound("Not found")
    said = told.organization(*found)
    if given.flag("include_datasets"):
        said["packages"] = [package(entry) for entry in page_of(owners.datasets_of(found[0]), 0, MOST_ROWS)]
    return said


@answers
def group_list(given: Given) -> list[Any]:
    """Return the kinds of data. Parameters: all_fields, groups (names), limit, offset."""
    chosen = given.words("groups")
    names = [name for name in DataType.values if not chosen or name in chosen]
    counted = owners.groups()
    if given.flag("all_fields"):
        return [told.group(name, counted.get(name, 0)) for name in _some(names, given)]
    return _some(names, given)


@answers
def group_show(given: Given) -> dict[str, Any]:
    """Return one kind of data. Parameters: id, the id or the name; include_datasets."""
    text = given.required("id")
    for name in DataType.values:
        if text in (name, owners.group_id(name)):
            said = told.group(name, owners.groups().get(name, 0))
            if given.flag("include_datasets"):
                found = page_of(catalog().filter(data_type=name), 0, MOST_ROWS)
                said["packages"] = [package(entry) for entry in found]
            return said
    raise NotFound("Not found")


@answers
def tag_list(given: Given) -> list[Any]:
    """Return all tags. Parameters: query (letters that stand in it), all_fields."""
    found = _tags(given)
    return [told.tag(name) for name in found] if given.flag("all_fields") else found


@answers
def tag_show(given: Given) -> dict[str, Any]:
    """Return one tag. Parameters: id, the id or the name; include_datasets."""
    text = given.required("id")
    for name in owners.tags():
        if text in (name, owners.tag_id(name)):
            said = told.tag(name)
            if given.flag("include_datasets"):
                found = page_of(catalog().filter(FIELDS["tags"](name)), 0, MOST_ROWS)
                said["packages"] = [package(entry) for entry in found]
            return said
    raise NotFound("Not found")


@answers
def tag_search(given: Given) -> dict[str, Any]:
    """Find tags. Parameters: query (letters that stand in it), limit, offset."""
    found = _tags(given)
    return {"count": len(found), "results": [told.tag(name) for name in _some(found, given)]}


@answers
def tag_autocomplete(given: Given) -> list[str]:
    """Return some tags. Parameters: query (letters that stand in it), limit (10)."""
    return _tags(given)[: given.number("limit", 10)]


def _tags(given: Given) -> list[str]:
    if given.text("vocabulary_id"):
        raise NotFound("Not found: there are no vocabularies")
    letters = (given.text("query") or given.text("q")).strip().lower()
    return [name for name in owners.tags() if letters in name.lower()]


def _some(things: list[Any], given: Given) -> list[Any]:
    offset, limit = given.number("offset", 0), given.number("limit", 0)
    return things[offset : offset + limit] if limit else things[offset:]
