"""Which numbers can be imported from spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learningcity.cities.fields import CERTAINTY_COLUMN, CITY_COLUMN, city_in
from learningcity.cities.models import City, Network
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import iso_date
from learningcity.imports.registry import (
    SOURCE_COLUMNS,
    Choice,
    Column,
    Date,
    Known,
    Number,
    Pointer,
    Table,
    Text,
    Whole,
    Wrong,
    register,
    source_in,
)
from learningcity.opendata.enums import Disability, Qualifier, Sex
from learningcity.opendata.models import DIMENSIONS, Indicator, Observation
from learningcity.opendata.models.numbers import OLDEST
from learningcity.search.actions import index

Group = tuple[int, int | None, int | None]


def register_tables() -> None:
    """Let numbers be imported."""
    register(FACTS)


def indicator_names() -> Iterator[tuple[str, Indicator]]:
    """Return each indicator by its key and its names."""
    for indicator in Indicator.objects.order_by("position", "slug"):
        for name in (indicator.slug, indicator.name_th, indicator.name_en):
            yield name, indicator


def indicators_to_choose() -> list[str]:
    return list(Indicator.objects.order_by("position", "slug").values_list("name_th", flat=True))


def network_names() -> Iterator[tuple[str, Network]]:
    """Return each network by its key and its names."""
    for network in Network.objects.order_by("slug"):
        for name in (network.slug, network.name_th, network.name_en):
            yield name, network


def fact_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a number.

    :raises Wrong: if it belongs to no place or to two, or nobody says it.
    """
    city, network = values.get("city"), values.get("network")
    if city and network:
        raise Wrong(network=_("A number belongs to a city or to a network, not to both."))
    if not network:
        city = city_in(values, known)
    fields = {
        "indicator": values["indicator"],
        "city": city,
        "network": network,
        "value": values["value"],
        "qualifier": values.get("qualifier", Qualifier.EXACT),
        "observed_on": values["date"].date,
        "observed_precision": values["date"].precision,
        "source": source_in(values, known),
    }
    fields |= people_in(values, fields["city"])
    return fields | {name: values[name] for name in ("certainty", "note_th", "note_en") if name in values}


def people_in(values: dict[str, Any], city: City | None) -> dict[str, Any]:
    """Return whom a number counts; without any of these columns it counts everybody.

    :raises Wrong: if that is no group of people, or lies in another province.
    """
    said = {
        name: values.get(name) or "" for name in ("sex", "disability", "district_code", "district_th", "district_en")
    }
    start, end = values.get("age_from"), values.get("age_to")
    if end is not None and start is None:
        raise Wrong(age_from=_("Say from which age, for instance 0."))
    if start is not None and end is not None and end < start:
        raise Wrong(age_to=_("The age group ends before it begins."))
    if (start is not None and start > OLDEST) or (end is not None and end > OLDEST):
        raise Wrong(age_from=_("Nobody is older than %(age)s.") % {"age": OLDEST})
    code, named = said["district_code"], said["district_th"] or said["district_en"]
    if named and not code:
        raise Wrong(district_code=_("A district needs its code, so that all know which one it is."))
    if code and not named:
        raise Wrong(district_th=_("Say how the district is called."))
    if code and city and not code.startswith(city.province_id):
        said_of = {"province": city.province_id}
        raise Wrong(district_code=_("This code is of another province; here it begins with %(province)s.") % said_of)
    return {**said, "age_from": start, "age_to": end}


def fact_cells(number: Observation) -> Mapping[str, Any]:
    """Return what the cells of a number say."""
    return {
        "indicator": number.indicator.slug,
        "city": number.city and number.city.slug,
        "network": number.network and number.network.slug,
        "value": number.value,
        "qualifier": number.get_qualifier_display(),
        "date": iso_date(number.observed_on, number.observed_precision),
        "source": number.source.slug,
        "certainty": number.get_certainty_display(),
        "note_th": number.note_th,
        "note_en": number.note_en,
        "sex": number.get_sex_display() if number.sex else "",
        "disability": number.get_disability_display() if number.disability else "",
        **{
            name: getattr(number, name)
            for name in ("age_from", "age_to", "district_code", "district_th", "district_en")
        },
    }


def facts_in(place: str) -> QuerySet[Observation]:
    """Return the numbers of a city, or all of them."""
    numbers = Observation.objects.filter(city__slug=place) if place else Observation.objects.all()
    return numbers.select_related("indicator", "city", "network", "source").order_by("pk")


def group_of(number: Observation) -> list[Group]:
    """Return what the search shows together: all that is said of one thing in one place; of some of the people, nothing."""
    if not number.is_total:
        return []
    return [(number.indicator_id, number.city_id, number.network_id)]


def refresh_groups(groups: set[Group]) -> None:
    """Let the search find what is said now; a group is filed under its first number."""
    for indicator, city, network in sorted(groups, key=str):
        numbers = Observation.totals.filter(indicator=indicator, city=city, network=network)
        # One by one: the numbers that belong to many groups are found far more slowly than those that belong to one.
        if first := numbers.order_by("pk").first():
            index(first)


WHOM = LocalText("เว้นว่างไว้หากนับทุกคน", "Empty where everybody is counted.")
PEOPLE_COLUMNS = (
    Column(
        name="sex",
        label=LocalText("เพศ", "Sex"),
        cell=Choice(
            Sex,
            also={
                **dict.fromkeys(("หญิง", "ญ", "ผู้หญิง", "เด็กหญิง", "female", "women", "girls", "F"), Sex.FEMALE),
                **dict.fromkeys(("ชาย", "ช", "ผู้ชาย", "เด็กชาย", "male", "men", "boys", "M"), Sex.MALE),
                **dict.fromkeys(("อื่น ๆ", "อื่นๆ", "ไม่ระบุ", "other"), Sex.OTHER),
            },
        ),
        help=WHOM,
    ),
    Column(
        name="age_from",
        label=LocalText("อายุตั้งแต่ (ปี)", "Age from"),
        cell=Whole(),
        help=LocalText("เช่น 6 เว้นว่างไว้หากนับทุกอายุ", "For instance 6. Empty where all ages are counted."),
        also=("อายุตั้งแต่",),
    ),
    Column(
        name="age_to",
        label=LocalText("อายุถึง (ปี)", "Age to"),
        cell=Whole(),
        help=LocalText("เช่น 11 เว้นว่างไว้หากเป็น “ขึ้นไป”", "For instance 11. Empty for “and over”."),
        also=("อายุถึง",),
    ),
    Column(
        name="disability",
        label=LocalText("ความพิการ", "Disability"),
        cell=Choice(
            Disability,
            also={
                **dict.fromkeys(("พิการ", "คนพิการ", "มีความพิการ", "yes"), Disability.WITH),
                **dict.fromkeys(("ไม่พิการ", "ไม่มีความพิการ", "no"), Disability.WITHOUT),
            },
        ),
        help=WHOM,
    ),
    Column(
        name="district_code",
        label=LocalText("รหัสอำเภอ", "Code of the district"),
        cell=Text(longest=4),
        help=LocalText("สี่หลักตาม มอก. 1099 เช่น 4001", "Four digits of TIS 1099, for instance 4001."),
    ),
    Column(name="district_th", label=LocalText("อำเภอ", "District in Thai"), cell=Text(100), also=("เขต",)),
    Column(
        name="district_en",
        label=LocalText("อำเภอ (ภาษาอังกฤษ)", "District in English"),
        cell=Text(100),
        also=("district",),
    ),
)

FACTS = Table(
    name="facts",
    label=LocalText("ตัวเลข", "Facts in numbers"),
    model=Observation,
    columns=(
        Column(
            name="indicator",
            label=LocalText("ตัวชี้วัด", "Indicator"),
            cell=Pointer(indicator_names, indicators_to_choose),
            required=True,
            example="ตัวชี้วัดตัวอย่าง",
            help=LocalText("เลือกจากรายการ", "From the list."),
        ),
        CITY_COLUMN,
        Column(
            name="network",
            label=LocalText("เครือข่าย", "Network"),
            cell=Pointer(network_names),
            help=LocalText("เฉพาะตัวเลขของทั้งเครือข่าย", "Only for numbers of a whole network."),
        ),
        Column(
            name="value",
            label=LocalText("ค่า", "Value"),
            cell=Number(),
            required=True,
            example="12345",
            help=LocalText("ตัวเลขอย่างเดียว ไม่มีหน่วยและเครื่องหมาย %", "The number alone, without unit or percent sign."),
            also=("จำนวน", "ตัวเลข", "number"),
        ),
        Column(
            name="qualifier",
            label=LocalText("คำกำกับ", "Qualifier"),
            cell=Choice(
                Qualifier,
                also={
                    "มากกว่า": Qualifier.MORE_THAN,
                    "กว่า": Qualifier.MORE_THAN,
                    "น้อยกว่า": Qualifier.LESS_THAN,
                    "ต่ำกว่า": Qualifier.LESS_THAN,
                    "ประมาณ": Qualifier.ABOUT,
                    "ราว": Qualifier.ABOUT,
                    "อย่างน้อย": Qualifier.AT_LEAST,
                    "ไม่น้อยกว่า": Qualifier.AT_LEAST,
                },
                nothing=Qualifier.EXACT,
            ),
            help=LocalText("เว้นว่างไว้หากแหล่งข้อมูลให้ตัวเลขพอดี", "Empty where the source gives the number exactly."),
            also=("มากกว่า/ประมาณ",),
        ),
        Column(
            name="date",
            label=LocalText("ข้อมูล ณ วันที่", "Date"),
            cell=Date(),
            required=True,
            example="2567",
            help=LocalText(
                "ปี เดือน หรือวัน เท่าที่ทราบ เช่น 2567, ก.ย. 2567, 17/9/2567",
                "A year, a month or a day, as far as it is known: 2567, ก.ย. 2567, 17/9/2567, 2024-09-17.",
            ),
            also=("observed_on", "วันที่", "ปี", "ณ วันที่", "year"),
        ),
        *SOURCE_COLUMNS,
        CERTAINTY_COLUMN,
        Column(name="note_th", label=LocalText("หมายเหตุ", "Note in Thai"), cell=Text(), also=("หมายเหตุ (ภาษาไทย)",)),
        Column(name="note_en", label=LocalText("หมายเหตุ (ภาษาอังกฤษ)", "Note in English"), cell=Text(), also=("note",)),
        *PEOPLE_COLUMNS,
    ),
    keys=(("indicator", "city", "network", "observed_on", "source", "qualifier", *DIMENSIONS),),
    fields=fact_fields,
    cells=fact_cells,
    records_in=facts_in,
    place_of=lambda number: number.city.slug if number.city else "",
    place_column="city",
    touches=group_of,
    refresh=refresh_groups,
    follows=("city",),
)
