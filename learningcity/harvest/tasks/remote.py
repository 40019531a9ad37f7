"""A record of another catalog in our words."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from learningcity.common.rich import LONGEST, clean_html, is_rich, plain
from learningcity.common.text import language_of
from learningcity.common.thai.dates import christian_year
from learningcity.opendata.enums import Category, Coverage, DataType, Objective, Rhythm

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
LONGEST_NOTES = 20_000
MOST_KEYWORDS, LONGEST_KEYWORD = 30, 100
is_web = URLValidator(schemes=["http", "https"])
is_email = EmailValidator()


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that a record names."""

    address: str
    title: str = ""
    # What the record calls its kind, in lower case.
    format: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """What a record says. Texts are cleaned and of the length that a dataset takes."""

    id: str
    name: str = ""
    modified: str = ""
    # Why it is not taken, if it is not, and the word that is the reason.
    refusal: str = ""
    detail: str = ""
    # The other catalog says that it is no more.
    deleted: bool = False
    title_th: str = ""
    title_en: str = ""
    notes_th: str = ""
    notes_en: str = ""
    keywords_th: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    origin_th: str = ""
    origin_en: str = ""
    maintainer_th: str = ""
    maintainer_en: str = ""
    maintainer_email: str = ""
    data_type: str = DataType.OTHER.value
    objectives: tuple[str, ...] = (Objective.UNKNOWN.value,)
    rhythm: str = Rhythm.UNKNOWN.value
    interval: int | None = None
    coverage: str = Coverage.UNKNOWN.value
    category: str = Category.PUBLIC.value
    license: str = ""
    first_year: int | None = None
    last_year: int | None = None
    landing_page: str = ""
    # Its names in the world (harvest.tasks.marks): those that nothing else has, and pages that it says it comes from.
    marks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    files: tuple[RemoteFile, ...] = field(default=())

    @property
    def title(self) -> str:
        return self.title_th or self.title_en

    def as_json(self) -> dict[str, Any]:
        return json.loads(json.dumps(asdict(self)))

    @property
    def fingerprint(self) -> str:
        """What tells it from another state of itself; that it was touched is no change."""
        said = self.as_json() | {"modified": ""}
        return digest(said)


def digest(value: object) -> str:
    """Return the SHA-256 of a plain value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def remote_from(said: dict[str, Any]) -> Remote:
    """Return the record that was kept as plain values."""
    known = {one.name for one in fields(Remote)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if name in known
    }
    values["files"] = tuple(RemoteFile(**file) for file in said.get("files", []))
    return Remote(**values)


def text_of(value: object, longest: int = 300) -> str:
    """Return a text in one line, without marks that mean something to a program."""
    return " ".join(plain_text(value).split())[:longest].strip()


def plain_text(value: object) -> str:
    """Return a text without tags and control characters; what is no text is nothing."""
    if not isinstance(value, str):
        return ""
    text = CONTROL.sub("", value[:LONGEST])
    if is_rich(text) or TAG.search(text):
        text = plain(clean_html(f"<p>{text}</p>"))
    # What still looks like a tag at the beginning would be read as one.
    return text.lstrip("< \t\r\n") if is_rich(text) else text.strip()


def notes_of(value: object) -> str:
    """Return a longer text; each line is a paragraph."""
    return plain_text(value)[:LONGEST_NOTES]


def by_language(name: str, text: str) -> dict[str, Any]:
    """Return a text under the language in which it is written."""
    return {f"{name}_{language_of(text)}": text} if text else {}


def keywords_of(words: Iterable[object]) -> dict[str, Any]:
    """Return keywords, each once, under the languages in which they are written."""
    cleaned = dict.fromkeys(text_of(word, LONGEST_KEYWORD) for word in words)
    found: dict[str, list[str]] = {"th": [], "en": []}
    for word in cleaned:
        if word:
            found[language_of(word)].append(word)
    return {f"keywords_{language}": tuple(some[:MOST_KEYWORDS]) for language, some in found.items()}


def web_address(value: object, longest: int = 500) -> str:
    """Return an address of the web, or nothing."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > longest:
        return ""
    try:
        is_web(text)
    except (ValidationError, ValueError):
        return ""
    return text


def email_of(value: object) -> str:
    """Return a mail address, or nothing."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        is_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def year_of(value: object) -> int | None:
    """Return the Christian year with which a text begins, whichever calendar it uses."""
    found = re.match(r"\s*([12][0-9]{3})(?![0-9])", str(value)) if isinstance(value, str | int) else None
    year = christian_year(int(found[1])) if found else 0
    return year if 1 <= year <= 2200 else None
