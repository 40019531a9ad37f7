"""What describing a record for the search takes, whatever it is."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from learningcity.common.rich import plain
from learningcity.common.text import LANGUAGES, LocalText


def as_they_are(texts: Iterable[object], language: str) -> Iterable[object]:
    return texts


def bodies(texts: Callable[[str], Iterable[object]]) -> dict[str, Any]:
    """Return the texts of a record as one body for each language, without what is missing in it."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            said = [getattr(text, language) if isinstance(text, LocalText) else str(text) for text in texts(language)]
        # Shown as one line of a snippet, so that the parts must be told apart.
        found[f"body_{language}"] = " · ".join(plain(text) for text in said if text)
    return found


def address(page: str, *names: str) -> str:
    """Return the address of a page without a language in front of it."""
    with override("th"):
        return reverse(page, args=names)
