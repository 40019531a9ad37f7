"""The catalog in DCAT-AP: Turtle, JSON-LD and RDF/XML."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rdflib import Graph

from learningcity.interfaces.actions.allowances import RECORD
from learningcity.interfaces.exports.dcat import Profile
from learningcity.interfaces.exports.dcat_catalog import Page, catalog_page, dataset_graph, tombstone_graph
from learningcity.interfaces.views.limiting import limited
from learningcity.opendata.queries import catalog, entries, entry_of, withdrawn

# The ending of the address -> what rdflib calls it, and its media type.
FORMATS = {
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
}
# Half a second's work, and small enough to be kept in memory.
PAGE_SIZE = 50


def refusal(status: int, reason: str) -> HttpResponse:
    response = HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def too_often(reason: str) -> HttpResponse:
    return refusal(429, reason)


@csrf_exempt
@login_not_required
@require_safe
@limited(too_often)
def dcat_catalog(request: HttpRequest, extension: str) -> HttpResponse:
    """Give a page of the catalog. Datasets stand in the order in which they came, so that none is passed over."""
    said = request.GET.dict()
    profile, after, number = said.pop("_profile", ""), said.pop("after", "0"), said.pop("page", "1")
    if said or profile not in list(Profile) or not (is_number(after) and is_number(number)) or int(number) < 1:
        return refusal(400, "Arguments are: after or page (numbers), and _profile (dcatap2 or dcatap3).")
    start = (int(number) - 1) * PAGE_SIZE
    datasets = catalog().order_by("pk")
    found = list(entries(datasets.filter(pk__gt=int(after))[start : start + PAGE_SIZE + 1]))
    if not found and start:
        return refusal(404, "The catalog has no such page.")
    address = f"{settings.SITE_URL}/catalog.{extension}"
    chosen = {"_profile": profile} if profile else {}
    last = found[PAGE_SIZE - 1].dataset.pk if len(found) > PAGE_SIZE else None
    page = Page(
        entries=found[:PAGE_SIZE],
        total=datasets.count(),
        size=PAGE_SIZE,
        changed_at=datasets.aggregate(newest=Max("changed_at"))["newest"],
        url=f"{settings.SITE_URL}{request.get_full_path()}",
        first=f"{address}?{urlencode(chosen)}".rstrip("?"),
        next=f"{address}?{urlencode({'after': last, **chosen})}" if last else "",
    )
    response = written(catalog_page(page, Profile(profile)), extension)
    if page.next:
        response["Link"] = f'<{page.next}>; rel="next"'
    return response


@csrf_exempt
@login_not_required
@require_safe
@limited(too_often, RECORD)
def dcat_dataset(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """Give one dataset; of a withdrawn one its tombstone, with 410."""
    profile = request.GET.get("_profile", "")
    if profile not in list(Profile):
        return refusal(400, "_profile is dcatap2 or dcatap3.")
    if dataset := catalog().filter(slug=slug).first():
        return written(dataset_graph(entry_of(dataset), Profile(profile)), extension)
    if gone := withdrawn().filter(slug=slug, category="public").first():
        response = written(tombstone_graph(gone), extension)
        response.status_code = 410
        return response
    return refusal(404, "There is no such dataset.")


def is_number(text: str) -> bool:
    """Tell whether a text is a number that the database can compare."""
    return text.isascii() and text.isdecimal() and len(text) <= 15


def written(graph: Graph, extension: str) -> HttpResponse:
    """Return a graph in the words of a kind of file."""
    form, media_type = FORMATS[extension]
    names: dict[str, Any] = {}
    if extension == "jsonld":
        names = {"context": {prefix: str(uri) for prefix, uri in graph.namespaces()}}
    text = in_order(graph).serialize(None, form, None, "utf-8", **names)
    if extension == "jsonld":
        text = with_nodes_in_order(text)
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def in_order(graph: Graph) -> Graph:
    """Return what is said in an order that does not depend on the process: the mark of a page is that of its bytes."""
    ordered = Graph(namespace_manager=graph.namespace_manager)
    for triple in sorted(graph, key=lambda triple: (str(triple[0]), str(triple[1]), triple[2].n3())):
        ordered.add(triple)
    return ordered


def with_nodes_in_order(text: bytes) -> bytes:
    """Return JSON-LD with its nodes in the order of their addresses; rdflib writes them as a set gives them."""
    said = json.loads(text)
    if nodes := said.get("@graph"):
        said["@graph"] = sorted(nodes, key=lambda node: str(node["@id"]))
    return json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False).encode()
