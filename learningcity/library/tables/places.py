from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learningcity.cities.fields import CITY_COLUMN, city_in
from learningcity.common.text import LocalText, language_of
from learningcity.common.week import week_text
from learningcity.imports.registry import SOURCE_COLUMNS, Choice, Column, Known, Number, Table, Text, Wrong, source_in
from learningcity.library.enums import THAILAND, LifeStage, PlaceAccess, PlaceKind, Subject
from learningcity.library.models import LearningPlace
from learningcity.library.tables.cells import COST, KEY, URL, Week, several, slug_of, written
from learningcity.search.actions import index_again

TEXTS = tuple(f"{name}_{end}" for name in ("name", "summary", "area", "address", "hours") for end in ("th", "en"))
PLAIN = (*TEXTS, "contact", "url", "slug")
TOLD = (*TEXTS, "contact", "url", "subjects", "stages", "access", "cost", "latitude", "longitude", "weekly")


def place_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a place; without an address of its own one is made of its name.

    :raises Wrong: if it has no name, or lies half on the map or outside the country, or nobody says it.
    """
    thai, english = values.get("name_th", ""), values.get("name_en", "")
    if not thai and not english:
        raise Wrong(name_th=_("Give the name in Thai or in English."))
    refuse_location(values)
    return {
        "slug": values.get("slug") or slug_of(thai, english),
        "city": city_in(values, known),
        "kind": values["kind"],
        "original": language_of(thai or english),
        "source": source_in(values, known),
    } | {name: values[name] for name in TOLD if name in values}


def refuse_location(values: dict[str, Any]) -> None:
    """Do nothing for a location in the country, or none.

    :raises Wrong: for any other.
    """
    numbers = {name: values.get(name) for name in ("latitude", "longitude")}
    for (name, number), (least, most) in zip(numbers.items(), THAILAND, strict=True):
        if number is None and any(one is not None for one in numbers.values()):
            raise Wrong(**{name: _("A location needs latitude and longitude.")})
        if number is not None and not least <= number <= most:
            said = _("This lies outside Thailand, between %(least)s and %(most)s. Are the two numbers swapped?")
            raise Wrong(**{name: said % {"least": least, "most": most}})


def place_cells(place: LearningPlace) -> Mapping[str, Any]:
    """Return what the cells of a place say."""
    return {
        "city": place.city.slug,
        "kind": place.get_kind_display(),
        "cost": place.get_cost_display(),
        "subjects": written(Subject, place.subjects),
        "stages": written(LifeStage, place.stages),
        "weekly": week_text(place.weekly),
        "access": written(PlaceAccess, place.access),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "source": place.source.slug,
    } | {name: getattr(place, name) for name in PLAIN}


def places_in(place: str) -> QuerySet[LearningPlace]:
    """Return the places of a city, or all of them."""
    found = LearningPlace.objects.filter(city__slug=place) if place else LearningPlace.objects.all()
    return found.select_related("city", "source").order_by("city__sort_th", "sort_th", "pk")


PLACES = Table(
    name="learning-places",
    label=LocalText("แหล่งเรียนรู้", "Learning places"),
    model=LearningPlace,
    columns=(
        CITY_COLUMN,
        Column(
            name="name_th",
            label=LocalText("ชื่อสถานที่ (ภาษาไทย)", "Name in Thai"),
            cell=Text(200),
            example="ห้องสมุดตัวอย่าง",
            also=("ชื่อสถานที่", "แหล่งเรียนรู้", "ชื่อ", "ชื่อภาษาไทย"),
        ),
        Column(
            name="name_en",
            label=LocalText("ชื่อสถานที่ (ภาษาอังกฤษ)", "Name in English"),
            cell=Text(200),
            example="Sample Library",
            also=("ชื่อภาษาอังกฤษ", "name"),
        ),
        Column(
            name="kind",
            label=LocalText("ประเภท", "Kind"),
            cell=Choice(
                PlaceKind,
                also={
                    "ห้องสมุด": PlaceKind.LIBRARY,
                    "พิพิธภัณฑ์": PlaceKind.MUSEUM,
                    "วัด": PlaceKind.TEMPLE,
                    "สวนสาธารณะ": PlaceKind.PARK,
                    "ตลาด": PlaceKind.MARKET,
                    "มหาวิทยาลัย": PlaceKind.UNIVERSITY,
                    "โรงเรียน": PlaceKind.SCHOOL,
                },
            ),
            required=True,
            example="library",
        ),
        several("subjects", LocalText("เรื่องที่เรียนรู้ได้", "Subjects"), Subject, example="reading"),
        several("stages", LocalText("ช่วงวัย", "Life stages"), LifeStage, example="school"),
        several("access", LocalText("สิ่งอำนวยความสะดวก", "Access features"), PlaceAccess, example="wheelchair"),
        COST,
        Column(name="summary_th", label=LocalText("คำอธิบาย", "Description in Thai"), cell=Text()),
        Column(name="summary_en", label=LocalText("คำอธิบาย (ภาษาอังกฤษ)", "Description in English"), cell=Text()),
        Column(
            name="area_th",
            label=LocalText("ตำบลหรืออำเภอ", "Subdistrict or district in Thai"),
            cell=Text(100),
            also=("ตำบล", "อำเภอ", "เขต", "แขวง"),
        ),
        Column(
            name="area_en",
            label=LocalText("ตำบลหรืออำเภอ (ภาษาอังกฤษ)", "Subdistrict or district in English"),
            cell=Text(100),
            also=("subdistrict", "district"),
        ),
        Column(name="address_th", label=LocalText("ที่อยู่", "Postal address in Thai"), cell=Text(300)),
        Column(name="address_en", label=LocalText("ที่อยู่ (ภาษาอังกฤษ)", "Postal address in English"), cell=Text(300)),
        Column(
            name="latitude",
            label=LocalText("ละติจูด", "Latitude"),
            cell=Number(),
            example="16.438",
            help=LocalText("ต้องมีทั้งสองค่า หรือไม่มีเลย", "Both numbers, or neither."),
            also=("lat",),
        ),
        Column(
            name="longitude",
            label=LocalText("ลองจิจูด", "Longitude"),
            cell=Number(),
            example="102.837",
            also=("lon", "lng", "long"),
        ),
        Column(
            name="weekly",
            label=LocalText("เวลาเปิดในสัปดาห์ปกติ", "Opening hours of a usual week"),
            cell=Week(),
            example="Tue-Sun 9:00-17:00",
            help=LocalText(
                "วันและเวลา คั่นด้วย ; เช่น จ.-ศ. 8.30-16.30 น.; ส. 9.00-12.00 น.",
                "Days and times, with a semicolon between them: Tue-Fri 9:00-17:00; Sat 9:00-12:00.",
            ),
        ),
        Column(
            name="hours_th",
            label=LocalText("เวลาเปิดเพิ่มเติม", "More on the opening hours in Thai"),
            cell=Text(300),
            also=("เวลาเปิด",),
        ),
        Column(
            name="hours_en",
            label=LocalText("เวลาเปิดเพิ่มเติม (ภาษาอังกฤษ)", "More on the opening hours in English"),
            cell=Text(300),
            also=("เวลาเปิด (ภาษาอังกฤษ)", "Opening hours in English"),
        ),
        Column(
            name="contact",
            label=LocalText("ติดต่อ", "Public contact"),
            cell=Text(200),
            help=LocalText(
                "ของสถานที่ ไม่ใช่ของบุคคล และเฉพาะที่แหล่งข้อมูลเผยแพร่",
                "Of the place, never of a person, and only what its source publishes.",
            ),
        ),
        URL,
        *SOURCE_COLUMNS,
        KEY,
    ),
    keys=(("slug",), ("city", "name_th"), ("city", "name_en")),
    fields=place_fields,
    cells=place_cells,
    records_in=places_in,
    place_of=lambda place: place.city.slug,
    place_column="city",
    touches=lambda place: [place.pk],
    refresh=partial(index_again, LearningPlace),
    follows=("city",),
)
