from __future__ import annotations

import tempfile
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from learningcity.common.sheets.writing import sheet_title
from learningcity.imports.registry import Column, Table

# So many rows get the lists to choose from.
READY = 2_000
REQUIRED = PatternFill("solid", fgColor="FCE8C8")
EXAMPLE = Font(italic=True, color="666666")
BOLD = Font(bold=True)


def template(table: Table) -> IO[bytes]:
    """Return a workbook to fill in, at its beginning: an example, lists to choose from, and a sheet that explains."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = sheet_title(str(table.label))
    sheet.freeze_panes = "A2"
    lists = workbook.create_sheet(sheet_title(_("Lists")))
    for place, column in enumerate(table.columns, 1):
        _head(sheet, place, column)
        _offer(sheet, lists, place, column)
    _explain(workbook.create_sheet(sheet_title(_("How to fill it in")), 1), table)
    # Nobody reads it, the lists do.
    lists.sheet_state = "hidden"
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    workbook.save(file)
    file.seek(0)
    return file


def _head(sheet: Any, place: int, column: Column) -> None:
    """Write the heading of a column and its example."""
    heading = sheet.cell(row=1, column=place, value=str(column.label))
    heading.font = BOLD
    heading.alignment = Alignment(wrap_text=True, vertical="top")
    if column.required:
        heading.fill = REQUIRED
    if column.help:
        heading.comment = Comment(str(column.help), "")
    example = sheet.cell(row=2, column=place, value=column.example or None)
    example.font = EXAMPLE
    # As text, so that Excel turns no date and no long number into something else.
    example.number_format = "@"
    width = max(len(str(column.label)), len(column.example), 10)
    sheet.column_dimensions[get_column_letter(place)].width = min(width + 2, 40)


def _offer(sheet: Any, lists: Any, place: int, column: Column) -> None:
    """Let people choose from a list where there is one; other words stay allowed, because names have many forms."""
    choices = column.cell.choices()
    if not choices:
        return
    letter = get_column_letter(place)
    for row, choice in enumerate(choices, 1):
        lists.cell(row=row, column=place, value=choice).data_type = "s"
    offered = f"'{lists.title}'!${letter}$1:${letter}${len(choices)}"
    rule = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=False)
    rule.add(f"{letter}2:{letter}{READY}")
    sheet.add_data_validation(rule)


def _explain(sheet: Any, table: Table) -> None:
    sheet.append([_("Column"), _("Must it be filled in?"), _("What to write"), _("Example")])
    for cell in sheet[1]:
        cell.font = BOLD
    for column in table.columns:
        needed = _("yes") if column.required else _("no")
        sheet.append([str(column.label), needed, str(column.help), column.example])
    sheet.append([])
    for words in (
        _("The second row of the first sheet is an example: write over it, or leave it, it is not imported."),
        _("Dates may be Buddhist or Christian, numbers may have Thai digits."),
        _("To repeat an import makes no doubles: what is on the site already stays as it is."),
    ):
        sheet.append([words])
    for letter, width in zip("ABCD", (30, 22, 80, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            cell.alignment = Alignment(wrap_text=cell.column == 3, vertical="top")
