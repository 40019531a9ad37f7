"""What happens to questions of programs before and after the API sees them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from learningcity.interfaces.api.answers import opened
from learningcity.interfaces.api.problems import MEDIA_TYPE, Problem, told
from learningcity.interfaces.api.refusals import UNREADABLE, in_its_words

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/v1/"
# Beside the files under /data/.
PROGRAMS = ("/api/", "/oai", "/ogc", "/catalog.")
# What has a language: pages and feeds.
PAGES = ("text/html", "application/atom+xml")
# Below so many bytes there is nothing to be won.
LONG = 1_000
# What is refused in front of the API, in words.
REASONS = {
    400: UNREADABLE,
    413: "This is larger than anything that is taken here.",
    500: "The fault is ours.",
}


def speak_to_programs(get_response: Handler) -> Handler:
    """Let the API know nobody by a cookie, and say in its own form what others refused in front of it or broke in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            response = in_its_words(request, get_response(request))
            return for_everybody(response) if is_for_programs(request.path_info, response) else response
        # Who is signed in on the site has no session here: the same question has the same answer for everybody.
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type", "") != MEDIA_TYPE:
            allowed = response.headers.get("Allow", "")
            response = opened(told(Problem(response.status_code, REASONS.get(response.status_code, ""))))
            if allowed:
                response["Allow"] = allowed
        return packed(request, for_everybody(response))

    return middleware


def is_for_programs(path: str, response: HttpResponse) -> bool:
    """Tell whether an answer is no page: it is the same whoever asks, and in no language or in both."""
    is_file = path.startswith("/data/") and not response.headers.get("Content-Type", "").startswith(PAGES)
    return is_file or path.startswith(PROGRAMS)


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Let caches between here and there keep one copy for all: nobody is known by a cookie."""
    varies = [word for word in response.headers.get("Vary", "").split(", ") if word not in {"", "Cookie"}]
    if varies:
        response["Vary"] = ", ".join(varies)
    elif "Vary" in response.headers:
        del response["Vary"]
    is_page = response.headers.get("Content-Type", "").startswith(PAGES)
    if not is_page and response.headers.get("Content-Language") in {"th", "en"}:
        # What the middleware of pages says of everything that has no language in its address.
        del response["Content-Language"]
    return response


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send a long answer in fewer bytes to whoever can unpack it; there is no secret in it that its length could tell."""
    # What has no mark of its own is kept, and packed, by the cache of pages.
    if "ETag" not in response.headers or response.status_code != 200 or len(response.content) < LONG:
        return response
    response["Vary"] = ", ".join(filter(None, [response.headers.get("Vary", ""), "Accept-Encoding"]))
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.content = gzipped(response.content)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response


def takes_gzip(accepted: str) -> bool:
    """Tell whether a program can unpack gzip, and does not say that it would rather not."""
    return any(
        word.strip().lower() in {"gzip", "*"} and not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)
        for word, _mark, quality in (one.partition(";") for one in accepted.split(","))
    )


@lru_cache(maxsize=32)
def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 5, mtime=0)
