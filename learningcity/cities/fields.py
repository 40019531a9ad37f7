"""The columns of spreadsheets that the tables of all apps above share: the city, and how certain a row is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from learningcity.cities.models import City
from learningcity.cities.queries.names import cities_to_choose, city_names
from learningcity.common.text import LocalText
from learningcity.imports.registry import Choice, Column, Known, Pointer, Wrong
from learningcity.sources.enums import Certainty

CITY = Pointer(city_names, cities_to_choose)
CITY_COLUMN = Column(
    name="city",
    label=LocalText("เมือง", "City"),
    cell=CITY,
    example="เมืองตัวอย่าง",
    help=LocalText(
        "ชื่อไทย ชื่ออังกฤษ หรือชื่อย่อของเมือง เว้นว่างได้หากทั้งไฟล์เป็นของเมืองเดียวที่เลือกไว้ตอนนำเข้า",
        "Thai or English name, or an abbreviation. May stay empty if the whole file is for the city chosen at the import.",
    ),
    also=("ชื่อเมือง", "เทศบาล", "city name"),
)
CERTAINTY_COLUMN = Column(
    name="certainty",
    label=LocalText("ความแน่นอน", "Certainty"),
    cell=Choice(Certainty, nothing=Certainty.STATED),
    help=LocalText("เว้นว่างไว้หากแหล่งข้อมูลระบุไว้ชัดเจน", "Empty where the source says it plainly."),
)


def city_in(values: dict[str, Any], known: Known) -> City:
    """Return the city that a row names, or else the one that the file is for.

    :raises Wrong: if there is neither.
    """
    if values.get("city"):
        return values["city"]
    if not known.place:
        raise Wrong(city=_("This must be given."))
    return CITY.read(known.place, known)
