"""The parameters of an action, read as CKAN reads them: as JSON, as a form or from the address."""

from __future__ import annotations

import json
from typing import Any

from learningcity.interfaces.queries.ckan.problems import ValidationError

TRUE = {"true", "yes", "on", "y", "t", "1"}
LARGEST = 2**53
MISSING = "Missing value"


class Given:
    """What a client gave to an action."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    def text(self, name: str, default: str = "") -> str:
        """Return a text.

        :raises ValidationError: if it is none.
        """
        value = self.said.get(name)
        if value is None:
            return default
        if isinstance(value, bool | dict | list):
            raise ValidationError(name, "Must be a text")
        return str(value)

    def required(self, *names: str) -> str:
        """Return the text that stands under one of these names.

        :raises ValidationError: if it is missing or no text.
        """
        for name in names:
            if text := self.text(name):
                return text
        raise ValidationError(names[-1], MISSING)

    def number(self, name: str, default: int) -> int:
        """Return a number from 0.

        :raises ValidationError: if it is none.
        """
        value = self.said.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, bool | dict | list) or len(str(value)) > 20:
            raise ValidationError(name, "Invalid integer")
        try:
            number = int(value) if isinstance(value, str) else int(value) if value == int(value) else None
        except (ValueError, OverflowError):
            number = None
        if number is None:
            raise ValidationError(name, "Invalid integer")
        if number < 0:
            raise ValidationError(name, "Must be a natural number")
        return min(number, LARGEST)

    def at_most(self, name: str, default: int, most: int) -> int:
        """Return a number from 0; one that is too large counts as the largest, as in CKAN.

        :raises ValidationError: if it is none.
        """
        return min(self.number(name, default), most)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return whether something is wanted."""
        value = self.said.get(name)
        return default if value is None or value == "" else str(value).lower() in TRUE

    def json(self, name: str) -> Any:
        """Return a value of any shape; one from an address is JSON in a text, where it can be read as such."""
        value = self.said.get(name)
        if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
            try:
                return json.loads(value)
            except (ValueError, RecursionError) as problem:
                raise ValidationError(name, "Cannot parse JSON") from problem
        return value

    def words(self, name: str) -> list[str]:
        """Return a list of texts: one of JSON, one text, or several with commas between them.

        :raises ValidationError: if it is none.
        """
        value = self.json(name)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            return [word.strip() for word in value.split(",")]
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ValidationError(name, "Not a list of strings")
        return value
