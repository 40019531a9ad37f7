"""What happens to every request before a view sees it."""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from learningcity.common import logs
from learningcity.common.storing import StoreAway, tell_who_looks_after_it

Handler = Callable[[HttpRequest], HttpResponse]
TRUSTWORTHY_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST_QUERY = 8_000
# A file of 20 MB, the largest that any form takes, with all that may stand around it.
LARGEST_REQUEST = 25_000_000
# A NUL byte, or U+FFFD where the bytes were not UTF-8.
UNREADABLE = re.compile("\x00|\ufffd|%00")


def request_id(get_response: Handler) -> Handler:
    """Give the request an id that appears in every log line and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if TRUSTWORTHY_ID.fullmatch(given) else uuid.uuid4().hex
        token = logs.request_id.set(identifier)
        try:
            response = get_response(request)
            response["X-Request-ID"] = identifier
            return response
        finally:
            logs.request_id.reset(token)

    return middleware


def refuse_unreadable(get_response: Handler) -> Handler:
    """Answer 400 to an address that no page of ours can mean, before anything tries to use it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        values = (value for values in request.GET.lists() for value in (values[0], *values[1]))
        if (
            len(query) > LONGEST_QUERY
            or UNREADABLE.search(request.path)
            or any(UNREADABLE.search(value) for value in values)
        ):
            raise BadRequest("unreadable address")
        return get_response(request)

    return middleware


def refuse_too_large(get_response: Handler) -> Handler:
    """Answer 413 to what is larger than any file that the form at this address takes, before a byte of it is read."""
    larger = {re.compile(address): size for address, size in settings.LARGER_REQUESTS.items()}

    def largest(request: HttpRequest) -> int:
        # A stranger sends nothing large, whatever the address: it would lie on our disk before anybody asks for a name.
        if not request.user.is_authenticated:
            return LARGEST_REQUEST
        return next((size for address, size in larger.items() if address.search(request.path_info)), LARGEST_REQUEST)

    def middleware(request: HttpRequest) -> HttpResponse:
        # What is no number, the server has refused already; without one, nothing is read.
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > LARGEST_REQUEST and int(said) > (most := largest(request)):
            megabytes = f"{most // 100_000_000 * 100:,}" if most > LARGEST_REQUEST else ""
            return render(request, "413.html", {"reason": "", "megabytes": megabytes}, status=413)
        return get_response(request)

    return middleware


class SayStoreIsAway:
    """Answer 503 where a file that is wanted cannot be had just now: nothing is broken, and nothing is lost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, StoreAway):
            return None
        tell_who_looks_after_it(problem)
        response = render(request, "503.html", {"reason": ""}, status=503)
        response["Retry-After"] = "60"
        return response


def language_from_path(get_response: Handler) -> Handler:
    """Read the language from the address and from nothing else, so that an address always shows the same page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = "en" if request.path_info == "/en" or request.path_info.startswith("/en/") else "th"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware
