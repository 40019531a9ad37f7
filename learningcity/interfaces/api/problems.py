"""What went wrong, in the form that RFC 9457 gives it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """The question cannot be answered; the answer says why."""

    def __init__(self, status: int, detail: str = "", errors: list[tuple[str, str]] | None = None) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors = status, detail, errors or []
        self.headers: dict[str, str] = {}


def missing(what: str) -> Problem:
    """Return the problem that there is no such record."""
    return Problem(404, f"There is no such {what}.")


def wrong(parameter: str, reason: str) -> Problem:
    """Return the problem that one parameter is not what it must be."""
    return Problem(400, "A parameter is not what it must be.", [(parameter, reason)])


def told(problem: Problem) -> HttpResponse:
    """Return the answer that tells of a problem."""
    # No type of our own: the number of the status, and the words, say it all.
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
    }
    if problem.detail:
        said["detail"] = problem.detail
    if problem.errors:
        said["errors"] = [{"parameter": name, "reason": reason} for name, reason in problem.errors]
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    # Half a letter, which JSON can say and UTF-8 cannot, may be repeated from the question.
    response = HttpResponse(body.encode(errors="replace"), status=problem.status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response[name] = value
    return response
