from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from learningcity.common.text import LocalText
from learningcity.imports.registry.cells import Cell, Known

NOTHING = LocalText("", "")


class NotRegistered(LookupError):
    """No app registered a table of this name."""


class Wrong(ValueError):
    """A row cannot be taken, for these reasons by column; "" stands for the whole row."""

    def __init__(self, **reasons: str) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column of a spreadsheet: how it is called, what its cells hold, and an example."""

    name: str
    label: LocalText
    cell: Cell
    required: bool = False
    example: str = ""
    help: LocalText = NOTHING
    # Other headings that people write.
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """One kind of record that can be imported, a record to a row."""

    # Stands in addresses, in rows and on the command line: it never changes.
    name: str
    label: LocalText
    model: type[Model]
    columns: tuple[Column, ...]
    # Ways to find the record that a row is about: the first one whose fields are all given counts.
    keys: tuple[tuple[str, ...], ...]
    # Makes the fields of the record from what the cells of a row say; a column that the file lacks is not among them.
    # Raises Wrong.
    fields: Callable[[dict[str, Any], Known], Mapping[str, Any]]
    # The other way: what the cells of a record say, by column, so that a file of it changes nothing when it comes back.
    cells: Callable[[Any], Mapping[str, Any]]
    # The records that a file for this place may hold, "" for every place.
    records_in: Callable[[str], QuerySet[Any]]
    # The slug of the city that answers for a record, "" for the whole network.
    place_of: Callable[[Any], str]
    # The column that names the place, where there is one.
    place_column: str = ""
    # Fields that are made up for a new record where the row does not say them; an old one keeps its own.
    made_up: tuple[str, ...] = ("slug", "original")
    # What has to be brought up to date once rows are written: collected from each record, then handed over together.
    touches: Callable[[Any], Iterable[Hashable]] = lambda record: ()
    refresh: Callable[[set[Any]], None] = lambda touched: None
    # The column, and the field, that may name another row of the same file, wherever it stands there; its cell is a
    # Pointer. And what a row may be called there, of its cells.
    within: str = ""
    called: Callable[[Mapping[str, str]], Iterable[str]] = lambda cells: ()
    # Other names for the command line.
    also: tuple[str, ...] = ()
    # Keys that a row looks at, for not asking one by one.
    follows: tuple[str, ...] = ()

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return every way to write the heading of each column."""
        return {column.name: (column.label.th, column.label.en, *column.also) for column in self.columns}

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_tables: dict[str, Table] = {}


def register(table: Table) -> None:
    """Let a kind of record be imported.

    :raises ValueError: if the name is taken by another model.
    """
    if table.name in _tables and _tables[table.name].model is not table.model:
        raise ValueError(f"The table {table.name!r} belongs to {_tables[table.name].model.__name__} already.")
    _tables[table.name] = table


def tables() -> list[Table]:
    """Return every table, in the order in which the apps registered them."""
    return list(_tables.values())


def table_named(name: str) -> Table:
    """Return the table of this name.

    :raises NotRegistered: if there is none.
    """
    for table in _tables.values():
        if name == table.name or name in table.also:
            return table
    raise NotRegistered(name)
