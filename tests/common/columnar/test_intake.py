"""Texts with rows: letters, separators, headings and types are found, and nothing of them is changed."""

import duckdb
import pytest

from learningcity.common.columnar.intake import Abandoned, Choices, examine
from tests.common.columnar.bringing import bring, kinds_of, names_of, rows_of, types_of

THAI = "จังหวัด,จำนวน\nขอนแก่น,12\nเชียงใหม่,34\n"
ROWS = [("ขอนแก่น", 12), ("เชียงใหม่", 34)]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (THAI.encode(), "utf-8"),
        (THAI.encode("utf-8-sig"), "utf-8-sig"),
        (THAI.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + THAI.encode("utf-16-be"), "utf-16"),
        (THAI.encode("utf-16-le"), "utf-16"),
        (THAI.encode("cp874"), "cp874"),
    ],
)
def test_letters_are_read_in_every_encoding_of_thai_offices(tmp_path, content, encoding):
    found = bring(tmp_path, content)

    assert (found.format, found.encoding, found.row_count) == ("csv", encoding, 2)
    assert rows_of(found) == ROWS
    assert found.problems == []


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n2,5;3\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("sep=;\na;b\n1;2\n", ";"),
    ],
)
def test_separators_are_found(tmp_path, text, delimiter):
    found = bring(tmp_path, text)

    assert (found.dialect["delimiter"], len(found.columns)) == (delimiter, 2)


def test_headings_stay_as_titles_and_get_names_for_machines(tmp_path):
    found = bring(tmp_path, "จำนวนนักเรียน,ปี พ.ศ.,School name,2567,,School name\n1,ก,x,4,5,y\n")

    assert names_of(found) == ["chamnuan_nakrian", "pi_be", "school_name", "y2567", "column_5", "school_name_2"]
    assert [column.title.th or column.title.en for column in found.columns][:3] == [
        "จำนวนนักเรียน",
        "ปี พ.ศ.",
        "School name",
    ]
    assert found.columns[0].heading == "จำนวนนักเรียน"
    assert kinds_of(found) == ["no_heading", "double_headings"]


def test_words_of_many_headings_are_named_as_they_sound(tmp_path):
    found = bring(tmp_path, "ตำบล,ชุมชน,อายุ,ปีงบประมาณ,จำนวนห้องเรียน,ละติจูด\n1,2,3,4,5,6\n")

    assert names_of(found) == ["tambon", "chumchon", "ayu", "pi_ngop_praman", "chamnuan_hong_rian", "latitude"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-20", "1234567890123456"], "integer"),
        (["1", "2.50", "16.439999999999998", "1.2E-5"], "number"),
        (["true", "FALSE"], "boolean"),
        (["2024-09-17", "1999-01-31"], "date"),
        (["2024-09-17 12:30", "2024-09-17T12:30:05"], "datetime"),
        # What would lose something as a number, or means another day in another calendar, stays a text.
        (["007", "8"], "string"),
        (["12345678901234567890"], "string"),
        (["1.2345678901234567890"], "string"),
        (["1E5", "2"], "string"),
        (["2567-09-17"], "string"),
        (["2024-02-30"], "string"),
        ([" 5", "6"], "string"),
        (["nan", "inf"], "string"),
        (["+5"], "string"),
        (["1,234"], "string"),
        (["yes"], "string"),
    ],
)
def test_types_are_those_that_every_value_fits_exactly(tmp_path, values, kind):
    found = bring(tmp_path, "x,y\n" + "".join(f'"{value}",a\n' for value in values))

    assert types_of(found)[0] == kind
    if kind == "string":
        assert [row[0] for row in rows_of(found)] == values


@pytest.mark.parametrize(("late", "kind"), [("007", "string"), ("2.5", "number"), ("", "integer")])
def test_types_are_those_of_all_rows_not_of_the_first_ones(tmp_path, late, kind):
    found = bring(tmp_path, "x,y\n" + "1,a\n" * 25_000 + f"{late},a\n")

    assert (types_of(found)[0], found.row_count) == (kind, 25_001)


def test_types_of_a_column_that_begins_late_are_found(tmp_path):
    found = bring(tmp_path, "x,y\n" + ",a\n" * 25_000 + "5,a\n")

    assert types_of(found) == ["integer", "string"]


def test_titles_above_the_headings_are_left_out_and_told(tmp_path):
    found = bring(tmp_path, "ตารางที่ 1,,\n,,\nจังหวัด,ชาย,หญิง\nเลย,1,2\nขอนแก่น,3,4\n")

    assert (names_of(found), found.row_count) == (["changwat", "chai", "ying"], 2)
    assert found.problems == [{"kind": "skipped_rows", "column": "", "title": "", "count": 2}]


def test_a_table_without_headings_keeps_its_first_row(tmp_path):
    found = bring(tmp_path, "1,2.5\n2,3.5\n")

    assert (names_of(found), found.row_count, kinds_of(found)) == (["column_1", "column_2"], 2, ["no_headings"])


def test_years_as_headings_are_headings(tmp_path):
    found = bring(tmp_path, "จังหวัด,2563,2564\nเลย,10,20\nขอนแก่น,30,40\n")

    assert (names_of(found), types_of(found)) == (["changwat", "y2563", "y2564"], ["string", "integer", "integer"])


def test_line_ends_of_two_kinds_are_read(tmp_path):
    assert rows_of(bring(tmp_path, "a,b\r\n1,x\n2,y\r\n")) == [(1, "x"), (2, "y")]


def test_cells_with_line_ends_quotes_and_formulas_stay_as_they_are(tmp_path):
    found = bring(tmp_path, 'a,b\n"x\ny","say ""hi"""\n=cmd|\' /C calc\'!A0,@SUM(1)\n')

    assert rows_of(found) == [("x\ny", 'say "hi"'), ("=cmd|' /C calc'!A0", "@SUM(1)")]
    assert kinds_of(found) == ["formula", "formula"]


def test_rows_that_are_too_short_are_told(tmp_path):
    found = bring(tmp_path, "a,b,c\n1,2,3\n\n4,5\n6,7,8\n")

    assert rows_of(found) == [(1, 2, 3), (4, 5, None), (6, 7, 8)]
    assert [(one["kind"], one["rows"]) for one in found.problems] == [("short_rows", [4]), ("missing", [4])]


def test_choices_are_followed_where_every_value_fits(tmp_path):
    text = 'a,b,c,d,e,f\n17/9/2567,17 ก.ย. 2567,2567,"1,200",๑๒.5,102909\n2024-09-18,18 กันยายน 2567,2566,-3,7,5\n'
    types = {"a": "date", "b": "date", "c": "year", "d": "integer", "e": "number", "f": "string"}
    found = bring(tmp_path, text, choices=Choices(types=types))

    days = [f"2024-09-{day}" for day in (17, 18)]
    assert [[str(cell) for cell in row] for row in rows_of(found)] == [
        [days[0], days[0], "2024", "1200", "12.5", "102909"],
        [days[1], days[1], "2023", "-3", "7.0", "5"],
    ]


def test_choices_that_would_lose_a_value_are_not_followed_and_told(tmp_path):
    found = bring(tmp_path, "a,b\n17/9/2567,x\n31/2/2567,y\n", choices=Choices(types={"a": "date", "zz": "date"}))

    assert types_of(found) == ["string", "string"]
    assert (found.problems[0]["kind"], found.problems[0]["count"]) == ("choice_refused", 1)


def test_progress_is_told_in_order_and_ends_with_all(tmp_path):
    told = []
    bring(tmp_path, THAI, on_progress=told.append)

    assert (told, told[-1]) == (sorted(set(told)), 100)


def test_whoever_is_told_may_end_it_and_nothing_stays(tmp_path):
    def end(_share):
        raise Abandoned

    with pytest.raises(Abandoned):
        bring(tmp_path, THAI, on_progress=end)
    assert list((tmp_path / "made").iterdir()) == []


def test_what_is_found_can_be_kept_as_json(tmp_path):
    found = bring(tmp_path, THAI)

    assert found.schema["fields"][0] == {
        "name": "changwat",
        "type": "string",
        "title": "จังหวัด",
        "title_th": "จังหวัด",
        "heading": "จังหวัด",
    }
    assert found.as_json()["preview"] == [["ขอนแก่น", "12"], ["เชียงใหม่", "34"]]
    assert found.as_json()["summary"][1] == {
        "name": "chamnuan",
        "title": "จำนวน",
        "type": "integer",
        "missing": 0,
        "distinct": 2,
        "min": "12",
        "max": "34",
        "common": [["12", 1], ["34", 1]],
    }


def test_the_table_is_plain_parquet(tmp_path):
    found = bring(tmp_path, THAI)

    assert found.table.parent == tmp_path / "made"
    assert duckdb.sql(f"DESCRIBE SELECT * FROM '{found.table}'").fetchall()[1][:2] == ("chamnuan", "BIGINT")
    assert examine.__doc__


def test_a_column_may_be_called_what_the_engine_calls_the_number_of_a_row(tmp_path):
    found = bring(tmp_path, "file_row_number,filename\n10,a\n30,b\n")

    assert names_of(found) == ["file_row_number_2", "filename"]
    assert rows_of(found) == [(10, "a"), (30, "b")]
