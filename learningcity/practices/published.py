"""Good practices, what is told of them, and the numbers they rest on, as tables that anybody may take away."""

from __future__ import annotations

from learningcity.cities.enums import Theme
from learningcity.common.columnar.selecting import cell, choice, columns_of, key_to, pair, sourced, values_of
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication, publish
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Figure, Practice

ORIGINAL = cell("original", "ภาษาของแหล่งที่มา", "Language of the source")
PRACTICE = [
    cell("slug", "รหัสแนวปฏิบัติ", "Key"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    cell("position", "ลำดับในเมือง", "Position", type="integer"),
    *pair("title", "ชื่อ", "Name"),
    *pair("summary", "สรุป", "Summary"),
    *choice("theme", "ประเด็น", "Theme", Theme),
    ORIGINAL,
    *sourced(),
]
ANSWER = [
    key_to("practice", "practice__slug", "แนวปฏิบัติ (รหัส)", "Practice"),
    cell("point", "ข้อที่", "Point", type="integer"),
    choice("point", "หัวข้อ", "Point", Point)[1],
    *pair("text", "เนื้อหา", "Text"),
    ORIGINAL,
    *sourced(),
]
FIGURE = [
    key_to("practice", "practice__slug", "แนวปฏิบัติ (รหัส)", "Practice"),
    cell("observation", "ค่าของตัวชี้วัด (รหัส)", "Observation", "observation_id", type="integer"),
    cell("position", "ลำดับ", "Position", type="integer"),
    *sourced("observation__source"),
]
KEYWORDS = (LocalText("แนวปฏิบัติที่ดี", "good practices"),)
TO_SOURCE = ("source", "sources", "slug")


def publish_all() -> None:
    """Offer these tables."""
    publish(
        Publication(
            name="practices",
            title=LocalText("แนวปฏิบัติที่ดี", "Good practices"),
            notes=LocalText("สิ่งที่เมืองทำได้ดีและเมืองอื่นทำตามได้", "What cities do well and others could do too."),
            columns=columns_of(PRACTICE),
            rows=lambda: values_of(Practice.objects.order_by("slug"), PRACTICE),
            keywords=KEYWORDS,
            key=("slug",),
            points_at=(("city", "cities", "slug"), TO_SOURCE),
        )
    )
    publish(
        Publication(
            name="practice-answers",
            title=LocalText("เนื้อหาของแนวปฏิบัติที่ดี", "What is told of good practices"),
            notes=LocalText(
                "เนื้อหาของแนวปฏิบัติที่ดีตามหัวข้อของยูเนสโก พร้อมแหล่งที่มาของแต่ละข้อ",
                "What is told of each practice under UNESCO’s points, and where each answer is from.",
            ),
            columns=columns_of(ANSWER),
            rows=lambda: values_of(Answer.objects.order_by("practice__slug", "point", "source__slug"), ANSWER),
            keywords=KEYWORDS,
            key=("practice", "point", "source"),
            points_at=(("practice", "practices", "slug"), TO_SOURCE),
        )
    )
    publish(
        Publication(
            name="practice-figures",
            title=LocalText("ตัวเลขของแนวปฏิบัติที่ดี", "Figures of good practices"),
            notes=LocalText("ตัวเลขที่แนวปฏิบัติแต่ละเรื่องใช้อ้างอิง", "The published numbers on which each practice rests."),
            columns=columns_of(FIGURE),
            rows=lambda: values_of(Figure.objects.order_by("practice__slug", "observation_id"), FIGURE),
            keywords=KEYWORDS,
            key=("practice", "observation"),
            points_at=(("practice", "practices", "slug"), ("observation", "observations", "id"), TO_SOURCE),
        )
    )
