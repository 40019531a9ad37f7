"""The one door of the API: who asks, how often, and whether the answer is known already; then the question itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern, ResolverMatch
from django.views.decorators.csrf import csrf_exempt

from learningcity.interfaces.actions.allowances import QUESTION, TABLE, Allowance, UnknownKey, allow
from learningcity.interfaces.api.answers import FRESH, answered, is_known, mark_of, opened, preflight
from learningcity.interfaces.api.document import document
from learningcity.interfaces.api.memory import MEMORY, Remembered
from learningcity.interfaces.api.problems import Problem, told
from learningcity.interfaces.api.service import API
from learningcity.interfaces.forms.asker import asker_of
from learningcity.interfaces.queries import keys
from learningcity.opendata.queries.changes import content_version

# Whose answers are worked out of tables of any size.
TABLES = {"table"}
READING = ("GET", "HEAD")
ALLOWED = "GET, HEAD, OPTIONS"
JSON = {"*/*", "application/*", "application/json", ""}
RESOLVER = URLResolver(RegexPattern(r"^/"), API.urls[0])


@csrf_exempt
@login_not_required
def door(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer a program, whatever it asks, in a form that a program can read."""
    try:
        response = answer_to(request, f"/{rest}")
    except Problem as problem:
        response = told(problem)
    if request.method == "HEAD":
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return opened(response)


def answer_to(request: HttpRequest, path: str) -> HttpResponse:
    """Return the answer at an address.

    :raises Problem: if there is none.
    """
    match = match_of(path)
    if request.method == "OPTIONS":
        return preflight(ALLOWED)
    if request.method not in READING:
        raise with_headers(Problem(405, "This address is for reading only."), {"Allow": ALLOWED})
    if not takes_json(request.headers.get("Accept", "")):
        raise Problem(406, "The answer is JSON; accept application/json.")
    version = content_version()
    mark = mark_of(request, version)
    if version >= 0 and is_known(request, mark):
        response = HttpResponse(status=304)
        allowance = None
    else:
        allowance = allowance_of(request, match)
        # What is read for a preview was never published: nobody may find it again.
        response = remembered(request, match, mark) if version >= 0 else asked(request, match)
    for name, value in (allowance.headers() if allowance else {}).items():
        response[name] = value
    if response.status_code in {200, 304}:
        response["ETag"] = mark
        response["Cache-Control"] = FRESH
    return response


def match_of(path: str) -> ResolverMatch | None:
    """Return what answers at this address; nothing for the description of the API itself.

    :raises Problem: if nothing does.
    """
    if path == "/openapi.json":
        return None
    try:
        return RESOLVER.resolve(path)
    except Resolver404:
        raise Problem(404, "There is no such address. All of them stand in /api/v1/openapi.json.") from None


def remembered(request: HttpRequest, match: ResolverMatch | None, mark: str) -> HttpResponse:
    """Return the answer that was given to the same question since the last change, or else a new one."""
    if known := MEMORY.get(mark):
        response = HttpResponse(known.body, content_type="application/json")
        if known.link:
            response["Link"] = known.link
        return response
    response = asked(request, match)
    if response.status_code == 200:
        MEMORY.put(mark, Remembered(response.content, response.headers.get("Link", "")))
    return response


def asked(request: HttpRequest, match: ResolverMatch | None) -> HttpResponse:
    """Let the API answer; to it, HEAD is GET."""
    if match is None:
        return answered(document())
    # So that the time it takes is counted under its own name.
    request.resolver_match, method = match, request.method
    request.method = "GET"
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    finally:
        request.method = method
    return response


def allowance_of(request: HttpRequest, match: ResolverMatch | None) -> Allowance:
    """Return how much may still be asked by whoever asks.

    :raises Problem: if the key is none, or too much was asked already.
    """
    price = TABLE if match and match.url_name in TABLES else QUESTION
    try:
        allowance = allow(asker_of(request), price)
    except UnknownKey:
        refused = Problem(401, "This key is none of ours, or was revoked.")
        raise with_headers(refused, {"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
    if allowance.is_spent:
        most = keys.WITH_KEY * QUESTION // price
        spent = Problem(429, f"{allowance.limit} such questions in a minute are the limit. With a key, {most} are.")
        raise with_headers(spent, {"Retry-After": str(allowance.seconds), **allowance.headers()})
    return allowance


def takes_json(accept: str) -> bool:
    """Tell whether a program can read what is spoken here."""
    for one in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in one.split(";"))
        if kind in JSON and not any(word in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for word in parameters):
            return True
    return False


def with_headers(problem: Problem, headers: dict[str, Any]) -> Problem:
    problem.headers |= headers
    return problem
