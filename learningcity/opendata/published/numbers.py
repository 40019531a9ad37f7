"""What is counted, and every number that any source gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings

from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.selecting import (
    LabelOf,
    cell,
    choice,
    columns_of,
    key_to,
    pair,
    sourced,
    vague_date,
    values_of,
)
from learningcity.common.text import LocalText
from learningcity.opendata.enums import Disability, Qualifier, Sex
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import Hiding, hidden_among
from learningcity.opendata.registry import Publication
from learningcity.sources.enums import Certainty

INDICATOR = [
    cell("slug", "รหัสตัวชี้วัด", "Key"),
    *pair("name", "ตัวชี้วัด", "Name"),
    *pair("definition", "นิยาม", "Definition"),
    *pair("unit", "หน่วย", "Unit"),
    cell("position", "ลำดับ", "Position", type="integer"),
]
HIDING = LocalText(
    "เหตุที่ไม่แสดงค่า: small คือมีคนน้อยกว่าจำนวนที่แสดงได้ (ค่าเป็นเพียงเพดาน), cover คือหากแสดงจะคำนวณค่าที่ซ่อนไว้ได้",
    "Why the value is not told. small: fewer people than may be shown, and the value is a bound only. "
    "cover: a hidden value could be worked out from it.",
)
WHOM = LocalText("ว่างหมายถึงทุกคน", "Nothing means everybody.")
OLDER = LocalText("ว่างหมายถึงขึ้นไป", "Nothing means and over.")
OBSERVATION = [
    cell("id", "รหัส", "Key", type="integer"),
    key_to("indicator", "indicator__slug", "ตัวชี้วัด (รหัส)", "Indicator"),
    *pair("indicator_name", "ตัวชี้วัด", "Indicator", "indicator__name"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    key_to("network", "network__slug", "เครือข่าย (รหัส)", "Network"),
    *choice("qualifier", "ความหมายของค่า", "Qualifier", Qualifier),
    cell("value", "ค่า", "Value", type="number"),
    *pair("unit", "หน่วย", "Unit", "indicator__unit"),
    *vague_date("observed", "ข้อมูล ณ วันที่", "Date"),
    *choice("certainty", "ความแน่ชัด", "Certainty", Certainty),
    *pair("note", "หมายเหตุ", "Note"),
    *choice("sex", "เพศ", "Sex", Sex),
    cell("age_from", "อายุตั้งแต่", "Age from", type="integer", unit="ปี", description=WHOM),
    cell("age_to", "อายุถึง", "Age to", type="integer", unit="ปี", description=OLDER),
    *choice("disability", "ความพิการ", "Disability", Disability),
    cell("district_code", "อำเภอ (รหัส มอก. 1099)", "District (TIS 1099)", description=WHOM),
    *pair("district", "อำเภอ", "District"),
    *sourced(),
]
HIDDEN = Column(name="hiding", title=LocalText("เหตุที่ไม่แสดงค่า", "Why hidden"), description=HIDING)
LESS = ("less_than", LabelOf(Qualifier)("less_than"))


def observation_rows() -> Iterator[tuple[Any, ...]]:
    """Return every number as everybody may see it, with the reason where it is hidden."""
    numbers = Observation.objects.order_by("pk")
    hidden = hidden_among(numbers)
    names = [column.name for column in columns_of(OBSERVATION)]
    for row in values_of(numbers, OBSERVATION):
        why = hidden.get(row[0])
        if why is None:
            yield (*row, None)
            continue
        said = dict(zip(names, row, strict=True)) | {"note_th": None, "note_en": None}
        if why == Hiding.SMALL:
            said |= dict(zip(("qualifier", "qualifier_label_th"), LESS, strict=True))
            said["value"] = Decimal(settings.SMALLEST_GROUP)
        else:
            said["value"] = None
        yield (*said.values(), str(why))


PUBLICATIONS = (
    Publication(
        name="indicators",
        title=LocalText("ตัวชี้วัด", "Indicators"),
        notes=LocalText(
            "สิ่งที่นับหรือวัด พร้อมนิยามและหน่วย ใช้ร่วมกันทุกเมือง",
            "What is counted or measured, with definition and unit, alike for all cities.",
        ),
        columns=columns_of(INDICATOR),
        rows=lambda: values_of(Indicator.objects.order_by("position", "slug"), INDICATOR),
        keywords=(LocalText("ตัวชี้วัด", "indicators"),),
        key=("slug",),
    ),
    Publication(
        name="observations",
        title=LocalText("ค่าของตัวชี้วัด", "Observations"),
        notes=LocalText(
            "ตัวเลขทุกตัว พร้อมเมือง วันที่ และแหล่งที่มา แหล่งที่มาที่กล่าวต่างกันอยู่ครบทุกแหล่ง",
            "Every number with its place, date and source. Where sources contradict each other, all of them are here.",
        ),
        columns=(*columns_of(OBSERVATION), HIDDEN),
        rows=observation_rows,
        keywords=(LocalText("สถิติ", "statistics"), LocalText("ตัวชี้วัด", "indicators")),
        key=("id",),
        points_at=(
            ("indicator", "indicators", "slug"),
            ("city", "cities", "slug"),
            ("network", "networks", "slug"),
            ("source", "sources", "slug"),
        ),
        data_type="statistics",
    ),
)
