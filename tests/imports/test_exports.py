import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from learningcity.common.sheets.writing import harmless, rows_as_xlsx
from learningcity.imports import exports
from learningcity.imports.exports import answers
from learningcity.imports.registry import table_named
from tests.factories.cities import make_city
from tests.factories.imports import HEADINGS, make_import, saved, text
from tests.factories.opendata import make_indicator
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

FORMULAS = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1"]


@pytest.fixture
def known():
    make_indicator(slug="learners", name_th="ผู้เรียน", name_en="Learners")
    make_city(slug="sample", name_th="เมืองตัวอย่าง")
    make_source(slug="report")


@pytest.mark.parametrize("text", FORMULAS)
def test_harmless_takes_away_what_makes_a_formula_and_leaves_numbers(text):
    assert harmless(text) == f"'{text}"
    assert [harmless(value) for value in ("-5", Decimal("-1.5"), None, True)] == ["-5", "-1.5", "", "True"]


def test_rows_as_xlsx_holds_real_dates_and_numbers_and_no_formula():
    moment = dt.datetime(2024, 9, 17, 3, 0, tzinfo=dt.UTC)
    row = [Decimal("1.5"), dt.date(2024, 9, 17), moment, "=1+1", None, "เมือง\x0b"]

    sheet = load_workbook(rows_as_xlsx("ชื่อ/ตาราง", list("abcdef"), [row])).active

    assert sheet.title == "ชื่อ ตาราง"
    assert [cell.value for cell in sheet[2]] == [
        1.5, dt.datetime(2024, 9, 17), dt.datetime(2024, 9, 17, 10, 0), "=1+1", None, "เมือง",
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[2]] == ["n", "d", "d", "s", "n", "s"]
    assert (sheet["A1"].font.b, sheet.freeze_panes) == (True, "A2")


@pytest.mark.parametrize("name", ["facts", "milestones"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_template_can_be_filled_in_and_read_again(name, language, known, secretary):
    with translation.override(language):
        book = load_workbook(exports.template(table_named(name)))
        sheet = book.worksheets[0]
        filled = {column.name: place for place, column in enumerate(table_named(name).columns, 1)}
        said = {
            "indicator": "learners",
            "city": "sample",
            "value": 1,
            "date": 2567,
            "text_th": "เปิด",
            "source": "report",
        }
        for column, value in said.items():
            if column in filled:
                sheet.cell(row=3, column=filled[column], value=value)
        upload = make_import(saved(book), name, by=secretary)

    assert (upload.state, upload.added, upload.refused, upload.problem) == ("checked", 1, 0, "")
    assert upload.layout["unknown"] == []


def test_template_offers_what_may_be_chosen(known):
    book = load_workbook(exports.template(table_named("facts")))

    offered = {
        str(rule.sqref).split("2")[0]: rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert offered["A"] == "'Lists'!$A$1:$A$1"
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
    assert book["Lists"]["A1"].value == "ผู้เรียน"


def wrong_workbook():
    book = Workbook()
    book.active.append(["รายงานตัวอย่าง"])
    book.active.append(HEADINGS)
    book.active.append(["learners", "sample", 1, 2566, "report"])
    book.active.append(["learners", "nowhere", "=1+1", "31/2/2567", "report"])
    book.active["B3"].number_format = "@"
    return saved(book)


def test_answer_is_the_same_workbook_with_its_faults_marked(known, secretary):
    upload = make_import(wrong_workbook(), by=secretary)

    sheet = load_workbook(exports.answer(upload)).active

    assert [cell.value for cell in sheet[1]][:1] == ["รายงานตัวอย่าง"]
    assert [cell.value for cell in sheet[2]] == [*HEADINGS, "What is wrong"]
    assert [cell.value for cell in sheet[3]] == ["learners", "sample", 1, 2566, "report", None]
    assert sheet["F4"].value == (
        "City: “nowhere” is unknown.\n"
        "Value: This must be given.\n"
        "Date: There is no day 31/2/2567: that month has 29 days."
    )
    assert sheet["D4"].comment.text == "There is no day 31/2/2567: that month has 29 days."
    assert [cell.fill.fgColor.rgb for cell in sheet[4]] == ["00000000", *["00F9C6C0"] * 3, "00000000", "00000000"]


def test_answer_to_a_text_file_is_a_text_file_without_formulas(known, secretary):
    content = text(
        [HEADINGS, ("learners", "=cmd", "1", "2567", "report"), ("learners", "sample", "1", "2567", "report")],
        "cp874",
        ";",
    )
    upload = make_import(content, by=secretary)

    lines = list(csv.reader(io.StringIO(exports.answer(upload).read().decode("utf-8-sig"), newline="")))

    assert lines == [
        [*HEADINGS, "What is wrong"],
        ["learners", "'=cmd", "1", "2567", "report", "City: “=cmd” is unknown."],
        ["learners", "sample", "1", "2567", "report", ""],
    ]


def test_answer_to_a_very_large_workbook_is_a_table_of_the_refused_rows(known, secretary, monkeypatch):
    monkeypatch.setattr(answers, "MOST_CELLS", 3)
    upload = make_import(wrong_workbook(), by=secretary)

    sheet = load_workbook(exports.answer(upload)).active

    assert sheet.title == "The refused rows of a large fil"
    assert [cell.value for cell in sheet[2]][:3] == [4, "learners", "nowhere"]


def with_part(content, name, old, new):
    """Return a workbook in one part of which something else stands."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            words = before.read(part)
            after.writestr(part.filename, words.replace(old, new) if part.filename == name else words)
    return file.getvalue()


@pytest.mark.parametrize(
    "more",
    [
        b'<mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A9:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_answer_never_opens_what_would_become_endless(known, secretary, more):
    name = "xl/worksheets/sheet1.xml"
    content = with_part(wrong_workbook(), name, b"</sheetData>", b"</sheetData>" + more)
    upload = make_import(content, by=secretary)

    sheet = load_workbook(exports.answer(upload)).active

    assert [cell.value for cell in sheet[2]][:3] == [4, "learners", "nowhere"]


def test_answer_weighs_the_sheets_that_nobody_reads_too(known, secretary, monkeypatch):
    book = load_workbook(io.BytesIO(wrong_workbook()))
    for number in range(500):
        book.create_sheet("Other") if not number else book["Other"].append([number] * 20)
    upload = make_import(saved(book), by=secretary)
    light = load_workbook(exports.answer(upload)).active.title

    monkeypatch.setattr(answers, "MOST_CELLS", 1000)

    assert load_workbook(exports.answer(upload)).active.title != light


@pytest.mark.parametrize("languages", [("en", "en"), ("th", "en")])
def test_answer_that_is_brought_again_keeps_no_mark_of_the_first_time(languages, known, secretary):
    book = Workbook()
    for row in (HEADINGS, ("learners", "sample", "one", 2566, "report"), ("learners", "sample", "two", 2567, "report")):
        book.active.append(row)
    upload = make_import(saved(book), by=secretary)
    with translation.override(languages[0]):
        book = load_workbook(exports.answer(upload))
    book.active["C2"].value, book.active["C3"].value, book.active["D3"].value = 1, 2, "31/2/2567"
    book.active["B2"].comment = Comment("counted in May", "Somebody")

    again = make_import(saved(book), by=secretary)
    sheet = load_workbook(exports.answer(again)).active

    assert again.layout["unknown"] == []
    assert {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment} == {
        "B2": "counted in May",
        "D3": "There is no day 31/2/2567: that month has 29 days.",
    }
    assert [sheet["C2"].fill.fill_type, sheet["C3"].fill.fill_type, sheet["D3"].fill.fill_type] == [None, None, "solid"]
    assert [row[-1].value for row in sheet.iter_rows()] == [
        "What is wrong",
        None,
        "Date: There is no day 31/2/2567: that month has 29 days.",
    ]
    assert sheet.max_column == len(HEADINGS) + 1


def test_answer_in_text_that_is_brought_again_has_one_column_of_reasons(known, secretary):
    rows = [HEADINGS, ("learners", "sample", "one", "2566", "report"), ("learners", "sample", "two", "2567", "report")]
    first = exports.answer(make_import(text(rows), by=secretary)).read().decode("utf-8-sig")

    again = make_import(first.replace("one", "1", 1).encode(), by=secretary)

    said = list(csv.reader(io.StringIO(exports.answer(again).read().decode("utf-8-sig"), newline="")))
    assert [row[len(HEADINGS) :] for row in said] == [
        ["What is wrong"],
        [""],
        ["Value: “two” is not a number; write 102909 or 13.75, without a unit."],
    ]
    assert again.layout["unknown"] == []
