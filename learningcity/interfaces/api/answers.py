"""Answers: JSON that keeps Thai letters as they are, and what is said about it in the headers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# Raised whenever answers change though nothing in the database did.
EDITION = 1
FRESH = "public, max-age=60, stale-while-revalidate=600"
# What programs in a browser may read besides the usual.
READABLE = (
    "ETag, Link, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-ID"
)


def answered(said: Any, media_type: str = "application/json") -> HttpResponse:
    """Return an answer; the next page of a list is named in its head too."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body.encode(errors="replace"), content_type=media_type)
    if isinstance(said, dict) and said.get("next"):
        response["Link"] = f'<{said["next"]}>; rel="next"'
    return response


def mark_of(request: HttpRequest, version: int) -> str:
    """Return the ETag of an answer: another after every change of anything, and every day, because some facts have a day."""
    said = [EDITION, version, timezone.localdate().isoformat(), settings.SITE_URL, request.get_full_path()]
    return f'W/"{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]}"'


def is_known(request: HttpRequest, mark: str) -> bool:
    """Tell whether the program has this answer already."""
    given = request.headers.get("If-None-Match", "")
    return mark.removeprefix("W/") in {one.strip().removeprefix("W/") for one in given.split(",")}


def opened(response: HttpResponse) -> HttpResponse:
    """Let programs in any browser read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = READABLE
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.setdefault("Content-Language", "th, en")
    return response


def preflight(allowed: str) -> HttpResponse:
    """Tell a browser that programs of other sites may read."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Headers"] = "Accept, Authorization, If-None-Match, X-API-Key, X-Request-ID"
    response["Access-Control-Max-Age"] = "86400"
    response["Cache-Control"] = "no-store"
    return opened(response)
