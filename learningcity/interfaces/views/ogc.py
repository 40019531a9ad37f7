"""OGC API - Features: places for maps."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from learningcity.interfaces.actions.allowances import QUESTION, RECORD
from learningcity.interfaces.exports import ogc as documents
from learningcity.interfaces.exports.ogc import GEOJSON, JSON, OPENAPI, Document
from learningcity.interfaces.exports.ogc_openapi import definition
from learningcity.interfaces.forms.ogc import Wrong, only, read_selection
from learningcity.interfaces.queries.features import collection_named, collections, feature_named, selected
from learningcity.interfaces.views.limiting import limited
from learningcity.opendata.registry import Publication

View = Callable[..., HttpResponseBase]


class NotThere(Exception):
    """There is no such collection, or no such feature in it."""


def answered(kind: str, status: int, document: Document) -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=status, content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def too_often(reason: str) -> HttpResponse:
    return answered(JSON, 429, documents.problem(429, reason))


def price_of(request: HttpRequest) -> int:
    """Return what a request costs: much less than a list, unless it is for one."""
    return QUESTION if request.path_info.endswith("/items") else RECORD


def open_to_all(view: View) -> View:
    """Answer anybody, and errors as the standard says them."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
        try:
            return view(request, **named)
        except Wrong as problem:
            return answered(JSON, 400, documents.problem(400, str(problem)))
        except NotThere:
            return answered(JSON, 404, documents.problem(404, "There is no such thing."))

    return csrf_exempt(login_not_required(require_safe(limited(too_often, price_of)(answer))))


@open_to_all
def ogc(request: HttpRequest) -> HttpResponse:
    """Say what there is."""
    only(request.GET.dict())
    return answered(JSON, 200, documents.landing())


@open_to_all
def ogc_api(request: HttpRequest) -> HttpResponse:
    """Give the definition of the API."""
    only(request.GET.dict())
    return answered(OPENAPI, 200, definition())


@open_to_all
def ogc_conformance(request: HttpRequest) -> HttpResponse:
    """Say which classes of the standard are implemented."""
    only(request.GET.dict())
    return answered(JSON, 200, documents.conformance())


@open_to_all
def ogc_collections(request: HttpRequest) -> HttpResponse:
    """Name the collections."""
    only(request.GET.dict())
    return answered(JSON, 200, documents.collection_list(collections()))


@open_to_all
def ogc_collection(request: HttpRequest, name: str) -> HttpResponse:
    """Describe a collection."""
    only(request.GET.dict())
    return answered(JSON, 200, documents.collection(named(name)))


@open_to_all
def ogc_items(request: HttpRequest, name: str) -> HttpResponse:
    """Give features, and the link to the next ones."""
    collection, given = named(name), request.GET.dict()
    found, matched, has_more = selected(collection, read_selection(given))
    here = documents.address(f"collections/{name}/items")
    links = [
        documents.link("self", f"{here}?{urlencode(given)}".rstrip("?"), GEOJSON, "This page"),
        documents.link("collection", documents.address(f"collections/{name}"), JSON, "The collection"),
    ]
    if has_more:
        # By the id from here on, so that nothing is passed over when something goes.
        following = urlencode(
            {name: said for name, said in given.items() if name != "offset"} | {"after": found[-1]["id"]}
        )
        links.append(documents.link("next", f"{here}?{following}", GEOJSON, "The next page"))
    said = {"numberMatched": matched, "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"), "links": links}
    return answered(GEOJSON, 200, documents.items(found, said))


@open_to_all
def ogc_item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Give one feature."""
    only(request.GET.dict())
    collection = named(name)
    if found := feature_named(collection, key):
        return answered(GEOJSON, 200, documents.item(collection, found))
    raise NotThere


def named(name: str) -> Publication:
    """Return a collection.

    :raises NotThere: if there is none of this name.
    """
    if found := collection_named(name):
        return found
    raise NotThere
