"""What is different between two tables."""

import pytest

from learningcity.common.columnar.difference import LONGEST_SHOWN, SHOWN, Changed, Retyped, compare
from learningcity.common.columnar.keeping import keep_rows
from learningcity.common.columnar.schema import Column
from learningcity.common.text import LocalText


@pytest.fixture
def table(tmp_path):
    """Keep rows under column names; a name with a colon says its type."""

    def keep(name, columns, rows):
        said = [column.partition(":") for column in columns]
        made = tuple(Column(name=word, title=LocalText(word, ""), type=kind or "string") for word, _, kind in said)
        keep_rows(rows, made, tmp_path / f"{name}.parquet")
        return tmp_path / f"{name}.parquet"

    return keep


def test_compare_finds_rows_by_their_key(table):
    before = table("a", ["school", "pupils:integer"], [("ก", 10), ("ข", 20), ("ค", 30)])
    after = table("b", ["school", "pupils:integer"], [("ค", 30), ("ข", 25), ("ง", None)])

    found = compare(before, after, ["school"])

    assert found.key == ("school",)
    assert (found.rows_added, found.rows_removed, found.rows_changed) == (1, 1, 1)
    assert (found.added, found.removed) == ([("ง", None)], [("ก", "10")])
    assert found.changed == [Changed(("ข",), (("pupils", "20", "25"),))]


@pytest.mark.parametrize("key", [[], ["school"], ["missing"]])
def test_compare_takes_whole_rows_where_no_key_tells_them_apart(table, key):
    before = table("a", ["school", "pupils:integer"], [("ก", 10), ("ก", 10), ("ก", 11)])
    after = table("b", ["school", "pupils:integer"], [("ก", 10), ("ก", 12), ("ก", 12)])

    found = compare(before, after, key)

    assert (found.key, found.rows_changed) == ((), 0)
    assert (found.rows_added, found.added) == (2, [("ก", "12")])
    assert (found.rows_removed, found.removed) == (2, [("ก", "10"), ("ก", "11")])


def test_compare_finds_the_column_that_tells_rows_apart(table):
    before = table("a", ["group", "school", "pupils:integer"], [("x", "ก", 10), ("x", "ข", 20)])
    after = table("b", ["group", "school", "pupils:integer"], [("x", "ก", 11), ("x", "ข", 20)])

    found = compare(before, after)

    assert (found.key, found.changed) == (("school",), [Changed(("ก",), (("pupils", "10", "11"),))])


def test_compare_takes_no_measurement_for_a_name(table):
    before = table("a", ["share:number", "note"], [(0.1, "x"), (0.2, "x")])
    after = table("b", ["share:number", "note"], [(0.1, "x"), (0.3, "x")])

    found = compare(before, after)

    assert (found.key, found.rows_added, found.rows_removed) == ((), 1, 1)


def test_compare_names_columns_that_came_went_and_hold_something_else(table):
    before = table("a", ["id:integer", "old", "year:year"], [(1, "x", 2024)])
    after = table("b", ["id:integer", "year", 'strange "name"'], [(1, "2024", "y")])

    found = compare(before, after, ["id"])

    assert (found.columns_added, found.columns_removed) == (['strange "name"'], ["old"])
    assert found.retyped == [Retyped("year", "INTEGER", "VARCHAR")]
    assert (found.rows_added, found.rows_removed, found.rows_changed) == (0, 0, 0)


def test_compare_finds_nothing_between_a_table_and_itself(table):
    same = table("a", ["id:integer", "name"], [(1, "ก"), (2, None)])

    assert compare(same, same, ["id"]).is_none
    assert compare(same, same).is_none


def test_compare_says_nothing_of_rows_where_no_column_stayed(table):
    found = compare(table("a", ["old"], [("x",)]), table("b", ["new"], [("x",)]))

    assert (found.columns_added, found.columns_removed, found.columns, found.rows_added) == (["new"], ["old"], [], 0)


def test_compare_counts_all_and_shows_the_first_shortened(table):
    before = table("a", ["id:integer", "text"], [])
    after = table("b", ["id:integer", "text"], [(number, "ก" * 1000) for number in range(SHOWN + 50)])

    for found in (compare(before, after, ["id"]), compare(before, after)):
        assert (found.rows_added, len(found.added)) == (SHOWN + 50, SHOWN)
        assert {len(text) for _id, text in found.added} == {LONGEST_SHOWN}
