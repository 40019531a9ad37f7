"""Which type all values of a column have, and how a text becomes a value of it: exactly, or not at all.

A text fits a type only if nothing of it is lost: 007 is no number, nor is one of twenty digits.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from learningcity.common.columnar.engine import literal, quoted
from learningcity.common.thai.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS

# In the order in which they are tried; what fits none of them is a string.
TRIED = ("integer", "number", "boolean", "date", "datetime")
TOGETHER = 20
# What the engine says when a text does not fit.
MISFIT = "does not fit"
# Years before and after these are those of another calendar, or slips.
FIRST_DAY, LAST_DAY = "1000-01-01", "2299-12-31"
LONGEST_INTEGER, LONGEST_NUMBER = 16, 17
NUMBER = r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?|-?\d\.\d{1,14}[eE][-+]?\d{1,3}"
DIGITS = "translate(trim({x}), '๐๑๒๓๔๕๖๗๘๙', '0123456789')"
THOUSANDS = r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?"
# Either calendar, as it is written in Thailand: the day first.
ISO, SLASHED, NAMED = (
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?$",
    r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$",
    r"^(\d{1,2}) *([^\d ,]+) *(?:พ\.ศ\.|ค\.ศ\.)? *(\d{4})$",
)
MONTHS = (
    ("มกราคม", "มค", "january", "jan"),
    ("กุมภาพันธ์", "กพ", "february", "feb"),
    ("มีนาคม", "มีค", "march", "mar"),
    ("เมษายน", "เมย", "april", "apr"),
    ("พฤษภาคม", "พค", "may", "may"),
    ("มิถุนายน", "มิย", "june", "jun"),
    ("กรกฎาคม", "กค", "july", "jul"),
    ("สิงหาคม", "สค", "august", "aug"),
    ("กันยายน", "กย", "september", "sep"),
    ("ตุลาคม", "ตค", "october", "oct"),
    ("พฤศจิกายน", "พย", "november", "nov"),
    ("ธันวาคม", "ธค", "december", "dec"),
)
FIRST_BUDDHIST, LAST_BUDDHIST = BUDDHIST_YEARS[0], BUDDHIST_YEARS[-1]


def fitted(x: str, kind: str) -> str:
    """Return the SQL that gives a text as a value of a type; NULL, where it is not exactly one."""
    match kind:
        case "integer":
            value = f"TRY_CAST({x} AS BIGINT)"
            return f"CASE WHEN CAST({value} AS VARCHAR) = {x} AND strlen({x}) <= {LONGEST_INTEGER} THEN {value} END"
        case "number":
            value = f"TRY_CAST({x} AS DOUBLE)"
            plain = f"strlen({x}) <= {LONGEST_NUMBER} AND regexp_full_match({x}, {literal(NUMBER)})"
            exact = f"CAST({value} AS VARCHAR) = {x} AND isfinite({value})"
            return f"CASE WHEN {plain} THEN {value} WHEN {exact} THEN {value} END"
        case "boolean":
            return f"CASE lower({x}) WHEN 'true' THEN true WHEN 'false' THEN false END"
        case "date":
            value = f"TRY_CAST({x} AS DATE)"
            return f"CASE WHEN {x} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}' AND CAST({value} AS VARCHAR) = {x} THEN {value} END"
        case "datetime":
            spaced = f"replace({x}, 'T', ' ')"
            value = f"TRY_CAST({spaced} AS TIMESTAMP)"
            same = f"CAST({value} AS VARCHAR) IN ({spaced}, {spaced} || ':00')"
            return f"CASE WHEN {x} BETWEEN '{FIRST_DAY} ' AND '{LAST_DAY}U' AND strlen({x}) > 10 AND {same} THEN {value} END"
    return x


def converted(x: str, kind: str) -> str:
    """Return the SQL that gives a text as a person chose to read it; NULL, where it cannot be read so."""
    digits = DIGITS.format(x=x)
    match kind:
        case "number" | "integer":
            bare = f"replace({digits}, ',', '')"
            whole = f"TRY_CAST({bare} AS {'DOUBLE' if kind == 'number' else 'BIGINT'})"
            exact = f"CAST(CAST({whole} AS BIGINT) AS VARCHAR) = ltrim({bare}, '+')" if kind == "integer" else "true"
            return f"CASE WHEN regexp_full_match({digits}, '{THOUSANDS}') AND strlen({bare}) <= {LONGEST_NUMBER} AND {exact} THEN {whole} END"
        case "year":
            return (
                f"CASE WHEN regexp_full_match({digits}, '\\d{{4}}') THEN {christian(f'CAST({digits} AS INTEGER)')} END"
            )
        case "date":
            return date_of(digits)
    return fitted(x, kind)


def christian(year: str) -> str:
    """Return the SQL for a year of either calendar as a Christian one."""
    return f"({year} - CASE WHEN {year} BETWEEN {FIRST_BUDDHIST} AND {LAST_BUDDHIST} THEN {BUDDHIST_OFFSET} ELSE 0 END)"


def date_of(x: str) -> str:
    """Return the SQL that reads a date as it is written in Thailand, of either calendar, as a Christian day."""
    plain = f"regexp_replace({x}, '^วันที่ *', '')"

    def part(pattern: str, number: int) -> str:
        return f"regexp_extract({plain}, {literal(pattern)}, {number})"

    name = f"lower(replace({part(NAMED, 2)}, '.', ''))"
    month = " ".join(
        f"WHEN {name} IN ({', '.join(map(literal, names))}) THEN {number}" for number, names in enumerate(MONTHS, 1)
    )
    written = (
        (ISO, part(ISO, 1), part(ISO, 2), part(ISO, 3)),
        (SLASHED, part(SLASHED, 3), part(SLASHED, 2), part(SLASHED, 1)),
        (NAMED, part(NAMED, 3), f"CASE {month} END", part(NAMED, 1)),
    )
    cases = " ".join(
        f"WHEN regexp_matches({plain}, {literal(pattern)}) THEN TRY_CAST(printf('%04d-%02d-%02d', "
        f"{christian(f'TRY_CAST({year} AS INTEGER)')}, TRY_CAST({month} AS INTEGER), TRY_CAST({day} AS INTEGER)) AS DATE)"
        for pattern, year, month, day in written
    )
    return f"CASE {cases} END"


def strict(x: str, kind: str) -> str:
    """Return the SQL that gives a text as a value of a type and ends the statement where it is none."""
    return f"CASE WHEN {x} IS NULL THEN NULL ELSE coalesce({fitted(x, kind)}, error({literal(MISFIT)})) END"


def types_of(engine: duckdb.DuckDBPyConnection, source: str, names: Sequence[str]) -> list[str]:
    """Return the type that all values of each column of a source have; nothing for a column without a value."""
    found = []
    # More columns at once take more memory than their values.
    for start in range(0, len(names), TOGETHER):
        some = [quoted(name) for name in names[start : start + TOGETHER]]
        asked = [f"count({x}), " + ", ".join(f"count({fitted(x, kind)})" for kind in TRIED) for x in some]
        row = engine.execute(f"SELECT {', '.join(asked)} FROM {source}").fetchone() or ()  # noqa: S608 -- quoted
        for place in range(len(some)):
            there, *fits = row[place * (len(TRIED) + 1) :][: len(TRIED) + 1]
            fitting = (kind for kind, count in zip(TRIED, fits, strict=True) if count == there)
            found.append(next(fitting, "string") if there else "")
    return found
