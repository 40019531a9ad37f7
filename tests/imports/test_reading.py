"""What a file is and says, however it was saved."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from learningcity.common.sheets.guards import Unreadable, kind_of
from learningcity.common.text import LocalText
from learningcity.imports.queries import files, opened_table
from learningcity.imports.registry import Column, Date, Number, Table, Text
from learningcity.sources.models import Source
from tests.factories.imports import saved, text, workbook

PLACE = Column(name="place", label=LocalText("สถานที่", "Place"), cell=Text(), required=True, example="ตัวอย่าง")
VALUE = Column(name="value", label=LocalText("ค่า", "Value"), cell=Number(), required=True, example="1")
DATE = Column(name="date", label=LocalText("วันที่", "Date"), cell=Date(), also=("ข้อมูล ปี",))
TABLE = Table(
    name="sample",
    label=LocalText("ตัวอย่าง", "Sample"),
    model=Source,
    columns=(PLACE, VALUE, DATE),
    keys=(),
    fields=lambda values, known: values,
    cells=lambda record: {},
    records_in=lambda place: Source.objects.none(),
    place_of=lambda record: "",
)
HEAD = ("สถานที่", "ค่า", "วันที่")
ROW = {"place": "บึงแก่นนคร", "value": "59", "date": "2567"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(content, tmp_path):
    kind = kind_of(io.BytesIO(content))
    path = tmp_path / f"file.{kind}"
    path.write_bytes(content)
    with opened_table(path, kind, TABLE) as opened:
        return list(opened.rows), opened.layout


def rows_in(content, tmp_path):
    return read(content, tmp_path)[0]


@pytest.mark.parametrize(
    "content",
    [
        workbook([HEAD, ("บึงแก่นนคร", 59, 2567)]),
        workbook([("Place", "VALUE", "date "), ("บึงแก่นนคร", "59", "2567")]),
        workbook([("place", "value", "date"), (" บึงแก่นนคร ", 59.0, 2567.0)]),
        workbook([("สถานที่ *", "ค่า (คน)", "วันที่"), ("บึงแก่นนคร", 59, 2567)]),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")]),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")], "utf-8-sig"),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")], "cp874"),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")], "cp874", ";"),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")], "utf-8-sig", "\t"),
        text([HEAD, ("บึงแก่นนคร", "59", "2567")], "utf-16", "\t"),
    ],
)
def test_a_table_is_read_however_it_was_saved(content, tmp_path):
    assert rows_in(content, tmp_path) == [(2, ROW)]


def test_the_line_by_which_excel_names_the_separator_is_a_row_to_nobody(tmp_path):
    content = b"sep=;\r\n" + text([HEAD, ("บึงแก่นนคร", "59", "2567")], separator=";")

    assert rows_in(content, tmp_path) == [(3, ROW)]


def test_titles_may_stand_above_the_headings_and_rows_keep_their_numbers(tmp_path):
    content = workbook([("รายงานตัวอย่าง",), (), HEAD, (), ("บึงแก่นนคร", 59, 2567), (None, None, None), ("x", 1, None)])

    assert rows_in(content, tmp_path) == [(5, ROW), (7, {"place": "x", "value": "1", "date": ""})]


def test_merged_cells_say_the_same_in_each_of_their_rows(tmp_path):
    content = workbook([HEAD, ("บึงแก่นนคร", 59, 2567), (None, 60, None), (None, 61, None)], "A2:A4", "C2:C3")

    assert [cells for _number, cells in rows_in(content, tmp_path)] == [
        ROW,
        {**ROW, "value": "60"},
        {**ROW, "value": "61", "date": ""},
    ]


def test_merged_headings_stand_over_their_parts(tmp_path):
    content = workbook([("สถานที่", "ข้อมูล", None), (None, "ค่า", "ปี"), ("บึงแก่นนคร", 59, 2567)], "A1:A2", "B1:C1")

    assert rows_in(content, tmp_path) == [(3, ROW)]


def test_one_language_may_stand_above_the_other(tmp_path):
    content = workbook([HEAD, ("Place", "Value", "Date"), ("บึงแก่นนคร", 59, 2567)])

    assert rows_in(content, tmp_path) == [(3, ROW)]


def test_dates_of_either_calendar_and_results_of_formulas_are_read_as_they_show(tmp_path):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(("a", 1.5, dt.date(2024, 9, 17)))
    book.active.append(("b", "=1+1", dt.datetime(2567, 9, 17)))

    assert rows_in(saved(book), tmp_path) == [
        (2, {"place": "a", "value": "1.5", "date": "2024-09-17"}),
        # No program has worked the formula out, so there is no result to read.
        (3, {"place": "b", "value": "", "date": "2567-09-17"}),
    ]


def test_the_table_may_lie_on_a_later_sheet_but_not_on_a_hidden_one(tmp_path):
    book = Workbook()
    book.active.append(("คำอธิบาย",))
    hidden = book.create_sheet("hidden")
    hidden.append(HEAD)
    hidden.append(("no", 1, 2567))
    hidden.sheet_state = "hidden"
    third = book.create_sheet("ข้อมูล")
    third.append(HEAD)
    third.append(("บึงแก่นนคร", 59, 2567))

    rows, layout = read(saved(book), tmp_path)

    assert (rows, layout.sheet) == ([(2, ROW)], "ข้อมูล")


def test_a_table_need_not_begin_at_the_left(tmp_path):
    book = Workbook()
    for column, heading, value in zip("CDE", HEAD, ("บึงแก่นนคร", 59, 2567), strict=True):
        book.active[f"{column}4"], book.active[f"{column}5"] = heading, value

    rows, layout = read(saved(book), tmp_path)

    assert (rows, layout.places) == ([(5, ROW)], {"place": 2, "value": 3, "date": 4})


def test_headings_that_name_no_column_are_told(tmp_path):
    assert read(text([(*HEAD, "สี"), ("a", 1, 2567, "red")]), tmp_path)[1].unknown == ["สี"]


def test_the_example_of_the_template_is_no_row(tmp_path):
    assert rows_in(text([HEAD, ("ตัวอย่าง", "1", ""), ("x", "1", "")]), tmp_path) == [
        (3, {"place": "x", "value": "1", "date": ""})
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (text([("สถานที่", "วันที่"), ("a", "2567")]), "These headings are missing: “Value”."),
        (text([(*HEAD, "Value"), ("a", 1, 2567, 2)]), "These headings stand there twice: “Value”."),
        (
            text([("a", "b"), ("1", "2")]),
            "No headings were found. In the first rows there must be these: “Place”, “Value”.",
        ),
        (workbook([("a",), ("b",)]), "No headings were found."),
        (workbook([]), "No headings were found."),
        (b'place,value,date\r\n"a,1,2567\r\nb,2,2567\r\n', "a quotation mark is missing or one too many"),
        (text([HEAD, ("x" * 10_001, 1, 2567)]), "In row 2 a cell holds more than 10,000 letters."),
        (workbook([[f"c{n}" for n in range(201)]]), "more than 200 columns wide"),
    ],
)
def test_what_is_no_table_is_refused_with_words(content, reason, tmp_path):
    with pytest.raises(Unreadable) as refusal:
        rows_in(content, tmp_path)

    assert reason in str(refusal.value)


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    with pytest.raises(Unreadable, match="more than 50,000 rows"):
        rows_in(text([HEAD, *[("a", 1, 2567)] * 3]), tmp_path)


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}


def test_a_file_of_200_megabytes_is_not_even_opened():
    class Large(io.BytesIO):
        def seek(self, *where):
            return 200_000_000

        def read(self, *size):
            raise AssertionError

    with pytest.raises(Unreadable, match="larger than 20 MB"):
        kind_of(Large())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "This is a picture"),
        (b"<html><table></table></html>", "a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"PK\x03\x04 cut off", "damaged"),
        (zipped(**{"word/document.xml": "<a/>", "[Content_Types].xml": "<Types/>"}), "no spreadsheet"),
        (zipped(**XLSX, **{"xl/vbaProject.bin": "x"}), "macros"),
        (zipped(**{"xl/workbook.bin": "x"}), "binary workbook"),
        (zipped(**{"content.xml": "<a/>"}), "OpenDocument"),
        (zipped(**{"holiday.jpg": "x"}), "damaged"),
        (zipped(**XLSX, **{"xl/worksheets/sheet1.xml": "0" * 6_000_000}), "far more than its size shows"),
        (zipped(**XLSX, **{f"xl/media/{n}": "" for n in range(2_001)}), "far more than its size shows"),
        (zipped(**XLSX, **{"xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b "c">]><sst/>'}), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_before_it_is_opened(content, reason):
    with pytest.raises(Unreadable, match=reason):
        kind_of(io.BytesIO(content))


def test_a_bomb_that_lies_about_its_size_is_refused():
    content = bytearray(zipped(**XLSX, **{"xl/worksheets/sheet1.xml": "0" * 4_000_000}))
    told = (4_000_000).to_bytes(4, "little")
    while (place := content.find(told)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")

    with pytest.raises(Unreadable, match="damaged"):
        kind_of(io.BytesIO(bytes(content)))


@pytest.mark.parametrize("content", [b"place,value,date\r\na\0b,1,2567\r\n", b"place,value\r\n\x81\xfc\xfd\xfe,1\r\n"])
def test_bytes_that_are_no_text_are_refused(content, tmp_path):
    with pytest.raises(Unreadable, match=r"Save the table as “CSV UTF-8”"):
        rows_in(content, tmp_path)


def test_a_workbook_of_two_cells_at_opposite_ends_harms_nobody(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "place", "value"

    with pytest.raises(Unreadable, match=r"too much memory|200 columns|damaged"):
        rows_in(saved(book), tmp_path)


def test_a_workbook_that_breaks_off_in_the_middle_is_refused(tmp_path):
    content = zipped(**XLSX, **{"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"})

    with pytest.raises(Unreadable, match=r"damaged|No headings"):
        rows_in(content, tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (text([HEAD]) + b"," * 3_000_000, "200 columns"),
        (text([HEAD, ("a", "1", "2567", *[""] * 198, "x")]), "200 columns"),
        (text([HEAD]) + b"\r" * 1_100_000, "50,000 rows"),
    ],
)
def test_text_of_millions_of_cells_is_refused_before_it_becomes_them(content, reason, tmp_path):
    with pytest.raises(Unreadable, match=reason):
        read(content, tmp_path)


def test_text_with_empty_columns_at_its_right_is_read(tmp_path):
    rows = [(*HEAD, *[""] * 300), (*ROW.values(), *[""] * 300)]

    assert rows_in(text(rows), tmp_path) == [(2, ROW)]
