"""What a clerk is told of a table: nothing of what is in order, and each thing with its rows and values."""

import pytest
from django.utils import translation

from learningcity.common.columnar.quality import in_words
from learningcity.common.columnar.said import WORDS
from tests.common.columnar.bringing import bring

FILLER = "".join(f"{number},name {number}\n" for number in range(100, 120))


def said(found, kind):
    with translation.override("en"):
        return next(one for one in in_words(found.problems) if one.kind == kind)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("a,b\n1,x\n,y\n", "missing", ((3,), (), "")),
        ("a,b\n1,\n2,\n", "empty_column", ((), (), "")),
        ("a,b\n1,x\n2,y\nสาม,z\n", "mixed", ((4,), ("สาม",), "")),
        ("a,b\n2024-01-01,x\n2024-01-02,y\nเมื่อวาน,z\n", "mixed", ((4,), ("เมื่อวาน",), "")),
        ("a,b\nx,1\ny,2\nx,1\n", "double_rows", ((4,), (), "")),
        (f"รหัส,b\n{FILLER}119,again\n", "double_keys", ((22,), (), "")),
        ("a,b\n17/9/2567,x\n17/9/2024,y\n", "two_calendars", ((2,), ("17/9/2567",), "date")),
        ("a,b\n2567-09-17,x\n2567-09-18,y\n", "buddhist_dates", ((2, 3), ("2567-09-17", "2567-09-18"), "date")),
        (
            "a,b\nวันที่ 17 ก.ย. 2567,x\n18 กันยายน 2567,y\n",
            "buddhist_dates",
            ((2, 3), ("วันที่ 17 ก.ย. 2567", "18 กันยายน 2567"), "date"),
        ),
        ("a,b\n1/2/2024,x\n2/2/2024,y\n", "written_dates", ((2, 3), ("1/2/2024", "2/2/2024"), "date")),
        ("ปี พ.ศ.,b\n2566,x\n2567,y\n", "buddhist_years", ((), (), "year")),
        ("a,b\nเลย,1\nรวม,1\n", "total", ((3,), ("รวม",), "")),
        ("a,b\nLoei,1\n Grand Total ,1\n", "total", ((3,), (" Grand Total ",), "")),
        ("a,b\nเลย ,1\nน่าน,1\n", "blanks", ((2,), ("เลย ",), "")),
        ('a,b\n"1,200",x\n300,y\n', "thousands", ((2,), ("1,200",), "number")),
        ("a,b\n๑๒,x\n13,y\n", "thai_number", ((2,), ("๑๒",), "number")),
        ("a,b\n๑๒ คน,x\n13,y\n", "thai_digits", ((2,), ("๑๒ คน",), "")),
        ("a,b\n1,x\n-,y\n", "nothing", ((3,), ("-",), "")),
        ("a,b\n=1+1,x\n-cmd,y\n", "formula", ((2, 3), ("=1+1", "-cmd"), "")),
        ("lat,lon\n16.4,102.8\n102.8,16.4\n", "swapped_axes", ((3,), ("102.8",), "")),
        ("lat,lon\n16.4,102.8\n0.5,0.5\n", "outside_thailand", ((3,), ("0.5",), "")),
    ],
)
def test_what_is_noticeable_is_told_with_its_rows_and_values(tmp_path, text, kind, told):
    one = said(bring(tmp_path, text), kind)

    assert (one.rows, one.examples, one.choice) == told


def test_a_table_in_order_is_told_nothing(tmp_path):
    assert bring(tmp_path, "รหัส,ชื่อ,จำนวน,วันที่\n1,ก,1.5,2024-01-31\n2,ข,2,2024-02-29\n").problems == []


def test_words_are_of_the_language_of_the_reader_and_the_gravest_come_first(tmp_path):
    found = bring(tmp_path, "a,b\nเลย,1\n,2\nรวม,3\n")

    with translation.override("en"):
        assert [(one.weight, one.words) for one in in_words(found.problems)] == [
            ("error", "“a”: rows that seem to sum up the others: 1."),
            ("note", "“a”: rows without a value: 1 (33.3 %)."),
        ]


def test_everything_that_is_noticed_can_be_said():
    values = {
        "share": 0.5,
        "mostly": "number",
        "others": 3,
        "names": "",
        "sheet": "",
        "crs": "",
        "suffix": "",
        "format": "",
        "words": "",
    }
    with translation.override("en"):
        spoken = in_words([{"kind": kind, "title": "T", "count": 1234, **values} for kind in WORDS])

    assert len(spoken) == len(WORDS)
    assert [one.kind for one in spoken if "%(" in one.words or "1234" in one.words] == []
    assert in_words([{"kind": "of tomorrow"}]) == []


def test_doubles_are_counted_exactly_among_many(tmp_path, monkeypatch):
    monkeypatch.setattr("learningcity.common.columnar.doubles.TOGETHER", 1_000)
    rows = [f"{number % 9_000},x\n" for number in range(10_000)]

    found = bring(tmp_path, "a,b\n" + "".join(rows))

    assert [(one["kind"], one["count"]) for one in found.problems] == [("double_rows", 1_000)]


def test_numbers_of_rows_count_lines_on_which_nothing_stands(tmp_path):
    found = bring(tmp_path, "title\n\na,b\n1,x\n\n\n,y\n")

    assert [one["rows"] for one in found.problems if one["kind"] == "missing"] == [[7]]
