"""What a cell may hold, and how it is read: text in, a value of the record out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Choices, Model
from django.utils.translation import gettext as _, override
from rapidfuzz import process

from learningcity.common.sheets.headings import heading_key
from learningcity.common.thai.dates import Precision
from learningcity.common.thai.reading import VagueDate, read_date, read_number
from learningcity.common.thai.words import clean

ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
# Below this likeness a suggestion helps nobody.
LIKENESS = 75


class Known:
    """What one run over a file has looked up already: the place it is for, and records by their names."""

    def __init__(self, place: str = "") -> None:
        self.place = place
        self._names: dict[Pointer, dict[str, list[Any]]] = {}
        # How each name is really written, for suggestions in the letters in which somebody typed.
        self.spelled: dict[str, str] = {}
        # Records that are made with the rows, by whatever tells them apart; each is made once.
        self.fresh: dict[Any, Any] = {}

    def names(self, pointer: Pointer) -> dict[str, list[Any]]:
        """Return the records that a cell may name, by every name they have."""
        if pointer not in self._names:
            found: dict[str, dict[Any, Any]] = defaultdict(dict)
            for name, record in pointer.load():
                found[heading_key(name)][record.pk] = record
                self.spelled[heading_key(name)] = name
            self._names[pointer] = {key: list(records.values()) for key, records in found.items() if key}
        return self._names[pointer]


class Cell(Protocol):
    def read(self, text: str, known: Known) -> Any:
        """Return what a text that is not empty says.

        :raises ValueError: with words for people, if it says nothing of this kind.
        """

    @property
    def nothing(self) -> Any:
        """What an empty cell says."""

    def choices(self) -> list[str]:
        """Return all that may be written, where it is a list."""


@dataclass(frozen=True, eq=False)
class Text:
    """Words, no longer than the field that keeps them."""

    longest: int = 5_000
    nothing: str = ""

    def read(self, text: str, known: Known) -> str:
        text = clean(text).strip()
        if len(text) > self.longest:
            raise ValueError(
                _("The text has %(count)s letters; at most %(most)s fit.") % {"count": len(text), "most": self.longest}
            )
        return text

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Words:
    """Several texts in one cell, with a semicolon or a bar between them."""

    longest: int = 150

    @property
    def nothing(self) -> list[str]:
        return []

    def read(self, text: str, known: Known) -> list[str]:
        reader = Text(self.longest)
        return [reader.read(part, known) for part in text.replace("|", ";").split(";") if part.strip()]

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Number:
    """A number, with decimals or without."""

    nothing: None = None

    def read(self, text: str, known: Known) -> Decimal:
        return read_number(text)

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Whole:
    """A number without decimals, not below nought."""

    nothing: None = None

    def read(self, text: str, known: Known) -> int:
        number = read_number(text)
        if number < 0 or number != number.to_integral_value():
            raise ValueError(_("“%(text)s” is not a whole number; write 12.") % {"text": text[:40]})
        return int(number)

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Date:
    """A year, a month or a day, in either calendar."""

    nothing: None = None

    def read(self, text: str, known: Known) -> VagueDate:
        return read_date(text)

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Day:
    """A whole day, in either calendar."""

    nothing: None = None

    def read(self, text: str, known: Known) -> dt.date:
        date = read_date(text)
        if date.precision != Precision.DAY:
            raise ValueError(_("“%(text)s” is not a whole day; write 17/9/2567.") % {"text": text[:40]})
        return date.date

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Choice:
    """One of a few values, written as it is stored or as it is called in Thai or English."""

    of: type[Choices]
    # Other words that people use for a value.
    also: Mapping[str, str] = field(default_factory=dict)
    # A value of the list for an empty cell.
    nothing: Any = ""

    @cached_property
    def _values(self) -> dict[str, Any]:
        found = {heading_key(word): self.of(value) for word, value in self.also.items()}
        for language, _name in settings.LANGUAGES:
            with override(language):
                found |= {heading_key(str(label)): self.of(value) for value, label in self.of.choices}
        return found | {heading_key(str(value)): self.of(value) for value in self.of.values}

    def read(self, text: str, known: Known) -> Any:
        if (value := self._values.get(heading_key(text))) is None:
            said = {"text": text[:40], "choices": ", ".join(self.choices())}
            raise ValueError(_("“%(text)s” is not in the list; write one of: %(choices)s.") % said)
        return value

    def choices(self) -> list[str]:
        return [str(label) for _value, label in self.of.choices]


@dataclass(frozen=True, eq=False)
class Pointer:
    """Another record by one of its names: address, name in Thai or English, alias."""

    # Every name with the record that bears it.
    load: Callable[[], Iterable[tuple[str, Model]]]
    # The names for the list in the template.
    listed: Callable[[], Iterable[str]] = list
    nothing: None = None

    def read(self, text: str, known: Known) -> Any:
        names = known.names(self)
        found = names.get(heading_key(text), [])
        if len(found) == 1:
            return found[0]
        said = {"text": text[:60]}
        if found:
            raise ValueError(_("Several are called “%(text)s”; write the key instead, as in the address.") % said)
        best = process.extractOne(heading_key(text), names.keys(), score_cutoff=LIKENESS)
        if best:
            said["like"] = known.spelled[best[0]]
            raise ValueError(_("“%(text)s” is unknown; do you mean “%(like)s”?") % said)
        raise ValueError(_("“%(text)s” is unknown.") % said)

    def choices(self) -> list[str]:
        return list(self.listed())


def read_cell(cell: Cell, text: str, known: Known) -> Any:
    """Return what a cell says.

    :raises ValueError: with words for people.
    """
    if text in ERRORS:
        raise ValueError(_("The formula in this cell gives %(error)s.") % {"error": text})
    return cell.read(text, known) if text else cell.nothing
