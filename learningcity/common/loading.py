"""Tables in files: read strictly, and refused with file, line and reason.

A file is UTF-8, separated by commas, with one column for each field of its model. The precision of a date is not
a column: 2024, 2024-09 and 2024-09-17 say it themselves.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from learningcity.common.thai.dates import Precision, parse_partial_date

# Between the values of a cell that holds several.
SEPARATOR = "|"


@dataclass(frozen=True)
class Problem:
    """Why a row is refused, and where it stands."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class Refused(Exception):
    """Nothing was stored, because of these problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One record of a file, with the line on which it starts."""

    file: str
    line: int
    cells: dict[str, str]

    def problem(self, reason: str) -> Problem:
        return Problem(self.file, self.line, reason)


def read_table(path: Path, columns: Collection[str]) -> list[Row]:
    """Return the rows of a file that has exactly these columns, in any order.

    :raises Refused: if it is no such file.
    """
    try:
        # Spreadsheet programs put a mark before the first letter; it is taken off.
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Refused([Problem(path.name, line, "this is not UTF-8; save the file as “CSV UTF-8”")]) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(lines, [])
        refuse_other_columns(path.name, header, columns)
        return list(_rows(path.name, header, lines))
    except csv.Error as error:
        raise Refused([Problem(path.name, lines.line_num, f"this is not CSV: {error}")]) from error


def refuse_other_columns(file: str, header: list[str], columns: Collection[str]) -> None:
    """Do nothing for a header with each column once.

    :raises Refused: if a column is missing, unknown or there twice.
    """
    reasons = [f"the column “{name}” is missing" for name in columns if name not in header]
    reasons += [f"there is no column “{name}” here" for name in header if name not in columns]
    reasons += [f"the column “{name}” stands here twice" for name in sorted(set(header)) if header.count(name) > 1]
    if reasons:
        raise Refused([Problem(file, 1, reason) for reason in reasons])


def _rows(file: str, header: list[str], lines: Any) -> Any:
    line = lines.line_num + 1
    problems = []
    for cells in lines:
        if cells and len(cells) != len(header):
            problems.append(Problem(file, line, f"{len(cells)} cells stand under {len(header)} columns"))
        elif any("\0" in cell for cell in cells):
            problems.append(Problem(file, line, "a cell holds a NUL character"))
        elif cells:
            yield Row(file, line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})
        # A cell may run over several lines, so the next record starts where the reader stopped.
        line = lines.line_num + 1
    if problems:
        raise Refused(problems)


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the fields of a model that its file has a column for."""
    fields = [
        field for field in model._meta.concrete_fields if field.editable and not isinstance(field, models.AutoField)
    ]
    precisions = {precision_of(field) for field in fields}
    return [field.name for field in fields if field.name not in precisions]


def precision_of(field: models.Field[Any, Any]) -> str:
    """Return the name of the field that says how exactly a date is known, or "" if none does."""
    name = field.name.removesuffix("_on") + "_precision"
    is_vague = isinstance(field, models.DateField) and any(name == other.name for other in field.model._meta.fields)
    return name if is_vague else ""


def read_cell(field: models.Field[Any, Any], text: str) -> dict[str, Any]:
    """Return what a cell says, as values of its field and of the precision that goes with it.

    :raises ValueError: with a reason, if it says nothing that the field can hold.
    """
    if not text and not isinstance(field, models.CharField | models.TextField | ArrayField):
        return _nothing(field)
    if isinstance(field, models.DateField):
        return _date(field, text)
    if isinstance(field, ArrayField):
        return {field.name: [part.strip() for part in text.split(SEPARATOR) if part.strip()]}
    if isinstance(field, models.DecimalField):
        value: Any = _number(Decimal, text)
    elif isinstance(field, models.IntegerField):
        value = _number(int, text)
    else:
        value = text or (field.get_default() if field.has_default() else "")
    if value == "" and not field.blank:
        raise ValueError("this must be given")
    known = [str(choice) for choice, _ in field.flatchoices]
    if known and value != "" and str(value) not in known:
        raise ValueError(f"“{text}” is unknown; write one of: {', '.join(known)}")
    return {field.name: value}


def _nothing(field: models.Field[Any, Any]) -> dict[str, Any]:
    if field.has_default():
        return {field.name: field.get_default()}
    if not field.null:
        raise ValueError("this must be given")
    unknown = {precision_of(field): str(Precision.DAY)} if precision_of(field) else {}
    return {field.name: None, **unknown}


def _date(field: models.Field[Any, Any], text: str) -> dict[str, dt.date | str]:
    date, precision = parse_partial_date(text)
    if name := precision_of(field):
        return {field.name: date, name: str(precision)}
    if precision != Precision.DAY:
        raise ValueError(f"“{text}” is not a whole date; write 2024-09-17")
    return {field.name: date}


def _number(kind: type[Decimal] | type[int], text: str) -> Decimal | int:
    try:
        value = kind(text)
        # Python would also take other digits, underscores, NaN and Infinity.
        if not text.isascii() or "_" in text or not Decimal(value).is_finite():
            raise ValueError
    except (ValueError, InvalidOperation):
        raise ValueError(f"“{text}” is not a number; write 102909 or 13.75") from None
    return value
