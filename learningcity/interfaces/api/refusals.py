"""What was refused in front of an interface that speaks a standard, told in the words of that standard."""

from __future__ import annotations

import json
import re

from django.http import HttpRequest, HttpResponse

from learningcity.interfaces.api.answers import preflight
from learningcity.interfaces.exports import oai, ogc

CKAN = re.compile(r"/api/(3/)?action/")
OAI = re.compile(r"/oai/?")
OGC = re.compile(r"/ogc(/|$)")
OTHERS = re.compile(r"/catalog\.\w+|/data/[^/]+\.(ttl|jsonld|rdf)|/data/[^/]+/croissant\.json")
UNREADABLE = (
    "This address cannot be read: it is longer than 8,000 letters, or there is something in it that is no text."
)
REASONS = {
    400: UNREADABLE,
    404: "There is no such address.",
    405: "This address is for reading only.",
    413: "This is larger than anything that is taken here.",
}


def in_its_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer as the program expects it that asked; a page, written for people, is none."""
    path, status = request.path_info, response.status_code
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if status < 400 or not is_page or not any(one.match(path) for one in (CKAN, OAI, OGC, OTHERS)):
        return response
    allowed = response.headers.get("Allow", "")
    if status == 405 and request.method == "OPTIONS":
        return preflight(f"{allowed}, OPTIONS")
    said = told(path, status)
    said["Access-Control-Allow-Origin"] = "*"
    said["Cache-Control"] = "no-store"
    if allowed:
        said["Allow"] = allowed
    return said


def told(path: str, status: int) -> HttpResponse:
    """Return what a status means, in the words of the interface at an address."""
    reason = REASONS.get(status, "The fault is ours.")
    if CKAN.match(path):
        text = json.dumps(f"Bad request - {reason}")
        return HttpResponse(text, status=status, content_type="application/json;charset=utf-8")
    if OAI.fullmatch(path) and status == 400:
        # To the protocol, this is no error of HTTP.
        return HttpResponse(oai.envelope({}, oai.error("badArgument", reason)), content_type="text/xml; charset=utf-8")
    if OGC.match(path) and status in {400, 404}:
        return HttpResponse(json.dumps(ogc.problem(status, reason)), status=status, content_type=ogc.JSON)
    return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
