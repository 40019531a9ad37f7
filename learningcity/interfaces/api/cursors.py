"""Where a page of a list begins: signed, so that nobody can make up a place, and bound to the question it belongs to.

It names the last record of the page before and not how many there were: what is added meanwhile moves nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core import signing

from learningcity.interfaces.api.problems import Problem

SALT = "learningcity.interfaces.api.cursors"
LONGEST_LIFE = 60 * 60 * 24 * 30
# A page that does not exist; and not a bad question, because the words of the question may be right.
NO_PAGE = (
    "This cursor leads to no page of this list: it was changed, is older than 30 days, or belongs to another question."
)


def cursor_at(question: dict[str, Any], place: Any) -> str:
    """Return the cursor of the page behind this place."""
    return signing.dumps([_digest(question), place], salt=SALT)


def place_of(cursor: str, question: dict[str, Any]) -> Any:
    """Return the place behind which the page begins.

    :raises Problem: if the cursor is none of ours, too old, or of another question.
    """
    try:
        digest, place = signing.loads(cursor, salt=SALT, max_age=LONGEST_LIFE)
    except (signing.BadSignature, ValueError, UnicodeError):
        raise Problem(404, NO_PAGE) from None
    if digest != _digest(question):
        raise Problem(404, NO_PAGE)
    return place


def _digest(question: dict[str, Any]) -> str:
    words = json.dumps(question, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
