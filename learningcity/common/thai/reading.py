"""Dates and numbers as people type them: either calendar, Thai or Arabic digits, names of months in either language."""

from __future__ import annotations

import datetime as dt
import math
import re
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from learningcity.common.thai.dates import (
    BUDDHIST_OFFSET,
    BUDDHIST_YEARS,
    ENGLISH_MONTHS,
    THAI_MONTHS,
    Precision,
    iso_date,
    refuse_buddhist_year,
)
from learningcity.common.thai.words import clean

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SHORT_THAI_MONTHS = "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค".split()
# Without a word for the calendar these years are Christian ones; those of BUDDHIST_YEARS are Buddhist, others a riddle.
PLAIN_YEARS = range(1000, 2101)
ERAS = [
    (re.compile(r"พุทธศักราช|พ\.?\s?ศ\.?(?![ก-ฮ])|\bB\.?E\.?(?=\W|\d|$)", re.IGNORECASE), BUDDHIST_OFFSET),
    (re.compile(r"คริสต์?ศักราช|ค\.?\s?ศ\.?(?![ก-ฮ])|\b(?:C\.?E|A\.?D)\.?(?=\W|\d|$)", re.IGNORECASE), 0),
]
# What stands before a date and says no more than that it is one.
OPENING = re.compile(r"^\s*(?:วัน[ก-๎]*?ที่|เดือน|ปี)\s*")
MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00(?::00(?:\.0+)?)?$")
NUMBERS_ONLY = [
    (re.compile(r"(?P<year>\d{1,4})"), Precision.YEAR),
    (re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"), Precision.MONTH),
    (re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})"), Precision.MONTH),
    (re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"), Precision.DAY),
    (re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{1,4})"), Precision.DAY),
]
# A month by its name, without the dots and spaces that some write and some do not.
WITH_A_NAME = [
    (re.compile(r"(?P<month>[^\d,]+?)\s*,?\s*(?P<year>\d{1,4})"), Precision.MONTH),
    (re.compile(r"(?P<day>\d{1,2})\s*(?P<month>[^\d,]+?)\s*,?\s*(?P<year>\d{1,4})"), Precision.DAY),
    (re.compile(r"(?P<month>[^\d,]+?)\s*(?P<day>\d{1,2})\s*,?\s+(?P<year>\d{4})"), Precision.DAY),
]
NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
QUALIFIERS = re.compile(
    r"กว่า|ประมาณ|ราว|เกือบ|อย่างน้อย|ไม่น้อย|ไม่เกิน|น้อยกว่า|มากกว่า|more|less|over|about|least|most|nearly|almost|up to|[<>≤≥≈~]",
    re.IGNORECASE,
)
LONGEST_NUMBER = 30


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date as exactly as it is known; the unknown parts are 1."""

    date: dt.date
    precision: Precision

    def __str__(self) -> str:
        return iso_date(self.date, self.precision)


def read_date(given: str | float | dt.date) -> VagueDate:
    """Return the date that somebody typed, or that a spreadsheet holds.

    :raises ValueError: with a sentence for people, when it is no date, or could be two.
    """
    if isinstance(given, dt.date):
        return VagueDate(_day(given.year, given.month, given.day), Precision.DAY)
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    written = clean(str(given)).strip()
    text, offset = _without_era(OPENING.sub("", MIDNIGHT.sub("", written.translate(THAI_DIGITS))))
    for pattern, precision in NUMBERS_ONLY:
        if found := pattern.fullmatch(text):
            return _vague(found, int(found["month"]) if "month" in found.groupdict() else 1, precision, offset)
    for pattern, precision in WITH_A_NAME:
        if (found := pattern.fullmatch(text)) and (month := _MONTHS.get(_plain(found["month"]))):
            return _vague(found, month, precision, offset)
    raise ValueError(
        gettext("“%(text)s” is not a date; write 2567, ก.ย. 2567, 17 กันยายน 2567, 17/9/2567 or 2024-09-17.")
        % {"text": written[:40]}
    )


def read_number(given: str | float | Decimal) -> Decimal:
    """Return the number that somebody typed, or that a spreadsheet holds.

    :raises ValueError: with a sentence for people, when it is more or less than a number.
    """
    if isinstance(given, float) and math.isfinite(given):
        # A spreadsheet keeps fifteen digits; what comes after them is noise of the binary.
        given = f"{given:.15f}".rstrip("0").rstrip(".") if abs(given) < 1 else f"{given:.15g}"
        given = format(Decimal(given), "f")
    written = clean(str(given)).strip()
    text = written.translate(THAI_DIGITS)
    if NUMBER.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return Decimal(text.replace(",", ""))
    said = {"text": written[:40]}
    if "%" in text or "ร้อยละ" in text or "เปอร์เซ็นต์" in text:
        raise ValueError(gettext("“%(text)s”: write the number alone; the unit stands with the indicator.") % said)
    if QUALIFIERS.search(text):
        raise ValueError(
            gettext("“%(text)s”: write the number alone, and “more than” or “about” in the field for it.") % said
        )
    if re.fullmatch(r"[-+]?[\d.,]*\d[\d.,]*", text):
        raise ValueError(
            gettext("“%(text)s” can be read in two ways; write 1234567.5, with a point before the decimals.") % said
        )
    raise ValueError(gettext("“%(text)s” is not a number; write 102909 or 13.75, without a unit.") % said)


def _without_era(text: str) -> tuple[str, int | None]:
    """Return the text without the word for the calendar, and how many years that calendar is ahead."""
    for pattern, offset in ERAS:
        if pattern.search(text):
            return OPENING.sub("", pattern.sub(" ", text, count=1)).strip(" ,"), offset
    return text.strip(" ,"), None


def _vague(found: re.Match[str], month: int, precision: Precision, offset: int | None) -> VagueDate:
    """Return the date whose parts were found.

    :raises ValueError: with a sentence for people, when there is no such day.
    """
    if len(found["year"]) != 4:
        raise ValueError(
            gettext(
                "“%(text)s”: write the year with four digits, 2567 or 2024; with fewer it could be either calendar."
            )
            % {"text": found.group()[:40]}
        )
    day = int(found["day"]) if precision == Precision.DAY else 1
    return VagueDate(_day(int(found["year"]), month, day, offset), precision)


def _day(year: int, month: int, day: int, offset: int | None = None) -> dt.date:
    """Return the day in the Christian calendar; without an offset the year itself says which calendar it is of.

    :raises ValueError: with a sentence for people, when there is no such day.
    """
    written = f"{day}/{month}/{year}"
    if offset is None and year not in PLAIN_YEARS and year not in BUDDHIST_YEARS:
        raise ValueError(
            gettext("The year %(year)s is of no calendar we know; write พ.ศ. or ค.ศ. before it.") % {"year": year}
        )
    if offset is None:
        offset = BUDDHIST_OFFSET if year in BUDDHIST_YEARS else 0
    if not offset:
        refuse_buddhist_year(year)
    if not 1 <= month <= 12:
        raise ValueError(
            gettext("“%(text)s” has no month %(month)s; the day stands first: 17/9/2567.")
            % {"text": written, "month": month}
        )
    christian = year - offset
    if christian < 1:
        raise ValueError(gettext("“%(text)s” lies too far back.") % {"text": written})
    days = monthrange(christian, month)[1]
    if not 1 <= day <= days:
        raise ValueError(
            gettext("There is no day %(text)s: that month has %(days)s days.") % {"text": written, "days": days}
        )
    return dt.date(christian, month, day)


def _plain(name: str) -> str:
    return re.sub(r"[\s.]|^เดือน", "", name).lower()


_MONTHS = {
    name: number
    for number, names in enumerate(zip(THAI_MONTHS, SHORT_THAI_MONTHS, ENGLISH_MONTHS, strict=True), 1)
    for name in (names[0], names[1], names[2].lower(), names[2].lower()[:3])
} | {"sept": 9}
