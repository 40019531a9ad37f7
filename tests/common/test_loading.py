import datetime as dt
import re
from decimal import Decimal

import pytest

from learningcity.cities.models import City, MembershipStatus, Person
from learningcity.common.loading import Problem, Refused, columns_of, precision_of, read_cell, read_table
from learningcity.opendata.models import Observation
from learningcity.practices.models import Answer
from learningcity.sources.models import Source


def read(path, text, columns=("slug", "name")):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, columns)


def refusal(path, text, columns=("slug", "name")):
    with pytest.raises(Refused) as refused:
        read(path, text, columns)
    return [str(problem) for problem in refused.value.problems]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cities.csv"


def test_rows_know_the_line_on_which_they_start(path):
    rows = read(path, 'slug,name\na,"two\nlines"\nb,one\n')

    assert [(row.line, row.cells) for row in rows] == [
        (2, {"slug": "a", "name": "two\nlines"}),
        (4, {"slug": "b", "name": "one"}),
    ]


def test_rows_come_without_the_mark_of_a_spreadsheet_and_without_outer_spaces(path):
    rows = read(path, "\ufeffname,slug\r\n ขอนแก่น ,khon-kaen\r\n")

    assert [row.cells for row in rows] == [{"name": "ขอนแก่น", "slug": "khon-kaen"}]


def test_empty_lines_are_passed_over(path):
    assert [row.line for row in read(path, "slug,name\na,A\n\nb,B\n\n")] == [2, 4]


def test_a_row_names_its_place_in_a_problem(path):
    (row,) = read(path, "slug,name\na,A\n")

    assert row.problem("bad") == Problem("cities.csv", 2, "bad")


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("slug\na\n", ["cities.csv:1: the column “name” is missing"]),
        ("slug,name,mayor\n", ["cities.csv:1: there is no column “mayor” here"]),
        ("slug,name,slug\n", ["cities.csv:1: the column “slug” stands here twice"]),
        ("", ["cities.csv:1: the column “slug” is missing", "cities.csv:1: the column “name” is missing"]),
        (
            "slug,name\na\nb,B,C\n",
            ["cities.csv:2: 1 cells stand under 2 columns", "cities.csv:3: 3 cells stand under 2 columns"],
        ),
        ("slug,name\na,\0\n", ["cities.csv:2: a cell holds a NUL character"]),
        ('slug,name\na,"open\n', ["cities.csv:2: this is not CSV: unexpected end of data"]),
        ("slug,name\nก,ข\n".encode("cp874"), ["cities.csv:2: this is not UTF-8; save the file as “CSV UTF-8”"]),
        (b"slug,name\na,A\nb,\xff\n", ["cities.csv:3: this is not UTF-8; save the file as “CSV UTF-8”"]),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_line(path, text, reasons):
    assert refusal(path, text) == reasons


def test_columns_are_the_fields_that_people_write():
    assert columns_of(MembershipStatus) == ["membership", "state", "starts_on", "source"]


@pytest.mark.parametrize(
    ("model", "field", "precision"),
    [
        (Source, "published_on", "published_precision"),
        (Source, "seen_on", ""),
        (Source, "title_th", ""),
        (Observation, "observed_on", "observed_precision"),
    ],
)
def test_precision_of_a_date_is_found_by_its_name(model, field, precision):
    assert precision_of(model._meta.get_field(field)) == precision


@pytest.mark.parametrize(
    ("model", "field", "text", "values"),
    [
        (Observation, "value", "102909", {"value": Decimal(102909)}),
        (Observation, "value", "-0.5", {"value": Decimal("-0.5")}),
        (Observation, "qualifier", "", {"qualifier": "exact"}),
        (Observation, "qualifier", "more_than", {"qualifier": "more_than"}),
        (Observation, "observed_on", "2024", {"observed_on": dt.date(2024, 1, 1), "observed_precision": "year"}),
        (Observation, "note_th", "", {"note_th": ""}),
        (Source, "published_on", "", {"published_on": None, "published_precision": "day"}),
        (Source, "seen_on", "", {"seen_on": None}),
        (Source, "seen_on", "2026-11-21", {"seen_on": dt.date(2026, 11, 21)}),
        (Answer, "point", "11", {"point": 11}),
        (City, "latitude", "", {"latitude": None}),
        (Person, "other_names", "", {"other_names": []}),
        (Person, "other_names", "ก | ข|", {"other_names": ["ก", "ข"]}),
    ],
)
def test_a_cell_is_read_as_its_field_wants_it(model, field, text, values):
    assert read_cell(model._meta.get_field(field), text) == values


@pytest.mark.parametrize(
    ("model", "field", "text", "reason"),
    [
        (Observation, "value", "", "this must be given"),
        (Observation, "value", "1,000", "“1,000” is not a number; write 102909 or 13.75"),
        (Observation, "value", "1_000", "“1_000” is not a number; write 102909 or 13.75"),
        (Observation, "value", "Infinity", "“Infinity” is not a number; write 102909 or 13.75"),
        (Answer, "point", "2.5", "“2.5” is not a number; write 102909 or 13.75"),
        (City, "name_th", "", "this must be given"),
        (City, "kind", "village", "“village” is unknown; write one of: municipality, province, special, unstated"),
        (Source, "seen_on", "2026-11", "“2026-11” is not a whole date; write 2024-09-17"),
    ],
)
def test_a_cell_that_its_field_cannot_hold_is_refused_with_a_reason(model, field, text, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        read_cell(model._meta.get_field(field), text)
