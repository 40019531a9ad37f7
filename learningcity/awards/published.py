"""Awards as tables that anybody may take away."""

from __future__ import annotations

from learningcity.awards.models import Category, Edition
from learningcity.common.columnar.selecting import cell, columns_of, key_to, pair, sourced, vague_date, values_of
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication, publish

ORIGINAL = cell("original", "ภาษาของแหล่งที่มา", "Language of the source")
EDITION = [
    cell("slug", "รหัสครั้งที่จัด", "Key"),
    *pair("name", "ชื่อ", "Name"),
    key_to("network", "network__slug", "เครือข่าย (รหัส)", "Network"),
    *vague_date("held", "วันมอบรางวัล", "Ceremony"),
    *pair("venue", "สถานที่", "Place"),
    *pair("summary", "สรุป", "Summary"),
    *pair("unknown", "สิ่งที่ยังไม่ทราบ", "What is not known"),
    ORIGINAL,
    *sourced(),
]
CATEGORY = [
    key_to("edition", "edition__slug", "ครั้งที่จัด (รหัส)", "Edition"),
    *pair("edition_name", "รางวัล", "Award", "edition__name"),
    cell("slug", "รหัสประเภทรางวัล", "Key"),
    cell("position", "ลำดับ", "Position", type="integer"),
    *pair("name", "ประเภทรางวัล", "Name"),
    *pair("text", "คำอธิบาย", "Text"),
    ORIGINAL,
    *sourced("edition__source"),
]
KEYWORDS = (LocalText("รางวัล", "awards"),)
TO_SOURCE = ("source", "sources", "slug")


def publish_all() -> None:
    """Offer these tables."""
    publish(
        Publication(
            name="award-editions",
            title=LocalText("รางวัลเมืองแห่งการเรียนรู้", "Awards for learning cities"),
            notes=LocalText(
                "รางวัลแต่ละครั้งที่จัด วัน สถานที่ และสิ่งที่ยังไม่ทราบ", "Each year of an award: day, place, and what is not known."
            ),
            columns=columns_of(EDITION),
            rows=lambda: values_of(Edition.objects.order_by("slug"), EDITION),
            keywords=KEYWORDS,
            key=("slug",),
            points_at=(("network", "networks", "slug"), TO_SOURCE),
        )
    )
    publish(
        Publication(
            name="award-categories",
            title=LocalText("ประเภทรางวัล", "Categories of awards"),
            notes=LocalText("สิ่งที่เมืองได้รับการยกย่องในแต่ละครั้ง", "What cities are honored for in each edition."),
            columns=columns_of(CATEGORY),
            rows=lambda: values_of(Category.objects.order_by("edition__slug", "position"), CATEGORY),
            keywords=KEYWORDS,
            key=("edition", "slug"),
            points_at=(("edition", "award-editions", "slug"), TO_SOURCE),
        )
    )
