"""What the values of a column of texts look like: numbers with commas, Thai digits, dates of either calendar, totals."""

from __future__ import annotations

from learningcity.common.columnar.engine import literal
from learningcity.common.columnar.fitting import FIRST_BUDDHIST, ISO, LAST_BUDDHIST, NAMED, SLASHED, THOUSANDS, fitted

# A cell that says that its row sums up the others.
TOTALS = (
    *("รวม", "รวมทั้งหมด", "รวมทั้งสิ้น", "ทั้งหมด", "ยอดรวม", "ผลรวม", "รวมยอด"),
    *("total", "grand total", "sum", "subtotal", "sub-total", "sub total", "totals"),
)
# What people write where they know nothing.
NOTHINGS = (
    "-",
    "–",
    "n/a",
    "na",
    "null",
    "none",
    "nan",
    "#n/a",
    "#value!",
    "#ref!",
    "#div/0!",
    "ไม่มีข้อมูล",
    "ไม่ทราบ",
    "ไม่ระบุ",
)
# The kinds of values that are told apart; each is one that Choices.types can make something of, or a thing to look at.
NUMBERS = ("number", "thousands", "thai_number")
DATES = ("iso_date", "written_date", "buddhist_date")
KINDS = (*NUMBERS, *DATES, "thai_digits", "formula", "total", "nothing", "text")
BLANK = r"^[\s\x{A0}\x{3000}]|[\s\x{A0}\x{3000}]$"


def trimmed(x: str) -> str:
    """Return the SQL for a text without blanks around it."""
    return f"trim({x}, {literal(chr(32) + chr(9) + chr(10) + chr(13) + chr(0xA0) + chr(0x3000))})"


def has_blanks(x: str) -> str:
    """Return the SQL that tells whether blanks stand before or behind a text."""
    return f"({x} != {trimmed(x)})"


def kind_of_value(x: str) -> str:
    """Return the SQL that gives the kind of a text, one of KINDS; most texts are done after a look at one letter."""
    x = trimmed(x)
    first = f"unicode({x})"
    arabic = f"translate({x}, '๐๑๒๓๔๕๖๗๘๙', '0123456789')"
    named = f"(regexp_matches({arabic}, {literal(NAMED)}) AND regexp_matches({x}, '[a-zก-ฮ]'))"
    year = f"TRY_CAST(regexp_extract({arabic}, '(?:^|\\D)(\\d{{4}})(?:\\D|$)', 1) AS INTEGER)"
    is_date = f"(regexp_matches({arabic}, {literal(ISO)}) OR regexp_matches({arabic}, {literal(SLASHED)}) OR {named})"
    date = (
        f"CASE WHEN {year} BETWEEN {FIRST_BUDDHIST} AND {LAST_BUDDHIST} THEN 'buddhist_date' "
        f"WHEN regexp_matches({x}, {literal(ISO)}) THEN 'iso_date' ELSE 'written_date' END"
    )
    return (
        f"CASE WHEN {first} BETWEEN 48 AND 57 OR {first} BETWEEN 3664 AND 3673 OR {first} IN (43, 45, 46) THEN CASE "
        f"WHEN ({fitted(x, 'number')}) IS NOT NULL THEN 'number' "
        f"WHEN {x} = '-' THEN 'nothing' "
        f"WHEN regexp_full_match({x}, {literal(THOUSANDS)}) THEN CASE WHEN contains({x}, ',') THEN 'thousands' ELSE 'text' END "
        f"WHEN regexp_full_match({arabic}, {literal(THOUSANDS)}) THEN 'thai_number' "
        f"WHEN {is_date} THEN {date} "
        f"WHEN {first} IN (43, 45) THEN 'formula' "
        f"WHEN {first} >= 3664 THEN 'thai_digits' ELSE 'text' END "
        f"WHEN {first} IN (61, 64) THEN 'formula' "
        f"WHEN strlen({x}) < 60 AND lower({x}) IN ({', '.join(map(literal, TOTALS))}) THEN 'total' "
        f"WHEN strlen({x}) < 60 AND lower({x}) IN ({', '.join(map(literal, NOTHINGS))}) THEN 'nothing' "
        f"WHEN starts_with({x}, 'วันที่') AND {is_date.replace(arabic, _without_word(arabic))} THEN {date} "
        "ELSE 'text' END"
    )


def _without_word(x: str) -> str:
    return f"ltrim(substr({x}, 7))"
