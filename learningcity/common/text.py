"""Text that exists in Thai, in English, or in both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("th", "en")
THAI_LETTER = re.compile("[\u0e01-\u0e5b]")


def reading_language() -> str:
    """Return the language that the reader chose: Thai, unless it is English."""
    return "en" if get_language() == "en" else "th"


def language_of(text: str) -> str:
    """Return the language in whose letters a text is written: Thai, if there is a Thai letter in it."""
    return "th" if THAI_LETTER.search(text) else "en"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in two languages; shown in the reader's, or else in the one that exists."""

    th: str
    en: str
    # The language the source wrote in; the other one is then a translation by this site. Empty where nobody says.
    original: str = ""

    @property
    def lang(self) -> str:
        """The language that is really shown."""
        wanted = reading_language()
        return wanted if getattr(self, wanted) else ("en" if self.en else "th")

    @property
    def is_foreign(self) -> bool:
        """Whether the reader gets the other language, because theirs is missing."""
        wanted = reading_language()
        return not getattr(self, wanted) and bool(self)

    @property
    def is_translation(self) -> bool:
        """Whether the shown text is this site's translation of what the source wrote."""
        return bool(self and self.original) and self.lang != self.original

    def __str__(self) -> str:
        return str(getattr(self, reading_language()) or self.en or self.th)

    def __bool__(self) -> bool:
        return bool(self.th or self.en)


class Bilingual:
    """Read the columns ``name_th`` and ``name_en`` of a record as one LocalText ``name``."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, record: Any, owner: type | None = None) -> Any:
        if record is None:
            return self
        return LocalText(
            getattr(record, f"{self.name}_th"), getattr(record, f"{self.name}_en"), getattr(record, "original", "")
        )
