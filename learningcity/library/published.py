"""Places and resources to learn as tables that anybody may take away."""

from __future__ import annotations

from typing import Any

from learningcity.cities.enums import Theme
from learningcity.common.columnar.selecting import cell, choice, columns_of, joined, key_to, pair, sourced, values_of
from learningcity.common.text import LocalText
from learningcity.library.enums import Cost, Format, PlaceKind, ResourceKind, Subject
from learningcity.library.queries import places, resources
from learningcity.opendata.enums import License
from learningcity.opendata.registry import Publication, publish

SEVERAL: dict[str, Any] = {
    "description": LocalText("หลายค่าคั่นด้วย ;", "Several values, with a semicolon between them."),
    "read": joined,
}
ORIGINAL = cell("original", "ภาษาของแหล่งที่มา", "Language of the source")
STAGES = cell("stages", "ช่วงวัย (รหัส)", "Life stages", **SEVERAL)
ACCESS = cell("access", "สิ่งอำนวยความสะดวก (รหัส)", "Access features", **SEVERAL)
RESOURCE = [
    cell("slug", "รหัสสื่อ", "Key"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    *pair("title", "ชื่อ", "Title"),
    *pair("summary", "คำอธิบาย", "Description"),
    *choice("kind", "ประเภท", "Kind", ResourceKind),
    *choice("subject", "เรื่อง", "Subject", Subject),
    *choice("theme", "ประเด็น", "Theme", Theme),
    *pair("teaches", "สิ่งที่ได้เรียนรู้", "What one learns"),
    *pair("assesses", "สิ่งที่ทดสอบ", "What it tests"),
    STAGES,
    cell("levels", "ระดับการศึกษา (รหัส)", "Levels of education", **SEVERAL),
    cell("audiences", "ผู้ใช้ (รหัส)", "Audiences", **SEVERAL),
    cell("languages", "ภาษา (รหัส BCP 47)", "Languages", **SEVERAL),
    cell("senses", "สิ่งที่ต้องใช้ในการเรียนรู้ (รหัส accessMode)", "What it takes (accessMode)", **SEVERAL),
    ACCESS,
    *choice("format", "รูปแบบ", "Format", Format),
    cell("minutes", "เวลาที่ใช้ (นาที)", "Minutes needed", type="integer"),
    *choice("cost", "ค่าใช้จ่าย", "Cost", Cost),
    *choice("license", "สัญญาอนุญาต", "License", License),
    cell("authors", "ผู้แต่ง", "Authors"),
    *pair("publisher", "ผู้เผยแพร่", "Publisher"),
    cell("url", "ที่อยู่เว็บ", "Web address"),
    cell("dataset", "ชุดข้อมูลในเว็บไซต์นี้ (รหัส)", "Dataset of this site", "kept_in"),
    ORIGINAL,
    *sourced(),
]
PLACE = [
    cell("slug", "รหัสสถานที่", "Key"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    *pair("name", "ชื่อ", "Name"),
    *pair("summary", "คำอธิบาย", "Description"),
    *choice("kind", "ประเภท", "Kind", PlaceKind),
    cell("subjects", "เรื่องที่เรียนรู้ได้ (รหัส)", "Subjects", **SEVERAL),
    *pair("area", "ตำบลหรืออำเภอ", "Subdistrict or district"),
    *pair("address", "ที่อยู่", "Postal address"),
    cell("latitude", "ละติจูด", "Latitude", type="number"),
    cell("longitude", "ลองจิจูด", "Longitude", type="number"),
    cell("weekly", "เวลาเปิดในสัปดาห์ปกติ (openingHours)", "Opening hours of a usual week (openingHours)"),
    *pair("hours", "เวลาเปิดเพิ่มเติม", "More on the opening hours"),
    STAGES,
    ACCESS,
    *choice("cost", "ค่าใช้จ่าย", "Cost", Cost),
    cell("contact", "ติดต่อ", "Public contact"),
    cell("url", "ที่อยู่เว็บ", "Web address"),
    ORIGINAL,
    *sourced(),
]
KEYWORDS = (LocalText("แหล่งเรียนรู้", "learning places"), LocalText("สื่อการเรียนรู้", "learning resources"))
POINTS_AT = (("city", "cities", "slug"), ("source", "sources", "slug"))


def publish_all() -> None:
    """Offer these tables."""
    publish(
        Publication(
            name="learning-resources",
            title=LocalText("สื่อการเรียนรู้", "Learning resources"),
            notes=LocalText(
                "หนังสือ วิดีโอ หลักสูตร และสื่ออื่นที่ทุกคนใช้เรียนรู้ได้ ตามคำศัพท์ของ LRMI",
                "Books, films, courses and others from which everybody can learn, in the words of LRMI.",
            ),
            columns=columns_of(RESOURCE),
            rows=lambda: values_of(resources().order_by("slug"), RESOURCE),
            keywords=KEYWORDS,
            key=("slug",),
            points_at=POINTS_AT,
        )
    )
    publish(
        Publication(
            name="learning-places",
            title=LocalText("แหล่งเรียนรู้", "Learning places"),
            notes=LocalText(
                "ห้องสมุด พิพิธภัณฑ์ ศูนย์การเรียนรู้ และสถานที่อื่นที่ผู้คนไปเรียนรู้",
                "Libraries, museums, learning centers and other places to which people go to learn.",
            ),
            columns=columns_of(PLACE),
            rows=lambda: values_of(places().order_by("slug"), PLACE),
            keywords=KEYWORDS,
            key=("slug",),
            points_at=POINTS_AT,
            latitude="latitude",
            longitude="longitude",
        )
    )
