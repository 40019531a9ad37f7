"""The page on which the API is told of and can be tried: made of its own description, by the server, without a script."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, gettext, override
from django.views.decorators.http import require_safe

from learningcity.common.context import site
from learningcity.interfaces.api.document import document
from learningcity.interfaces.api.door import door
from learningcity.interfaces.api.fields import ROOT
from learningcity.interfaces.api.others import OTHERS

# So much of an answer is shown; all of it is one link away.
MOST_SHOWN = 20_000
# What stands in the forms until somebody types something else.
EXAMPLES = {
    "city": {"slug": "khon-kaen"},
    "indicator": {"slug": "population"},
    "dataset": {"slug": "cities"},
    "files": {"slug": "cities"},
    "versions": {"slug": "cities"},
    "version": {"slug": "cities", "number": "1"},
    "version-files": {"slug": "cities", "number": "1"},
    "tables": {"slug": "cities"},
    "table": {"slug": "cities", "name": "cities", "where": "stage:eq:member"},
    "search": {"q": "ห้องสมุด"},
}
FEW = "5"


@dataclass
class Part:
    """A parameter as a field of a form."""

    name: str
    about: str
    # select, number or text
    kind: str
    is_required: bool
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Question:
    """An address with its form."""

    name: str
    path: str
    about: str
    parts: list[Part]
    is_asked: bool = False


@dataclass(frozen=True)
class Shown:
    """An answer, as it is shown on the page."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: str
    is_cut: bool


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what may be asked, and the answer to what was asked on this page."""
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in {"th", "en"} else get_language_from_request(request)
    language = "en" if language == "en" else "th"
    with override(language):
        groups = questions(request)
        asked = next((one for some in groups.values() for one in some if one.is_asked), None)
        url = address_of(asked) if asked else f"{settings.SITE_URL}{ROOT}/cities?limit={FEW}"
        context = {
            "site": site_in(language, request),
            "language": language,
            "groups": groups,
            "asked": asked,
            "shown": answer_at(request, url) if asked else None,
            "url": url,
            "others": OTHERS,
        }
        response = render(request, "interfaces/docs.html", context)
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response


def questions(request: HttpRequest) -> dict[str, list[Question]]:
    """Return every address by its kind, the one that is asked with what was typed."""
    groups: dict[str, list[Question]] = {}
    chosen = request.GET.get("operation", "")
    for path, methods in document()["paths"].items():
        said = methods["get"]
        name = said["operationId"]
        typed = {key: str(value) for key, value in request.GET.items()} if name == chosen else EXAMPLES.get(name, {})
        parts = [part_of(parameter, typed) for parameter in said["parameters"]]
        if name != chosen:
            for part in parts:
                part.value = part.value or (FEW if part.name == "limit" else "")
        one = Question(name, path, gettext(said["summary"]), parts, name == chosen)
        groups.setdefault(said["tags"][0], []).append(one)
    return groups


def part_of(parameter: dict[str, Any], typed: dict[str, str]) -> Part:
    """Return a parameter as a field of a form."""
    schema = parameter["schema"]
    options = schema.get("enum", [])
    kind = "select" if options else "number" if schema.get("type") == "integer" else "text"
    about = gettext(parameter["description"]) if parameter.get("description") else ""
    value = typed.get(parameter["name"], "")
    return Part(parameter["name"], about, kind, bool(parameter.get("required")), value, options)


def address_of(question: Question) -> str:
    """Return the address of what was asked."""
    path, said = question.path, {}
    for part in question.parts:
        gap = f"{{{part.name}}}"
        if gap in path:
            path = path.replace(gap, quote(part.value, safe="") or "-")
        elif part.value:
            said[part.name] = part.value
    query = urlencode(said, safe=",:")
    return f"{settings.SITE_URL}{ROOT}{path}{'?' if query else ''}{query}"


def answer_at(request: HttpRequest, url: str) -> Shown:
    """Ask the API as any program would, in the name of whoever looks at the page."""
    path, _mark, query = url.removeprefix(settings.SITE_URL).partition("?")
    inner: Any = copy.copy(request)
    inner.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_")}
    inner.META |= {"QUERY_STRING": query, "HTTP_X_FORWARDED_FOR": request.META.get("HTTP_X_FORWARDED_FOR", "")}
    inner.__dict__.pop("headers", None)
    inner.method, inner.path, inner.path_info, inner.GET = "GET", path, path, QueryDict(query)
    response = door(inner, path.removeprefix(f"{ROOT}/"))
    body = json.dumps(json.loads(response.content), ensure_ascii=False, indent=2)
    headers = [
        (name, value) for name, value in response.items() if name.startswith(("RateLimit", "ETag", "Cache", "Link"))
    ]
    return Shown(url, response.status_code, headers, body[:MOST_SHOWN], len(body) > MOST_SHOWN)


def site_in(language: str, request: HttpRequest) -> dict[str, Any]:
    """Return what every page knows of the site, for a page that stands at one address in both languages."""
    other = "th" if language == "en" else "en"
    page = f"{settings.SITE_URL}{ROOT}/docs"
    return {
        **site(request)["site"],
        "language": language,
        "other_language": other,
        "other_language_path": f"{ROOT}/docs?lang={other}",
        "thai_url": f"{page}?lang=th",
        "english_url": f"{page}?lang=en",
        "page_url": page,
        "report_path": "",
    }
