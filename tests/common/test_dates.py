import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from learningcity.common.thai.dates import (
    BuddhistYear,
    Precision,
    iso_date,
    parse_partial_date,
    refuse_buddhist_year,
    shown_date,
    shown_number,
    shown_year,
)

SIGNING = dt.date(2024, 9, 17)


@pytest.mark.parametrize(
    ("precision", "thai", "english", "iso"),
    [
        (Precision.DAY, "17 กันยายน 2567", "17 September 2024", "2024-09-17"),
        (Precision.MONTH, "กันยายน 2567", "September 2024", "2024-09"),
        (Precision.YEAR, "พ.ศ. 2567", "2024", "2024"),
    ],
)
def test_shown_date_is_no_more_precise_than_known(precision, thai, english, iso):
    assert (shown_date(SIGNING, precision, "th"), shown_date(SIGNING, precision, "en")) == (thai, english)
    assert iso_date(SIGNING, precision) == iso


def test_shown_year_follows_the_active_language():
    with translation.override("th"):
        assert shown_year(2024) == "พ.ศ. 2567"
    with translation.override("en"):
        assert shown_year(2024) == "2024"


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2024", dt.date(2024, 1, 1), Precision.YEAR),
        ("2024-09", dt.date(2024, 9, 1), Precision.MONTH),
        (" 2024-09-17 ", dt.date(2024, 9, 17), Precision.DAY),
    ],
)
def test_parse_partial_date_reads_what_is_known(text, date, precision):
    assert parse_partial_date(text) == (date, precision)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-02-30", "2024-1-1-1", "ปีนี้", "9" * 400])
def test_parse_partial_date_refuses_everything_else_with_a_sentence(text):
    with translation.override("en"), pytest.raises(ValueError, match="is not a date; write"):
        parse_partial_date(text)


@pytest.mark.parametrize(("year", "meant"), [(2400, 1857), (2567, 2024), (2700, 2157)])
def test_refuse_buddhist_year_says_which_year_was_probably_meant(year, meant):
    with translation.override("en"), pytest.raises(BuddhistYear, match=f"did you mean {meant}"):
        refuse_buddhist_year(year)


@pytest.mark.parametrize("year", [1, 2024, 2399, 2701])
def test_refuse_buddhist_year_lets_other_years_pass(year):
    assert refuse_buddhist_year(year) is None


def test_parse_partial_date_names_the_christian_year_for_a_buddhist_one():
    with translation.override("en"), pytest.raises(BuddhistYear, match="2567 is a Buddhist year; did you mean 2024"):
        parse_partial_date("2567-09-17")


def test_parse_partial_date_takes_thai_digits():
    assert parse_partial_date("๒๐๒๔-๐๙") == (dt.date(2024, 9, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(102909, "102,909"), (Decimal("9.5000"), "9.5"), (Decimal("102909.0000"), "102,909"), (0, "0"), (100, "100")],
)
def test_shown_number_separates_thousands_and_drops_needless_zeros(value, shown):
    with translation.override("en"):
        assert shown_number(value) == shown
