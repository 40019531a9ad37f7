"""The lists of the site as files: each is a table of the catalog, or those of its rows that a reader chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse

from learningcity.common.text import LocalText
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import TABLE_FORMATS, Offer, catalog, offers_of
from learningcity.portal.queries.datasets import Part, parts_of_offers

# The name of a list in its address -> the table.
LISTS = {
    "cities": "cities",
    "facts": "observations",
    "milestones": "milestones",
    "practices": "practices",
    "learning-resources": "learning-resources",
    "learning-places": "learning-places",
    "sources": "sources",
    "awards": "award-editions",
    "award-categories": "award-categories",
    "plans": "plans",
    "partners": "organizations",
    "agreements": "agreements",
    "promises": "commitments",
}


def parts_of_lists(names: Iterable[str], query: str = "") -> list[Part]:
    """Return what of these lists can be taken away, narrowed by the query of an address; nothing of what is withdrawn."""
    wanted = {LISTS[name]: name for name in names}
    found = {dataset.publication: dataset for dataset in catalog().filter(publication__in=wanted)}
    return [
        part_of(found[table], lambda form, name=name: reverse("list-file", args=[name, form]) + query)  # type: ignore[misc]
        for table, name in wanted.items()
        if table in found
    ]


def parts_of_indicator(slug: str) -> list[Part]:
    """Return what of the numbers of an indicator can be taken away."""
    found = catalog().filter(publication=LISTS["facts"])
    return [part_of(dataset, lambda form: reverse("indicator-file", args=[slug, form])) for dataset in found]


def part_of_network(title: LocalText, query: str) -> Part:
    """Return the figures of a network of partners in all kinds of files; they are worked out for this query and in no catalog."""
    addresses = {form: reverse("network-file", args=[form]) + query for form in TABLE_FORMATS}
    offers = [
        Offer(uid=uuid5(NAMESPACE_URL, path), name="network", title=title, format=form, path=path)
        for form, path in addresses.items()
    ]
    return Part(name="network", title=title, offers=offers)


def part_of(dataset: Dataset, address: Callable[[str], str]) -> Part:
    """Return some rows of a live table in all its kinds of files, each at an address of its own."""
    offers = [replace(offer, path=address(offer.format)) for offer in offers_of(dataset, None, [])]
    (part,) = parts_of_offers(offers)
    part.address = reverse("dataset", args=[dataset.slug])
    return part
