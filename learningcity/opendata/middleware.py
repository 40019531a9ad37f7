"""Counts what is taken, after it is sent: who took it is looked at only to leave out programs that read everything."""

from __future__ import annotations

import atexit
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from learningcity.opendata.actions.counting import TALLY, listening, write_uses
from learningcity.opendata.enums import Way

# Programs that fetch every address they find, look whether the site is up, or say nothing of themselves; and our own.
ROBOTS = re.compile(
    r"^$|bot\b|bot/|crawl|spider|slurp|scan|preview|monitor|uptime|healthcheck|lighthouse|archive|learning-?city",
    re.IGNORECASE,
)


# What an address says of itself: a file, everything in one archive, a description, or rows.
ADDRESSES = (
    (re.compile(r"/data/([-\w]+)/(?:\d+|latest)/datapackage\.(zip)"), None),
    (re.compile(r"/data/([-\w]+)/(?:\d+|latest)/datapackage\.json"), Way.HARVEST),
    (re.compile(r"/data/([-\w]+)/(?:\d+|latest)/[^/]+\.(csv|xlsx|json|parquet|geojson|pdf)"), None),
    (re.compile(r"/data/([-\w]+)(?:/croissant\.json|\.(?:ttl|jsonld|rdf))"), Way.HARVEST),
    (re.compile(r"/api/v1/datasets/([-\w]+)(?:/versions/\d+)?"), Way.HARVEST),
    (re.compile(r"/api/v1/datasets/([-\w]+)/tables/[^/]+"), Way.API),
)


def count_uses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count what was handed out whole, or from its first byte, to anybody who is not signed in.

    :raises MiddlewareNotUsed: where nothing is counted.
    """
    if not settings.COUNT_USES:
        raise MiddlewareNotUsed
    atexit.register(write_uses)

    def middleware(request: HttpRequest) -> HttpResponse:
        with listening() as noted:
            response = get_response(request)
        noted += said_by_address(request.path_info)
        if noted and is_counted(request, response):
            TALLY.add(noted)
        if TALLY.is_due:
            write_uses()
        return response

    return middleware


def said_by_address(path: str) -> list[tuple[str, Way]]:
    """Return which dataset is handed out at an address, and in which way."""
    if not path.startswith(("/data/", "/api/v1/datasets/")):
        return []
    for address, way in ADDRESSES:
        if found := address.fullmatch(path):
            return [(found[1], way or Way(found[2]))]
    return []


def is_counted(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether an answer counts as a use."""
    begins = response.status_code == 200 or response.get("Content-Range", "").startswith("bytes 0-")
    # Officers look at their own data; the cookie is not opened.
    is_ours = settings.SESSION_COOKIE_NAME in request.COOKIES
    return (
        begins and request.method != "HEAD" and not is_ours and not ROBOTS.search(request.headers.get("User-Agent", ""))
    )
