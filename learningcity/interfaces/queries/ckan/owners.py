"""Who publishes, and the tags that datasets carry."""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.db.models import Count, QuerySet

from learningcity.interfaces.queries.ckan import filters
from learningcity.interfaces.queries.ckan.names import id_of
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Owner, catalog, owners, owners_of

organization_id = partial(id_of, "organization")
group_id = partial(id_of, "group")
tag_id = partial(id_of, "tag")


def organizations() -> dict[Owner, int]:
    """Return all who publish, by name, each with the number of their datasets; the network is always among them."""
    counted = Counter(dict.fromkeys(owners_of({""}).values(), 0))
    for owner, count in owners():
        counted[owner] += count
    return dict(sorted(counted.items(), key=lambda one: one[0].slug))


def organization_named(name: str) -> tuple[Owner, int] | None:
    """Return who publishes under this name or id."""
    known = organizations()
    return next(((owner, known[owner]) for owner in known if name in (owner.slug, organization_id(owner.slug))), None)


def datasets_of(owner: Owner) -> QuerySet[Dataset]:
    """Return what somebody publishes."""
    return catalog().filter(filters.FIELDS["organization"](owner.slug))


def groups() -> dict[str, int]:
    """Return the kinds of data, each with the number of its datasets."""
    return dict(catalog().order_by().values_list("data_type").annotate(Count("pk")))


def tags() -> dict[str, int]:
    """Return all tags by name, each with the number of datasets that carry it."""
    counted: Counter[str] = Counter()
    for th, en in catalog().order_by().values_list("keywords_th", "keywords_en"):
        counted.update({*th, *en})
    return dict(sorted(counted.items()))
