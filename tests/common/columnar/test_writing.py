"""Tables written as every kind of file: the same values, the same bytes, nothing executed."""

import codecs
import csv
import datetime as dt
import json
from decimal import Decimal

import duckdb
import openpyxl
import pytest

from learningcity.common.columnar import workbook, writing
from learningcity.common.columnar.keeping import keep_rows
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.writing import Told, TooManyRows, write_table
from learningcity.common.text import LocalText

COLUMNS = tuple(
    Column(name=name, title=LocalText(f"ช่อง {name}", name), type=kind)
    for name, kind in (
        ("key", "string"),
        ("count", "integer"),
        ("value", "number"),
        ("yes", "boolean"),
        ("day", "date"),
        ("at", "datetime"),
        ("lat", "number"),
        ("lon", "number"),
    )
)
MOMENT = dt.datetime(2024, 9, 17, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
ROWS = [
    ("ขอนแก่น", 1, Decimal("102909.0000"), True, dt.date(2024, 9, 17), MOMENT, 16.43, 102.83),
    ('=HYPERLINK("http://evil")', -2, Decimal("0.25"), False, None, None, None, None),
    ('a,"b"\n<c>&', None, None, None, None, None, 13.75, 100.5),
]
CREDIT = {"license": "CC-BY-4.0", "publisher": "เครือข่าย"}
TOLD = Told(title=LocalText("เมือง", "Cities"), columns=COLUMNS, credit=CREDIT, latitude="lat", longitude="lon")


@pytest.fixture
def written(tmp_path):
    table = tmp_path / "table.parquet"
    keep_rows(ROWS, COLUMNS, table)

    def write(form, told=TOLD):
        target = tmp_path / f"out.{form}"
        write_table(table, form, told, target)
        return target

    return write


def test_a_csv_says_what_the_rows_say(written):
    rows = list(csv.reader(written("csv").open(encoding="utf-8", newline="")))

    assert rows == [
        ["key", "count", "value", "yes", "day", "at", "lat", "lon"],
        ["ขอนแก่น", "1", "102909", "true", "2024-09-17", "2024-09-17T00:30:00", "16.43", "102.83"],
        ['=HYPERLINK("http://evil")', "-2", "0.25", "false", "", "", "", ""],
        ['a,"b"\n<c>&', "", "", "", "", "", "13.75", "100.5"],
    ]


def test_a_csv_with_the_mark_is_the_same_behind_it(written):
    assert written("csv-bom").read_bytes() == codecs.BOM_UTF8 + written("csv").read_bytes()


def test_a_json_is_an_array_in_which_thai_is_readable(written):
    text = written("json").read_text(encoding="utf-8")

    assert "ขอนแก่น" in text
    assert json.loads(text)[0] == {
        "key": "ขอนแก่น",
        "count": 1,
        "value": 102909.0,
        "yes": True,
        "day": "2024-09-17",
        "at": "2024-09-17T00:30:00",
        "lat": 16.43,
        "lon": 102.83,
    }
    assert json.loads(text)[2]["count"] is None


def test_a_geojson_names_longitude_first_and_who_is_to_be_thanked(written):
    said = json.loads(written("geojson").read_text(encoding="utf-8"))

    assert (said["type"], said["license"], said["title_th"]) == ("FeatureCollection", "CC-BY-4.0", "เมือง")
    assert said["features"][0]["geometry"] == {"type": "Point", "coordinates": [102.83, 16.43]}
    assert said["features"][1]["geometry"] is None
    assert said["features"][2]["properties"]["key"] == 'a,"b"\n<c>&'


def test_a_workbook_holds_texts_and_never_a_formula(written):
    book = openpyxl.load_workbook(written("xlsx"))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][0] == "ช่อง key"
    assert rows[1] == ("ขอนแก่น", 1, 102909, True, "2024-09-17", "2024-09-17T00:30:00", 16.43, 102.83)
    assert (sheet["A3"].value, sheet["A3"].data_type) == ('=HYPERLINK("http://evil")', "s")
    assert rows[3][0] == 'a,"b"\n<c>&'
    assert book.worksheets[1]["A2"].value == "key"
    assert list(book.worksheets[2].iter_rows(values_only=True)) == [
        ("license", "CC-BY-4.0"),
        ("publisher", "เครือข่าย"),
    ]


def test_a_workbook_shows_where_a_text_was_too_long_for_it(tmp_path):
    keep_rows([("ก" * 40_000,)], COLUMNS[:1], tmp_path / "t.parquet")
    write_table(
        tmp_path / "t.parquet", "xlsx", Told(title=TOLD.title, columns=COLUMNS[:1], credit={}), tmp_path / "x.xlsx"
    )

    text = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]["A2"].value
    assert (len(text), text[-1]) == (workbook.LONGEST_CELL, "…")


def test_a_workbook_of_too_many_rows_is_refused_and_leaves_nothing(written, monkeypatch, tmp_path):
    monkeypatch.setattr(writing, "MOST_ROWS", 2)

    with pytest.raises(TooManyRows):
        written("xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["table.parquet"]


def test_a_table_without_places_is_no_map(written):
    with pytest.raises(ValueError, match="no map"):
        written("geojson", Told(title=TOLD.title, columns=COLUMNS, credit={}))
    with pytest.raises(ValueError, match="no kind of file"):
        written("exe")


def test_parquet_stays_as_it_is(written, tmp_path):
    assert written("parquet").read_bytes() == (tmp_path / "table.parquet").read_bytes()


@pytest.mark.parametrize("form", ["csv", "json", "geojson", "xlsx"])
def test_the_same_rows_give_the_same_bytes(written, form):
    assert written(form).read_bytes() == written(form).read_bytes()


def test_a_number_without_end_is_nothing_in_json(tmp_path):
    table, said = tmp_path / "t.parquet", tmp_path / "t.json"
    duckdb.sql(f"COPY (SELECT 'nan'::DOUBLE AS value) TO '{table}' (FORMAT parquet)")
    write_table(table, "json", Told(title=TOLD.title, columns=COLUMNS[2:3], credit={}), said)

    assert json.loads(said.read_text()) == [{"value": None}]
