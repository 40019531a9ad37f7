"""What upper apps publish as data: one registration for each table that anybody may take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from learningcity.common.columnar.schema import Column
from learningcity.common.text import LocalText

# One row of a publication: a value for each column, in order; None where nothing is known.
Values = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A table of what the platform knows, always fresh.

    ``rows`` reads what is public and nothing else: queries of its own that name every column, never a filter on what is
    private. Two calls without a change in between give the same rows in the same order.
    """

    # Stands in addresses: it never changes.
    name: str
    title: LocalText
    notes: LocalText
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Values]]
    keywords: tuple[LocalText, ...]
    # The columns that tell one row from all others.
    key: tuple[str, ...]
    # Column -> the publication and its column that it points at.
    points_at: tuple[tuple[str, str, str], ...] = ()
    # The columns that hold degrees north and east, where rows have a place.
    latitude: str = ""
    longitude: str = ""
    data_type: str = "records"

    @property
    def has_places(self) -> bool:
        """Whether its rows can be drawn on a map."""
        return bool(self.latitude and self.longitude)


_publications: dict[str, Publication] = {}


def publish(publication: Publication) -> None:
    """Offer a table to everybody.

    :raises ValueError: if the name is taken, or a column that it names is none of its own.
    """
    names = {column.name for column in publication.columns}
    pointed = {column for column, _table, _key in publication.points_at}
    named = {*publication.key, *pointed, *filter(None, (publication.latitude, publication.longitude))}
    if named - names:
        raise ValueError(f"{publication.name} has no column {', '.join(sorted(named - names))}.")
    if publication.name in _publications and _publications[publication.name] is not publication:
        raise ValueError(f"There is a publication {publication.name!r} already.")
    _publications[publication.name] = publication


def publications() -> list[Publication]:
    """Return all tables that are offered, in the order in which the apps registered them."""
    return list(_publications.values())


def publication_named(name: str) -> Publication | None:
    """Return the table of this name, if it is offered."""
    return _publications.get(name)
