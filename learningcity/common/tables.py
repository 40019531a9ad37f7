"""A table as plain values: views fill it, the part `data_table` draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (with the unit), and how its cells stand."""

    label: object
    is_number: bool = False
    # The value of ?sort= that sorts by this column, with a minus sign if the largest come first; empty where it cannot be sorted.
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, with the page it leads to."""

    value: object
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A caption that says what the table shows, columns, and rows of cells; the first cell names its row."""

    caption: object
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Each row of a table has one cell for each column.")

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]
