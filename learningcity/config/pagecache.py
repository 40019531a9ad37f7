"""Pages for visitors without an account are made once and then answered from memory, in front of Django.

Two parts that meet in one header: `cache_headers`, a middleware, says which pages are the same for everybody; `PageCache`,
around the WSGI application, keeps exactly those. A view that sets its own Cache-Control is never kept.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from learningcity.common.ranges import is_same
from learningcity.config.metrics import FROM_CACHE
from learningcity.config.shelf import Headers, Page, Shelf
from learningcity.opendata.queries.changes import content_version

OUR_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
FOR_EVERYBODY = "public, max-age=60, stale-while-revalidate=600"
FOR_ONE_PERSON = "private, no-store"
FOR_NOBODY = "no-store"
# What an htmx view may look at; a page that depends on anything else is not kept.
HTMX_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Target")
KNOWN_VARIATIONS = {"cookie", "accept-encoding", *(name.lower() for name in HTMX_HEADERS)}
HTMX_VARIABLES = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in HTMX_HEADERS)
LONGEST_QUERY = 300
# All words of a key together. Headers may be as long as the server lets them be, and a shelf counts only its pages.
LONGEST_KEY = 1_000
# Seconds between two looks at the version of the content.
PAUSE = 1
# Pages that count from today's date must not outlive it by much, even if nothing is edited.
LONGEST_LIFE = 600


def cache_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say of every answer for whom it is, where the view has not said so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control"):
            # Whatever a view says of its answer: the cookie in it is for one person.
            if response.cookies and "public" in response["Cache-Control"]:
                response["Cache-Control"] = FOR_ONE_PERSON
            return response
        if is_known(request.META.get("HTTP_COOKIE", "")):
            response["Cache-Control"] = FOR_ONE_PERSON
        elif response.status_code == 200 and request.method in {"GET", "HEAD"} and not response.cookies:
            response["Cache-Control"] = FOR_EVERYBODY
            patch_vary_headers(response, ["Cookie", "HX-Request", "HX-History-Restore-Request"])
        else:
            response["Cache-Control"] = FOR_NOBODY
        return response

    return middleware


def is_known(cookies: str) -> bool:
    """Tell whether the visitor brings a cookie of ours, which may make the page a page of their own.

    The name alone decides, wherever it stands: Django also reads ``sessionid =abc``.
    """
    return bool(cookies) and any(name in cookies for name in OUR_COOKIES)


class PageCache:
    """A WSGI application that answers for another one wherever the answer is the same for everybody."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.pages = Shelf(settings.PAGE_CACHE_ENTRIES, settings.PAGE_CACHE_BYTES)
        # Searches and filters have endless addresses; on a shelf of their own they cannot push out the pages.
        self.answers = Shelf(settings.PAGE_CACHE_ENTRIES // 4, settings.PAGE_CACHE_BYTES // 4)
        self.version: int | None = None
        self.looked_at = float("-inf")
        self.looking = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        shelf = self.shelf_for(environ)
        if shelf is None:
            return self.application(environ, start_response)
        self.keep_fresh()
        page = shelf.get(key_of(environ), not_before=time.monotonic() - LONGEST_LIFE)
        if page:
            FROM_CACHE.inc()
            return answer(page, environ, start_response, uuid.uuid4().hex)
        return self.make(environ, start_response, shelf)

    def shelf_for(self, environ: WSGIEnvironment) -> Shelf | None:
        """Return where the answer may stand, or None where it may not stand anywhere."""
        query = environ.get("QUERY_STRING", "")
        if (
            environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
            or len(query) > LONGEST_QUERY
            or is_known(environ.get("HTTP_COOKIE", ""))
            or environ["PATH_INFO"].startswith(settings.STATIC_URL)
            or sum(map(len, key_of(environ))) > LONGEST_KEY
        ):
            return None
        return self.answers if query or any(name in environ for name in HTMX_VARIABLES) else self.pages

    def keep_fresh(self) -> None:
        """Empty the shelves when anything was changed; look at most once a second, one thread at a time."""
        if time.monotonic() - self.looked_at < PAUSE or not self.looking.acquire(blocking=False):
            return
        try:
            close_old_connections()
            version: int | None = content_version()
        except DatabaseError:
            # What we have is better than nothing while the database is away.
            version = self.version
        finally:
            self.looked_at = time.monotonic()
            self.looking.release()
        if version != self.version:
            self.version = version
            self.pages.clear()
            self.answers.clear()

    def make(self, environ: WSGIEnvironment, start_response: StartResponse, shelf: Shelf) -> Iterable[bytes]:
        """Let the site make the page, and keep it if the site says that it is for everybody."""
        version = self.version
        opening: dict[str, Any] = {}

        def remember(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
            opening.update(status=status, headers=headers)
            return lambda _: None

        body = self.application(environ, remember)
        status, headers = opening["status"], opening["headers"]
        if not may_be_kept(status, headers, body):
            start_response(status, headers)
            return body
        try:
            page = Page(headers, b"".join(body))
        finally:
            body.close()  # type: ignore[attr-defined]
        if environ["REQUEST_METHOD"] == "HEAD":
            # A view that is asked for the head alone need not make the rest.
            return answer_head(page, environ, start_response, headers)
        # A page that was begun before a change and ended after it may show the state before.
        if version == self.version:
            shelf.put(key_of(environ), page)
        return answer(page, environ, start_response, dict(headers).get("X-Request-ID", ""))


def key_of(environ: WSGIEnvironment) -> tuple[str, ...]:
    """Return everything that may make a difference to a page for everybody."""
    return (
        environ["wsgi.url_scheme"],
        # Two values, and not the endless ones that somebody may send.
        "https" if environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https" else "",
        environ.get("HTTP_HOST", ""),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        *(environ.get(name, "") for name in HTMX_VARIABLES),
    )


def may_be_kept(status: str, headers: Headers, body: Iterable[bytes]) -> bool:
    """Tell whether the site calls this a page for everybody, whole and dependent on nothing we do not know."""
    named = {name.lower(): value for name, value in headers}
    variations = {word.strip().lower() for word in named.get("vary", "").split(",") if word.strip()}
    return (
        status.startswith("200")
        and named.get("cache-control") == FOR_EVERYBODY
        # Whoever marks an answer recognizes the mark, and knows more of who asks than stands in a key of ours.
        and "etag" not in named
        and "set-cookie" not in named
        and "content-encoding" not in named
        and not getattr(body, "streaming", True)
        and variations <= KNOWN_VARIATIONS
    )


def answer_head(
    page: Page, environ: WSGIEnvironment, start_response: StartResponse, headers: Headers
) -> Iterable[bytes]:
    """Send the head of a page that was made for it, or the head as the site gave it where it made no page."""
    if page.bodies[""]:
        return answer(page, environ, start_response, dict(headers).get("X-Request-ID", ""))
    start_response("200 OK", headers)
    return []


def answer(page: Page, environ: WSGIEnvironment, start_response: StartResponse, request_id: str) -> Iterable[bytes]:
    """Send a page, or 304 to who has it already, compressed as the visitor can read it."""
    if is_same(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag.removeprefix("W/")):
        start_response("304 Not Modified", [*page.headers_of_unchanged, ("X-Request-ID", request_id)])
        return []
    headers, body = page.encoded(environ.get("HTTP_ACCEPT_ENCODING", ""))
    start_response("200 OK", [*headers, ("X-Request-ID", request_id)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
