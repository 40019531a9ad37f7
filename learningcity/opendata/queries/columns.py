"""What is said of columns in words, and under which names a form asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from learningcity.common.columnar.schema import Column, columns_from
from learningcity.common.text import LANGUAGES, LocalText
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries.catalog import newest_version

# Each column has five boxes, and a form has a thousand at most.
MOST_COLUMNS = 150
# What people may say of a column.
SAYABLE = ("title_th", "title_en", "description_th", "description_en", "unit")
LONGEST_SAYING = 500


def words_of(column: Column) -> dict[str, str]:
    """Return what is said of a column."""
    texts = {"title": column.title, "description": column.description}
    said = {f"{name}_{language}": getattr(text, language) for name, text in texts.items() for language in LANGUAGES}
    return {**said, "unit": column.unit}


def in_words_of(column: Column, told: Mapping[str, str]) -> Column:
    """Return a column with what somebody says of it; what nobody speaks of stays."""
    said = words_of(column) | {name: " ".join(told[name].split())[:LONGEST_SAYING] for name in SAYABLE if name in told}
    title, meaning = (LocalText(said[f"{name}_th"], said[f"{name}_en"]) for name in ("title", "description"))
    # A column without any title would be nameless to people.
    return replace(column, title=title or column.title, description=meaning, unit=said["unit"])


@dataclass(frozen=True, slots=True)
class Field:
    """The boxes of one column, by their names in the form."""

    part: str
    column: Column

    @property
    def title(self) -> str:
        return f"{self.part}__{self.column.name}__title"

    @property
    def meaning(self) -> str:
        return f"{self.part}__{self.column.name}__meaning"

    @property
    def unit(self) -> str:
        return f"{self.part}__{self.column.name}__unit"

    @property
    def boxes(self) -> dict[str, str]:
        """What may be said of the column -> the box for it."""
        title = {f"title_{language}": f"{self.title}_{language}" for language in LANGUAGES}
        meaning = {f"description_{language}": f"{self.meaning}_{language}" for language in LANGUAGES}
        return {**title, **meaning, "unit": self.unit}


def fields_of(dataset: Dataset | None) -> list[Field]:
    """Return the columns of the newest version of a dataset, table by table; the first ones of very wide tables."""

    def every() -> Iterator[Field]:
        version = newest_version(dataset) if dataset else None
        for part in version.distributions.all() if version else []:
            for column in columns_from(part.schema):
                yield Field(part.name, column)

    return list(islice(every(), MOST_COLUMNS))


def first_unsaid(dataset: Dataset, what: str) -> str:
    """Return the first box in which nothing stands yet: of "unit", for a number that has none, or else of the meaning."""
    for field in fields_of(dataset):
        if what == "unit" and field.column.type == "number" and not field.column.unit:
            return field.unit
        if what != "unit" and not field.column.description:
            return f"{field.meaning}_th"
    return ""
