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
# Those with which one of these words begins, or a date after a word.
FIRST_LETTERS = sorted({ord(letter) for word in (*TOTALS, *NOTHINGS, "วันที่") for letter in (word[0], word[0].upper())})


def trimmed(x: str) -> str:
    """Return the SQL for a text without blanks around it."""
    return f"trim({x}, {literal(chr(32) + chr(9) + chr(10) + chr(13) + chr(0xA0) + chr(0x3000))})"


def has_blanks(x: str) -> str:
    """Return the SQL that tells whether blanks stand before or behind a text."""
    return f"({x} != {trimmed(x)})"


def kind_of_value(x: str, first: str = "") -> str:
    """Return the SQL that gives the kind of a trimmed text, one of KINDS; most are done after a look at one letter.

    ``first`` is the SQL for that letter's code, where it is known already.
    """
    first = first or f"unicode({x})"
    arabic = f"translate({x}, '๐๑๒๓๔๕๖๗๘๙', '0123456789')"
    return (
        f"CASE WHEN {first} BETWEEN 48 AND 57 OR {first} BETWEEN 3664 AND 3673 OR {first} IN (43, 45, 46) THEN CASE "
        f"WHEN ({fitted(x, 'number')}) IS NOT NULL THEN 'number' "
        f"WHEN {x} = '-' THEN 'nothing' "
        f"WHEN regexp_full_match({x}, {literal(THOUSANDS)}) THEN CASE WHEN contains({x}, ',') THEN 'thousands' ELSE 'text' END "
        f"WHEN regexp_full_match({arabic}, {literal(THOUSANDS)}) THEN 'thai_number' "
        f"WHEN {_is_date(arabic)} THEN {_kind_of_date(x, arabic)} "
        f"WHEN {first} IN (43, 45) THEN 'formula' "
        f"WHEN {first} >= 3664 THEN 'thai_digits' ELSE 'text' END "
        f"WHEN {first} IN (61, 64) THEN 'formula' "
        f"WHEN {first} NOT IN ({', '.join(map(str, FIRST_LETTERS))}) OR strlen({x}) > 60 THEN 'text' "
        f"WHEN lower({x}) IN ({', '.join(map(literal, TOTALS))}) THEN 'total' "
        f"WHEN lower({x}) IN ({', '.join(map(literal, NOTHINGS))}) THEN 'nothing' "
        f"WHEN starts_with({x}, 'วันที่') AND {_is_date(f'ltrim(substr({arabic}, 7))')} THEN {_kind_of_date(x, arabic)} "
        "ELSE 'text' END"
    )


def counts_of_kinds(x: str, source: str, *, grouped: bool) -> str:
    """Return the statement that counts the kinds of all values of a column, and those with blanks around them.

    Where there are few different values, each is looked at once.
    """
    values = (
        f"SELECT {x} AS x, count(*) AS n FROM {source} WHERE {x} IS NOT NULL GROUP BY {x}"  # noqa: S608 -- quoted
        if grouped
        else f"SELECT {x} AS x, 1 AS n FROM {source} WHERE {x} IS NOT NULL"  # noqa: S608 -- quoted
    )
    looked = f"SELECT x, {trimmed('x')} AS t, n FROM ({values})"  # noqa: S608 -- made here
    lettered = f"SELECT x != t AS blank, t, unicode(t) AS u, n FROM ({looked})"  # noqa: S608 -- made here
    kinds = f"SELECT blank, {kind_of_value('t', 'u')} AS kind, n FROM ({lettered})"  # noqa: S608 -- made here
    counted = ", ".join(f"coalesce(sum(n) FILTER (kind = '{kind}'), 0)" for kind in KINDS)
    return f"SELECT coalesce(sum(n) FILTER (blank), 0), {counted} FROM ({kinds})"  # noqa: S608 -- made here


def _is_date(arabic: str) -> str:
    """Return the SQL that tells whether a text in Arabic digits is a date as people write it."""
    named = f"(regexp_matches({arabic}, {literal(NAMED)}) AND regexp_matches({arabic}, '[a-zA-Zก-ฮ]'))"
    return f"(regexp_matches({arabic}, {literal(ISO)}) OR regexp_matches({arabic}, {literal(SLASHED)}) OR {named})"


def _kind_of_date(x: str, arabic: str) -> str:
    year = f"TRY_CAST(regexp_extract({arabic}, '(?:^|\\D)(\\d{{4}})(?:\\D|$)', 1) AS INTEGER)"
    return (
        f"CASE WHEN {year} BETWEEN {FIRST_BUDDHIST} AND {LAST_BUDDHIST} THEN 'buddhist_date' "
        f"WHEN regexp_matches({x}, {literal(ISO)}) THEN 'iso_date' ELSE 'written_date' END"
    )
