"""Workbooks, JSON, GeoJSON, Parquet and PDF: what is in them, and what is noticeable about it."""

import io
import json

import duckdb
import pytest
from openpyxl import Workbook

from learningcity.common.columnar.intake import Choices, Refused
from tests.common.columnar.bringing import bring, kinds_of, names_of, rows_of, types_of


def workbook(**sheets):
    made, file = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


def feature(coordinates, kind="Point", **properties):
    geometry = {"type": kind, "coordinates": coordinates} if coordinates else None
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features, **beside):
    return json.dumps({"type": "FeatureCollection", **beside, "features": features})


def as_parquet(folder, select):
    path = folder / "own.parquet"
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


def test_a_workbook_gives_its_first_table_and_names_the_others(tmp_path):
    rows = [["จังหวัด", "จำนวน"], ["เลย", 5], [], ["น่าน", 7.5], ["ตรัง", "x"]]
    found = bring(tmp_path, workbook(ว่าง=[], ก=rows, ข=[["a"], [1]]), "a.xlsx")

    assert (found.format, found.sheet, found.sheets) == ("xlsx", "ก", ["ก", "ข"])
    assert rows_of(found) == [("เลย", "5"), ("น่าน", "7.5"), ("ตรัง", "x")]
    assert [(one["kind"], one.get("rows")) for one in found.problems] == [("other_sheets", None), ("mixed", [5])]


def test_a_workbook_gives_the_sheet_that_was_chosen(tmp_path):
    book = workbook(a=[["x"], [1]], b=[["y"], ["2024-01-31"]])

    assert names_of(bring(tmp_path, book, "a.xlsx", choices=Choices(sheet="b"))) == ["y"]
    with pytest.raises(Refused):
        bring(tmp_path, book, "a.xlsx", choices=Choices(sheet="c"))


def test_a_workbook_with_a_title_and_two_rows_of_headings_gives_one_row_of_names(tmp_path):
    made = Workbook()
    sheet = made.active
    for row in (
        ["ตารางที่ 1", None, None],
        ["จังหวัด", "นักเรียน", None],
        [None, "ชาย", "หญิง"],
        ["เลย", 10, 20],
        ["น่าน", 30, 40],
    ):
        sheet.append(row)
    for cells in ("A1:C1", "B2:C2", "A2:A3"):
        sheet.merge_cells(cells)
    file = io.BytesIO()
    made.save(file)
    found = bring(tmp_path, file.getvalue(), "a.xlsx")

    assert [column.heading for column in found.columns] == ["จังหวัด", "นักเรียน ชาย", "นักเรียน หญิง"]
    assert rows_of(found) == [("เลย", 10, 20), ("น่าน", 30, 40)]
    assert kinds_of(found) == ["skipped_rows"]


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(Refused):
        bring(tmp_path, workbook(a=[]), "a.xlsx")


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ('[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]', "array"),
        ('{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n', "lines"),
        ('{"count": 2, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], "more": false}', "array"),
        ('{"a": 1, "b": "x"}{"a": 2, "b": "y"}', "lines"),
    ],
)
def test_records_of_json_are_rows(tmp_path, text, layout):
    found = bring(tmp_path, text, "a.json")

    assert (found.format, found.dialect, rows_of(found)) == ("json", {"layout": layout}, [(1, "x"), (2, "y")])


def test_values_of_json_keep_their_kinds(tmp_path):
    rows = [{"a": "5", "b": "2024-01-31", "c": True, "d": 1.5, "e": {"x": "ก"}, "f": None}, {"a": "6", "g": 10**20}]
    found = bring(tmp_path, json.dumps(rows), "a.json")

    assert dict(zip(names_of(found), types_of(found), strict=True)) == {
        "a": "string",
        "b": "date",
        "c": "boolean",
        "d": "number",
        "e": "string",
        "f": "string",
        "g": "string",
    }
    assert [str(cell) for cell in rows_of(found)[0][3:6]] == ["1.5", '{"x":"ก"}', "None"]
    assert kinds_of(found) == ["nested", "missing", "missing", "missing", "missing", "empty_column", "missing"]


def test_long_json_is_read_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr("learningcity.common.columnar.records.PIECE", 7)
    rows = [{"จำนวน": number, "b": "x" * number} for number in range(50)]

    assert bring(tmp_path, json.dumps(rows, ensure_ascii=False), "a.json").row_count == 50
    assert bring(tmp_path, json.dumps({"rows": rows}), "a.json").row_count == 50


def test_points_of_geojson_become_degrees(tmp_path):
    found = bring(tmp_path, collection(feature([102.8, 16.4], name="ก"), feature([100.5, 13.7], name="ข")), "a.geojson")

    assert (found.format, rows_of(found)) == ("geojson", [(102.8, 16.4, "ก"), (100.5, 13.7, "ข")])
    assert (names_of(found), found.problems) == (["longitude", "latitude", "name"], [])


def test_swapped_axes_are_told_and_not_mended(tmp_path):
    points = bring(tmp_path, collection(feature([16.4, 102.8]), feature([100.5, 13.7])), "a.geojson")
    square = [[[16, 102], [17, 102], [17, 103], [16, 102]]]
    outlines = bring(tmp_path, collection(feature(square, "Polygon", n=1), feature(None, n=2)), "a.geojson")

    assert rows_of(points)[0] == (16.4, 102.8)
    assert [(one["kind"], one["count"], one["rows"]) for one in points.problems] == [("swapped_axes", 1, [1])]
    assert [(one["kind"], one["count"]) for one in outlines.problems[:2]] == [("swapped_axes", 1), ("no_place", 1)]
    assert json.loads(rows_of(outlines)[0][0])["coordinates"] == square


@pytest.mark.parametrize(
    ("beside", "crs"),
    [
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}},
            "urn:ogc:def:crs:EPSG::32648",
        ),
        ({}, "?"),
    ],
)
def test_another_reference_system_is_told_and_its_numbers_are_no_degrees(tmp_path, beside, crs):
    found = bring(tmp_path, collection(feature([265_000, 1_818_000], n=1), **beside), "a.geojson")

    assert (names_of(found), rows_of(found)) == (["x", "y", "n"], [(265_000, 1_818_000, 1)])
    assert [(one["kind"], one["crs"]) for one in found.problems] == [("other_crs", crs)]


def test_the_reference_system_of_the_standard_may_be_named(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert bring(tmp_path, collection(feature([100.5, 13.7], n=1), crs=crs), "a.geojson").problems == []


def test_a_parquet_keeps_its_values_under_names_of_ours(tmp_path):
    select = """SELECT 7::TINYINT AS "จำนวน", 1.5::DECIMAL(5,2) AS "ร้อยละ", DATE '2024-09-17' AS day, [1, 2] AS list,
        'x'::BLOB AS bytes, TIMESTAMPTZ '2024-09-17 12:00:00+07' AS at, 'nan'::DOUBLE AS nothing"""
    found = bring(tmp_path, as_parquet(tmp_path, select), "a.parquet")

    assert names_of(found) == ["chamnuan", "roila", "day", "list", "at", "nothing"]
    assert types_of(found) == ["integer", "number", "date", "string", "datetime", "number"]
    assert [str(cell) for cell in rows_of(found)[0]] == [
        "7",
        "1.5",
        "2024-09-17",
        "[1,2]",
        "2024-09-17 05:00:00",
        "None",
    ]
    assert kinds_of(found) == ["nested", "left_out_columns", "empty_column"]


def test_a_parquet_is_read_as_somebody_chose(tmp_path):
    content = as_parquet(tmp_path, "SELECT '17/9/2567' AS day, 2567 AS year, 'x' AS word")
    found = bring(
        tmp_path, content, "a.parquet", choices=Choices(types={"day": "date", "year": "year", "word": "date"})
    )

    assert [str(cell) for cell in rows_of(found)[0]] == ["2024-09-17", "2024", "x"]
    assert (types_of(found), kinds_of(found)) == (["date", "year", "string"], ["choice_refused"])


def test_a_parquet_of_endless_rows_is_refused(tmp_path):
    content = as_parquet(tmp_path, "SELECT 1 AS a FROM range(50_000_001)")

    with pytest.raises(Refused):
        bring(tmp_path, content, "a.parquet")


def test_a_pdf_is_kept_as_a_document(tmp_path):
    found = bring(tmp_path, b"%PDF-1.7\n...\n%%EOF\n", "a.pdf")

    assert (found.format, found.schema, found.row_count, found.table) == ("pdf", {}, None, None)
