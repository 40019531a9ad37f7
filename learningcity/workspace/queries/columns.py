"""What the page of a file shows of its columns, and what came back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from learningcity.common.columnar.quality import Said, in_words
from learningcity.common.columnar.schema import Column, columns_from
from learningcity.opendata.enums import CHOOSABLE, COLUMN_TYPES
from learningcity.opendata.models import Upload
from learningcity.opendata.queries.columns import words_of

# Each column has nine boxes, and a form has a thousand at most.
COLUMNS_ON_A_PAGE = 60
# A table of so few columns is shown with all of them opened.
FEW = 3
COMMON_VALUES = 3
# What may be typed into a box of a column: name of the box, label, language.
BOXES: tuple[tuple[str, Any, str], ...] = (
    ("title_th", _("Thai title"), "th"),
    ("title_en", _("English title"), "en"),
    ("description_th", _("Meaning in Thai"), "th"),
    ("description_en", _("Meaning in English"), "en"),
    ("unit", _("Unit"), ""),
)
TYPED = (*(name for name, _label, _language in BOXES), "name", "type")


@dataclass(frozen=True, slots=True)
class Box:
    """One box to be typed into, and what is wrong with what stands in it."""

    name: str
    label: object
    value: str
    language: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnRow:
    """One column of an upload, as the page lets it be described."""

    column: Column
    boxes: list[Box]
    # What programs call it, what it holds, and whether it is of the key.
    name: Box
    type: Box
    key: Box
    types: list[tuple[str, object]]
    missing: int
    distinct: int | None
    span: str
    common: list[str]
    is_open: bool

    @property
    def holds(self) -> object:
        return COLUMN_TYPES[self.column.type]

    @property
    def is_said(self) -> bool:
        """Whether somebody wrote what it means."""
        return bool(self.column.description)

    @property
    def faults(self) -> list[tuple[Column, Box, str]]:
        """What is wrong, each with its box."""
        return [
            (self.column, box, said) for box in (*self.boxes, self.name, self.type, self.key) for said in box.faults
        ]


def column_rows(
    upload: Upload, columns: Iterable[Column], typed: Mapping[str, str], faults: Mapping[str, list[str]]
) -> list[ColumnRow]:
    """Return columns of an upload with what was found in each of them; what was typed and is not kept stands there still."""
    told = {one.get("name"): one for one in upload.found.get("summary", [])}
    key = upload.schema.get("primaryKey", [])
    shown = [*columns]
    return [
        _row(column, told.get(column.name, {}), Boxes(column, typed, faults), (column.name in key, len(shown) <= FEW))
        for column in shown
    ]


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a column."""

    column: Column
    typed: Mapping[str, str]
    faults: Mapping[str, list[str]]

    def box(self, what: str, label: object, value: str, language: str = "") -> Box:
        name = f"{self.column.name}:{what}"
        said = self.typed.get(name, "" if what == "key" and self.typed else value)
        return Box(name, label, said, language, tuple(self.faults.get(name, ())))


def _row(column: Column, told: Mapping[str, Any], boxes: Boxes, known: tuple[bool, bool]) -> ColumnRow:
    is_key, is_open = known
    said = words_of(column)
    ends = [str(told[end]) for end in ("min", "max") if told.get(end) is not None]
    kinds = [kind for kind in COLUMN_TYPES if kind == column.type or kind in CHOOSABLE]
    return ColumnRow(
        column=column,
        boxes=[boxes.box(name, label, said[name], language) for name, label, language in BOXES],
        name=boxes.box("name", _("Name for programs"), column.name),
        type=boxes.box("type", _("Holds"), column.type),
        key=boxes.box("key", _("Tells the rows apart (key)"), "on" if is_key else ""),
        types=[(kind, COLUMN_TYPES[kind]) for kind in kinds],
        missing=told.get("missing") or 0,
        distinct=told.get("distinct"),
        span=" – ".join(ends),
        common=[str(value) for value, _count in (told.get("common") or [])[:COMMON_VALUES]],
        is_open=is_open or any(name.startswith(f"{column.name}:") for name in boxes.faults),
    )


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed of the same kind, in one column or in several, and what can be done about it."""

    weight: str
    said: list[Said]
    advice: str


def remarks_on(upload: Upload) -> tuple[list[Remark], list[Remark]]:
    """Return what was noticed in a file, each kind once: what asks for something to be done, and what is good to know."""
    kinds: dict[str, list[Said]] = {}
    for said in in_words(upload.problems):
        kinds.setdefault(said.kind, []).append(said)
    found = [Remark(same[0].weight, same, same[0].advice) for same in kinds.values()]
    asking = [each for each in found if each.weight != "note" or any(said.choice for said in each.said)]
    return asking, [each for each in found if each not in asking]


def said_of_columns(data: Mapping[str, str], columns: Iterable[Column]) -> dict[str, dict[str, str]]:
    """Return what a form says of columns: name of column -> what is said of it."""
    found: dict[str, dict[str, str]] = {}
    chosen, _colon, kind = data.get("choose", "").partition(":")
    for column in columns:
        typed = {what: data.get(f"{column.name}:{what}") for what in TYPED}
        # No database keeps a NUL.
        said = {what: words.replace("\x00", "") for what, words in typed.items() if words is not None}
        if "name" in said:
            # A box that is not ticked does not come.
            said["key"] = data.get(f"{column.name}:key", "")
        if column.name == chosen:
            said["type"] = kind
        if said:
            found[column.name] = said
    return found


def columns_of(upload: Upload) -> list[Column]:
    """Return the columns of an upload; none of a document."""
    return columns_from(upload.schema)
