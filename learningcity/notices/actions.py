"""What can be done in notices: one verb, one function, one transaction, one audit entry."""

from __future__ import annotations

from typing import Any


def notify(user: Any, kind: str, about: Any, *, by: Any = None, **said: Any) -> None:
    """Tell somebody that something happened."""


def post(to: str, subject: str, text: str, *, headers: dict[str, str] | None = None) -> None:
    """Put a letter into the outbox."""
