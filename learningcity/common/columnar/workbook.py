"""A workbook written row by row, faster than a general library and in the memory of one row. No cell is ever a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb

from learningcity.common.columnar.engine import rows_of
from learningcity.common.columnar.schema import Column

# Excel ends at 1,048,576.
MOST_ROWS = 1_000_000
LONGEST_CELL = 32_767
SHEETS = ("ข้อมูล", "คอลัมน์ Columns", "ที่มา About")
UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The same rows give the same bytes.
ANY_DAY = (1980, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_workbook(
    rows: duckdb.DuckDBPyConnection, columns: Sequence[Column], credit: Mapping[str, str], target: Path, language: str
) -> None:
    """Write rows under headings in this language, a sheet that says what the columns are, and one that says whose they are."""
    headings = [
        getattr(column.title, language) or column.title.th or column.title.en or column.name for column in columns
    ]
    about = [("ชื่อ name", "ไทย", "English", "หน่วย unit", "คำอธิบาย", "Description"), *map(described, columns)]
    contents = (_all(headings, rows_of(rows)), about, credit.items())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, words in FRAME.items():
            with package.open(zipfile.ZipInfo(name, ANY_DAY), "w") as part:
                part.write(f"{HEAD}{words}".encode())
        for number, content in enumerate(contents, 1):
            sheet = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml", ANY_DAY)
            sheet.compress_type = zipfile.ZIP_DEFLATED
            with package.open(sheet, "w", force_zip64=True) as part:
                for piece in sheet_of(content):
                    part.write(piece.encode())


def _all(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield headings
    yield from rows


def described(column: Column) -> tuple[str, ...]:
    """Return what there is to say of a column."""
    return (
        column.name,
        column.title.th,
        column.title.en,
        column.unit,
        column.description.th,
        column.description.en,
    )


def sheet_of(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Return the parts of a sheet whose first row stays in sight."""
    view = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews>{view}</sheetViews><sheetData>'
    for row in rows:
        yield f"<row>{''.join(map(cell, row))}</row>"
    yield "</sheetData></worksheet>"


def cell(value: object) -> str:
    """Return a cell: a number, a truth, or a text that is said to be one, so that no program works it out."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return f"<c><v>{int(value) if whole else value!r}</v></c>"
    text = UNSAYABLE.sub("", str(value))
    if len(text) > LONGEST_CELL:
        # A workbook cannot hold it; that it goes on is to be seen.
        text = f"{text[: LONGEST_CELL - 1]}…"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


NUMBERS = range(1, len(SHEETS) + 1)
FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    + "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        for number in NUMBERS
    )
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    + "".join(f'<sheet name="{SHEETS[number - 1]}" sheetId="{number}" r:id="rId{number}"/>' for number in NUMBERS)
    + "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in NUMBERS
    )
    + "</Relationships>",
}
