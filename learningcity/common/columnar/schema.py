"""The columns of a table, in the words of Table Schema (specs.frictionlessdata.io/table-schema, 2.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from learningcity.common.text import LocalText

# Types of Table Schema that we use, and those of DuckDB in which they are kept.
TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "year": "INTEGER",
    "any": "VARCHAR",
}

NOTHING = LocalText("", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: the name that machines use, and what people call it."""

    # Letters a-z, digits and underscores, beginning with a letter; unique in its table.
    name: str
    title: LocalText
    type: str = "string"
    description: LocalText = NOTHING
    # What the heading of the file said, byte for byte.
    heading: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.type!r} is no type of a column.")

    @property
    def sql_type(self) -> str:
        return TYPES[self.type]

    def as_json(self) -> dict[str, Any]:
        """Return a field of Table Schema; the Thai and English words stand under names of our own beside ``title``."""
        said: dict[str, Any] = {"name": self.name, "type": self.type, "title": self.title.th or self.title.en}
        for name in ("title", "description"):
            text: LocalText = getattr(self, name)
            said |= {f"{name}_{language}": words for language in ("th", "en") if (words := getattr(text, language))}
        if self.description:
            said["description"] = self.description.th or self.description.en
        said |= {name: value for name in ("heading", "unit") if (value := getattr(self, name))}
        return said


def column_from(said: dict[str, Any]) -> Column:
    """Return the column that a field of Table Schema describes."""
    title = LocalText(said.get("title_th", ""), said.get("title_en", ""))
    return Column(
        name=said["name"],
        type=said.get("type", "string"),
        title=title or LocalText(said.get("title", said["name"]), ""),
        description=LocalText(said.get("description_th", ""), said.get("description_en", "")),
        heading=said.get("heading", ""),
        unit=said.get("unit", ""),
    )


def columns_from(schema: dict[str, Any]) -> list[Column]:
    """Return the columns of a Table Schema."""
    return [column_from(said) for said in schema.get("fields", [])]


def as_schema(columns: list[Column], key: list[str] | None = None) -> dict[str, Any]:
    """Return a Table Schema."""
    said: dict[str, Any] = {"fields": [column.as_json() for column in columns]}
    return said | ({"primaryKey": key} if key else {})
