"""What is counted, and every number that any source gives."""

from __future__ import annotations

from learningcity.common.columnar.selecting import (
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
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.registry import Publication
from learningcity.sources.enums import Certainty

INDICATOR = [
    cell("slug", "รหัสตัวชี้วัด", "Key"),
    *pair("name", "ตัวชี้วัด", "Name"),
    *pair("definition", "นิยาม", "Definition"),
    *pair("unit", "หน่วย", "Unit"),
    cell("position", "ลำดับ", "Position", type="integer"),
]
OBSERVATION = [
    cell("id", "รหัส", "Key", type="integer"),
    key_to("indicator", "indicator__slug", "ตัวชี้วัด (รหัส)", "Indicator"),
    *pair("indicator_name", "ตัวชี้วัด", "Indicator", "indicator__name"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    key_to("network", "network__slug", "เครือข่าย (รหัส)", "Network"),
    *choice("qualifier", "ความหมายของค่า", "Qualifier", Qualifier),
    cell("value", "ค่า", "Value", type="number"),
    *pair("unit", "หน่วย", "Unit", "indicator__unit"),
    *vague_date("observed", "ข้อมูล ณ วันที่", "Date"),
    *choice("certainty", "ความแน่ชัด", "Certainty", Certainty),
    *pair("note", "หมายเหตุ", "Note"),
    *sourced(),
]

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
        columns=columns_of(OBSERVATION),
        rows=lambda: values_of(Observation.objects.order_by("pk"), OBSERVATION),
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
