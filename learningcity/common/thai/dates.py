"""Dates as people write them: Buddhist years in Thai, Christian years in English, and no more precise than known."""

import datetime as dt
from decimal import Decimal
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy as _

BUDDHIST_OFFSET = 543
THAI_MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
ENGLISH_MONTHS = ("January February March April May June July August September October November December").split()
# A year in this range is a Buddhist year that somebody typed where a Christian year belongs.
BUDDHIST_YEARS = range(2400, 2701)
Year = TypeVar("Year", int, Decimal)


class Precision(TextChoices):
    """How exactly a date is known; the unknown parts are stored as 1."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


def christian_year(year: Year) -> Year:
    """Return the Christian year of one in either calendar; nobody means 2400 of the Christian era."""
    return year - BUDDHIST_OFFSET if year >= BUDDHIST_YEARS.start else year


def shown_year(year: int, language: str | None = None) -> str:
    """Return the year as the readers of this language count it."""
    thai = (language or get_language()) == "th"
    return f"พ.ศ. {year + BUDDHIST_OFFSET}" if thai else str(year)


def shown_date(date: dt.date, precision: str = Precision.DAY, language: str | None = None) -> str:
    """Return the date in words, no more precise than it is known."""
    language = language or get_language() or "th"
    months = THAI_MONTHS if language == "th" else ENGLISH_MONTHS
    year = date.year + BUDDHIST_OFFSET if language == "th" else date.year
    if precision == Precision.YEAR:
        return shown_year(date.year, language)
    if precision == Precision.MONTH:
        return f"{months[date.month - 1]} {year}"
    return f"{date.day} {months[date.month - 1]} {year}"


def iso_date(date: dt.date, precision: str = Precision.DAY) -> str:
    """Return the date for machines, cut to what is known: 2024, 2024-09 or 2024-09-17."""
    return date.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[Precision(precision)]]


def parse_partial_date(text: str) -> tuple[dt.date, Precision]:
    """Read 2024, 2024-09 or 2024-09-17.

    :raises ValueError: with a sentence for people, when it is none of these or the year is a Buddhist one.
    """
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month, day = [*numbers, 1, 1][:3]
        if len(parts) > 3 or len(parts[0]) != 4:
            raise ValueError
        refuse_buddhist_year(year)
        return dt.date(year, month, day), list(Precision)[len(parts) - 1]
    except BuddhistYear:
        raise
    except (ValueError, OverflowError):
        raise ValueError(
            gettext("“%(text)s” is not a date; write 2024, 2024-09 or 2024-09-17.") % {"text": text[:40]}
        ) from None


class BuddhistYear(ValueError):
    """A Buddhist year stands where a Christian year belongs."""


def refuse_buddhist_year(year: int) -> None:
    """Refuse a Buddhist year and say which Christian year was probably meant.

    :raises BuddhistYear: if the year lies between 2400 and 2700.
    """
    if year in BUDDHIST_YEARS:
        raise BuddhistYear(
            gettext("%(year)s is a Buddhist year; did you mean %(christian)s?")
            % {"year": year, "christian": year - BUDDHIST_OFFSET}
        )


def shown_number(value: Decimal | float | str, decimals: int | None = None) -> str:
    """Return a number with thousands separated and no trailing zeros."""
    text = number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return text.rstrip("0").rstrip(".") if "." in text and decimals is None else text
