import datetime as dt
import re
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from learningcity.common.forms import VagueDateField
from learningcity.common.thai.dates import Precision
from learningcity.common.thai.reading import VagueDate, read_date, read_number

YEAR, MONTH, DAY = (
    VagueDate(dt.date(2024, 1, 1), Precision.YEAR),
    VagueDate(dt.date(2024, 9, 1), Precision.MONTH),
    VagueDate(dt.date(2024, 9, 17), Precision.DAY),
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "2567", "๒๕๖๗", "พ.ศ. 2567", "พ.ศ.๒๕๖๗", "พศ 2567", "พุทธศักราช 2567", "ปี พ.ศ. 2567", "ปี 2567", "2567 BE",
        "2024", "ค.ศ. 2024", "ค.ศ.2024", "คริสต์ศักราช 2024", "2024 CE", "AD 2024", " 2024 ", 2567, 2567.0, "\u200b2024",
    ],
)  # fmt: skip
def test_read_date_reads_a_year_of_either_calendar(text):
    assert read_date(text) == YEAR


@pytest.mark.parametrize(
    "text",
    [
        "กันยายน 2567", "เดือนกันยายน 2567", "ก.ย. 2567", "ก.ย.2567", "ก. ย. 2567", "กย 2567", "กันยายน พ.ศ. ๒๕๖๗",
        "September 2024", "Sept. 2024", "sep 2024", "2024-09", "2567-09", "9/2567", "09/2024", "กันยายน ค.ศ. 2024",
    ],
)  # fmt: skip
def test_read_date_reads_a_month(text):
    assert read_date(text) == MONTH


@pytest.mark.parametrize(
    "text",
    [
        "17 กันยายน 2567", "๑๗ กันยายน ๒๕๖๗", "17 กันยายน พ.ศ. 2567", "วันที่ 17 กันยายน 2567", "วันอังคารที่ 17 กันยายน 2567",
        "17 ก.ย. 2567", "17ก.ย.2567", "17/9/2567", "17/09/2567", "17-09-2567", "17.9.2567", "๑๗/๙/๒๕๖๗", "17/9/2024",
        "2024-09-17", "2567-09-17", "2024/09/17", "17 September 2024", "17 Sep 2024", "September 17, 2024",
        "17 กันยายน ค.ศ. 2024", "2024-09-17 00:00:00", "2024-09-17T00:00:00",
        dt.date(2024, 9, 17), dt.datetime(2024, 9, 17, 9, 30), dt.datetime(2567, 9, 17),
    ],
)  # fmt: skip
def test_read_date_reads_a_day(text):
    assert read_date(text) == DAY


def test_read_date_reads_a_leap_day_of_the_christian_year_behind_a_buddhist_one():
    assert read_date("29 กุมภาพันธ์ 2567") == VagueDate(dt.date(2024, 2, 29), Precision.DAY)


def test_read_date_reads_olden_times_where_the_calendar_is_named():
    assert str(read_date("พ.ศ. 2340")) == "1797"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 กุมภาพันธ์ 2567", "There is no day 31/2/2567: that month has 29 days."),
        ("2024-02-31", "There is no day 31/2/2024: that month has 29 days."),
        ("29/2/2568", "There is no day 29/2/2568: that month has 28 days."),
        (dt.date(2568, 2, 29), "There is no day 29/2/2568: that month has 28 days."),
        ("0/9/2567", "There is no day 0/9/2567: that month has 30 days."),
        ("9/17/2567", "“9/17/2567” has no month 17; the day stands first: 17/9/2567."),
        ("17 ก.ย. 67", "“17 ก.ย. 67”: write the year with four digits, 2567 or 2024; with fewer it could be either calendar."),
        ("17/9/67", "“17/9/67”: write the year with four digits, 2567 or 2024; with fewer it could be either calendar."),
        ("67", "“67”: write the year with four digits, 2567 or 2024; with fewer it could be either calendar."),
        ("ค.ศ. 2567", "2567 is a Buddhist year; did you mean 2024?"),
        ("2340", "The year 2340 is of no calendar we know; write พ.ศ. or ค.ศ. before it."),
        ("9999", "The year 9999 is of no calendar we know; write พ.ศ. or ค.ศ. before it."),
        ("พ.ศ. 0400", "“1/1/400” lies too far back."),
    ],
)  # fmt: skip
def test_read_date_says_what_is_wrong(text, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ปีนี้",
        "45552",
        "2024-1-1-1",
        "9" * 400,
        "17 Septober 2024",
        "กันยายน",
        "2567-2568",
        "²⁰²⁴",
        "nan",
        "1 2 2567",
    ],
)
def test_read_date_refuses_everything_else_with_examples(text):
    with pytest.raises(ValueError, match="is not a date; write 2567"):
        read_date(text)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("102909", "102909"), ("102,909", "102909"), ("๑๐๒,๙๐๙", "102909"), ("๑๓.๗๕", "13.75"), (" -5 ", "-5"), ("+5", "5"),
        ("0.50", "0.50"), (59, "59"), (59.0, "59"), (13.75, "13.75"), (0.1 + 0.2, "0.3"), (1e-5, "0.00001"),
        (1e15, "1000000000000000"), (-0.0, "0"), (Decimal("1.5"), "1.5"), ("1,234,567.5", "1234567.5"),
    ],
)  # fmt: skip
def test_read_number_reads_digits_of_either_script(given, number):
    assert read_number(given) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("กว่า 59", "“กว่า 59”: write the number alone, and “more than” or “about” in the field for it."),
        ("59 กว่า", "“59 กว่า”: write the number alone, and “more than” or “about” in the field for it."),
        ("more than 59", "“more than 59”: write the number alone, and “more than” or “about” in the field for it."),
        ("> 59", "“> 59”: write the number alone, and “more than” or “about” in the field for it."),
        ("12%", "“12%”: write the number alone; the unit stands with the indicator."),
        ("ร้อยละ 12", "“ร้อยละ 12”: write the number alone; the unit stands with the indicator."),
        ("1,5", "“1,5” can be read in two ways; write 1234567.5, with a point before the decimals."),
        ("1.234,5", "“1.234,5” can be read in two ways; write 1234567.5, with a point before the decimals."),
        ("59 แห่ง", "“59 แห่ง” is not a number; write 102909 or 13.75, without a unit."),
        ("", "“” is not a number; write 102909 or 13.75, without a unit."),
    ],
)
def test_read_number_says_what_to_do(text, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        read_number(text)


@pytest.mark.parametrize(
    "given", ["1e5", "1_000", "NaN", "Infinity", float("nan"), float("inf"), "--5", "1" * 31, "0x10"]
)
def test_read_number_refuses_what_only_machines_write(given):
    with pytest.raises(ValueError, match="“"):
        read_number(given)


class SampleForm(forms.Form):
    when = VagueDateField(required=False)


def test_vague_date_field_gives_a_date_and_its_precision():
    form = SampleForm({"when": "ก.ย. ๒๕๖๗"})

    assert form.is_valid()
    assert form.cleaned_data == {"when": MONTH}


@pytest.mark.parametrize("nothing", ["", "   ", None])
def test_vague_date_field_may_stay_empty(nothing):
    form = SampleForm({"when": nothing})

    assert form.is_valid()
    assert form.cleaned_data == {"when": None}


def test_vague_date_field_refuses_a_day_that_never_was_beside_the_field():
    form = SampleForm({"when": "31 กุมภาพันธ์ 2567"})

    assert form.errors == {"when": ["There is no day 31/2/2567: that month has 29 days."]}


def test_vague_date_field_shows_a_date_again_no_more_precise_than_known():
    assert 'value="2024-09"' in str(SampleForm(initial={"when": MONTH})["when"])
    assert SampleForm({"when": "2024-09"}, initial={"when": MONTH}).changed_data == []
    assert SampleForm({"when": "2024-10"}, initial={"when": MONTH}).changed_data == ["when"]
