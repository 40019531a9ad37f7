"""What may be wrong with a request, by the names that clients of CKAN know."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """An answer of CKAN that is none: its type, its status and what it says."""

    kind = ""
    status = 0

    def said(self) -> dict[str, Any]:
        return {"__type": self.kind, "message": str(self)}


class NotFound(Problem):
    """There is no such thing, or nobody may know of it."""

    kind, status = "Not Found Error", 404


class NotAuthorized(Problem):
    """This cannot be done here."""

    kind, status = "Authorization Error", 403

    def said(self) -> dict[str, Any]:
        return {"__type": self.kind, "message": f"Access denied: {self}"}


class ValidationError(Problem):
    """A parameter is missing or cannot be read."""

    kind, status = "Validation Error", 409

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(parameter, reason)
        self.parameter, self.reason = parameter, reason

    def said(self) -> dict[str, Any]:
        return {"__type": self.kind, self.parameter: [self.reason]}


class SearchQueryError(Problem):
    """A search says what this catalog does not understand."""

    kind, status = "Search Query Error", 400


class TooOften(Problem):
    """Somebody asks more than one may; CKAN has no word of its own for it."""

    kind, status = "Too Many Requests Error", 429


class SearchError(Problem):
    """A search could not be done."""

    kind, status = "Search Error", 409
