"""What our words are called in DCAT-AP: addresses in the tables of the European Union, and of IANA."""

from __future__ import annotations

from rdflib import Namespace, URIRef

from learningcity.common.text import LocalText
from learningcity.opendata.enums import DataType, Rhythm

AUTHORITY = "http://publications.europa.eu/resource/authority"
# The third version of DCAT has words that rdflib's own list lacks.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

PUBLIC = URIRef(f"{AUTHORITY}/access-right/PUBLIC")
WITHDRAWN = URIRef(f"{AUTHORITY}/dataset-status/WITHDRAWN")
EDUCATION = URIRef(f"{AUTHORITY}/data-theme/EDUC")
THAILAND = URIRef(f"{AUTHORITY}/country/THA")
SPOKEN = (URIRef(f"{AUTHORITY}/language/THA"), URIRef(f"{AUTHORITY}/language/ENG"))
# Where the table has no word for a rhythm, it has OTHER.
FREQUENCIES = {
    Rhythm.UNKNOWN: "UNKNOWN",
    Rhythm.YEAR: "ANNUAL",
    Rhythm.HALF_YEAR: "ANNUAL_2",
    Rhythm.QUARTER: "QUARTERLY",
    Rhythm.MONTH: "MONTHLY",
    Rhythm.WEEK: "WEEKLY",
    Rhythm.DAY: "DAILY",
    Rhythm.WORKDAY: "OTHER",
    Rhythm.HOUR: "HOURLY",
    Rhythm.MINUTE: "OTHER",
    Rhythm.LIVE: "UPDATE_CONT",
    Rhythm.NEVER: "NEVER",
    Rhythm.OTHER: "OTHER",
}
# Several times in a period.
OFTEN = {
    (Rhythm.YEAR, 2): "ANNUAL_2",
    (Rhythm.YEAR, 3): "ANNUAL_3",
    (Rhythm.YEAR, 4): "QUARTERLY",
    (Rhythm.YEAR, 12): "MONTHLY",
    (Rhythm.MONTH, 2): "MONTHLY_2",
    (Rhythm.MONTH, 3): "MONTHLY_3",
    (Rhythm.WEEK, 2): "WEEKLY_2",
    (Rhythm.WEEK, 3): "WEEKLY_3",
    (Rhythm.DAY, 2): "DAILY_2",
}
TYPES = {DataType.STATISTICS: "STATISTICAL", DataType.GEODATA: "GEOSPATIAL"}
NOTES = LocalText(
    "ข้อมูลเปิดของเมืองแห่งการเรียนรู้ ทุกชุดมีแหล่งที่มา ฉบับ และสัญญาอนุญาต",
    "Open data of the learning cities, each with its origin, its versions and its license.",
)


def frequency(rhythm: str, interval: int | None) -> URIRef:
    """Return the address of a rhythm in the table of frequencies."""
    word = FREQUENCIES[Rhythm(rhythm)]
    if interval and interval > 1:
        word = OFTEN.get((Rhythm(rhythm), interval), "OTHER")
    return URIRef(f"{AUTHORITY}/frequency/{word}")


def file_type(form: str) -> URIRef:
    """Return the address of a kind of file in the table of file types."""
    return URIRef(f"{AUTHORITY}/file-type/{form.upper()}")


def media_type(name: str) -> URIRef:
    """Return the address under which IANA lists a media type."""
    return URIRef(f"https://www.iana.org/assignments/media-types/{name}")
