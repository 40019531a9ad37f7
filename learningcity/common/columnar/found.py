"""What was found out about a file that somebody brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from learningcity.common.columnar.schema import Column, as_schema

# Is told the share that is done, 0 to 100, and may raise to have the work ended.
Progress = Callable[[int], None]


def silent(_share: int) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What a person decided about a file after seeing what was found; without a decision nothing is changed."""

    # Which sheet of a workbook; the first one with a table, if nobody says.
    sheet: str = ""
    # Column -> type, for values that are kept as text: "date" reads either calendar and keeps the Christian day, "year"
    # a Buddhist year as the Christian one, "number" and "integer" read 1,234 and ๑๒๓๔, "string" keeps 102909 as text.
    # A column in which a single value does not fit stays what it is, and that is said.
    types: Mapping[str, str] = field(default_factory=dict)
    # What a column is called by our reading of its heading -> what it shall be called; ``types`` go by the latter.
    names: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "types": dict(self.types), "names": dict(self.names)}


def choices_from(said: Mapping[str, Any]) -> Choices:
    """Return the choices that were kept as plain values."""
    return Choices(sheet=said.get("sheet", ""), types=said.get("types", {}), names=said.get("names", {}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a file is; all but ``table`` are plain values that can be kept as JSON."""

    # csv, xlsx, json, geojson, parquet, pdf
    format: str
    encoding: str = ""
    # CSV: delimiter, quote, header (whether there is one), skipped (lines above it). JSON: layout (array or lines).
    dialect: dict[str, Any] = field(default_factory=dict)
    # XLSX: the sheet that was read, and all that can be read.
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    # None for a document, which has no table.
    row_count: int | None = None
    # Parquet with these columns, in the folder that was given.
    table: Path | None = None
    # quality.Problem as plain values; quality.in_words says them.
    problems: list[dict[str, Any]] = field(default_factory=list)
    # For each column: name, title, type, missing, distinct, min, max, common ([[value, count], ...]); texts are cut short.
    summary: list[dict[str, Any]] = field(default_factory=list)
    # The first rows as texts, None where nothing stands.
    preview: list[list[str | None]] = field(default_factory=list)
    # Which number the spreadsheet program shows beside a row: quality.Numbering as plain values.
    numbering: dict[str, Any] = field(default_factory=dict)

    def moved(self, folder: Path) -> Found:
        """Return the same with its table in another folder."""
        return replace(self, table=folder / self.table.name if self.table else None)

    @property
    def schema(self) -> dict[str, Any]:
        """The Table Schema; empty for a document."""
        return as_schema(self.columns) if self.columns else {}

    def as_json(self) -> dict[str, Any]:
        """Return what is shown to the person besides columns, rows and problems: Upload.found."""
        names = ("encoding", "dialect", "sheet", "sheets", "summary", "preview", "numbering")
        return {name: getattr(self, name) for name in names}
