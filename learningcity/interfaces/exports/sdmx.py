"""The numbers of all indicators in SDMX-CSV 2.0 (github.com/sdmx-twg/sdmx-csv): one row for each observation.

Numbers that nobody may be told are missing here as everywhere: the status says that they were suppressed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from learningcity.common.columnar.engine import literal, opened, rows_of
from learningcity.common.thai.dates import Precision, iso_date
from learningcity.common.thai.words import clean
from learningcity.opendata.enums import Sex

# What the rows are of: the maintainer, the name and the version of the structure that follows.
STRUCTURE, STRUCTURE_ID, INFORMATION = "datastructure", "LEARNINGCITY:INDICATORS(1.0.0)", "I"
DIMENSIONS = ("INDICATOR", "REF_AREA", "SEX", "AGE", "DISABILITY", "DISTRICT", "SOURCE", "QUALIFIER", "TIME_PERIOD")
MEASURE = "OBS_VALUE"
ATTRIBUTES = ("UNIT_MEASURE", "OBS_STATUS", "CERTAINTY", "AREA_TYPE", "SOURCE_URL")
HEADINGS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, MEASURE, *ATTRIBUTES)
MEDIA_TYPE = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
# Code lists of SDMX: all, and what is suppressed.
TOTAL = "_T"
NORMAL, SUPPRESSED = "A", "Q"
SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "_O"}
PIECE = 500
LONGEST = 600.0


def sdmx_csv(table: Path) -> Iterator[bytes]:
    """Return the numbers that are kept in a Parquet file as text, some hundreds of rows at a time."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    with opened(table, seconds=LONGEST) as engine:
        found = engine.execute(f"SELECT * FROM read_parquet({literal(table)})")  # noqa: S608 -- nothing foreign
        names = [column[0] for column in found.description]
        for number, row in enumerate(rows_of(found), 1):
            writer.writerow(line(dict(zip(names, row, strict=True))))
            if number % PIECE == 0:
                yield written.getvalue().encode()
                written.seek(0)
                written.truncate()
    yield written.getvalue().encode()


def line(said: dict[str, Any]) -> Iterable[str]:
    """Return one observation in the order of the headings."""
    is_hidden = said["hiding"] is not None or said["value"] is None
    return (
        STRUCTURE,
        STRUCTURE_ID,
        INFORMATION,
        said["indicator"],
        said["city"] or said["network"],
        SEXES[Sex(said["sex"])] if said["sex"] else TOTAL,
        age(said["age_from"], said["age_to"]),
        (said["disability"] or TOTAL).upper(),
        said["district_code"] or TOTAL,
        said["source"],
        said["qualifier"].upper(),
        iso_date(said["observed_on"], Precision(said["observed_precision"])),
        "" if is_hidden else plain(said["value"]),
        clean(said["unit_en"] or said["unit_th"] or ""),
        SUPPRESSED if is_hidden else NORMAL,
        said["certainty"].upper(),
        "CITY" if said["city"] else "NETWORK",
        said["source_url"] or "",
    )


def age(first: int | None, last: int | None) -> str:
    """Return an age group in the words of the code list CL_AGE."""
    if first is None:
        return TOTAL
    return f"Y_GE{first}" if last is None else f"Y{first}T{last}"


def plain(value: float) -> str:
    """Return a number without zeros that say nothing."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
