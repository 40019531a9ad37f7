"""The columns of a published dataset, and under which names a form asks what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from learningcity.common.columnar.schema import Column, columns_from
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries.catalog import newest_version

# Each column has five boxes, and a form has a thousand at most.
MOST_COLUMNS = 150


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
