"""What cities say about themselves, what happened there, and what learning is made of there."""

from __future__ import annotations

from learningcity.cities.enums import ComponentKind, Theme
from learningcity.cities.models import Component, Milestone, Policy, Profile
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
from learningcity.opendata.registry import Publication
from learningcity.sources.enums import Certainty

ORIGINAL = cell("original", "ภาษาของแหล่งที่มา", "Language of the source")
PROFILE = [
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    cell("version", "ฉบับที่", "Version", type="integer"),
    *pair("introduction", "แนะนำเมือง", "Introduction"),
    *pair("vision", "วิสัยทัศน์", "Vision"),
    *pair("mission", "พันธกิจ", "Mission"),
    ORIGINAL,
    *vague_date("as_of", "ข้อมูล ณ วันที่", "As of", day="as_of"),
    *sourced(),
]
POLICY = [
    key_to("city", "profile__city__slug", "เมือง (รหัส)", "City"),
    cell("version", "ฉบับที่ของข้อมูลเมือง", "Version of the profile", "profile__version", type="integer"),
    *choice("theme", "ประเด็น", "Theme", Theme),
    *pair("text", "นโยบาย แผน และการดำเนินงาน", "Policies, plan and implementation"),
    ORIGINAL,
    *sourced("profile__source"),
]
MILESTONE = [
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    cell("slug", "รหัสเหตุการณ์", "Key"),
    *vague_date("happened", "วันที่", "Date"),
    cell("position", "ลำดับในวันเดียวกัน", "Order on one day", type="integer"),
    *pair("text", "เหตุการณ์", "What happened"),
    ORIGINAL,
    *choice("certainty", "ความแน่ชัด", "Certainty", Certainty),
    *sourced(),
]
COMPONENT = [
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *choice("kind", "องค์ประกอบ", "Kind", ComponentKind),
    cell("position", "ลำดับ", "Position", type="integer"),
    *pair("name", "ชื่อ", "Name"),
    *pair("text", "คำอธิบาย", "Text"),
    ORIGINAL,
    *sourced(),
]
POINTS_AT = (("city", "cities", "slug"), ("source", "sources", "slug"))

PUBLICATIONS = (
    Publication(
        name="profiles",
        title=LocalText("ข้อมูลเมือง", "City profiles"),
        notes=LocalText(
            "สิ่งที่เมืองบอกเกี่ยวกับตนเอง: บทแนะนำ วิสัยทัศน์ และพันธกิจ ทุกฉบับ",
            "What cities say about themselves: introduction, vision and mission, in every version.",
        ),
        columns=columns_of(PROFILE),
        rows=lambda: values_of(Profile.objects.order_by("city__slug", "version"), PROFILE),
        keywords=(LocalText("วิสัยทัศน์", "vision"), LocalText("ข้อมูลเมือง", "city profiles")),
        key=("city", "version"),
        points_at=POINTS_AT,
    ),
    Publication(
        name="policies",
        title=LocalText("นโยบายของเมืองตามประเด็น", "Policies of cities by theme"),
        notes=LocalText(
            "นโยบาย แผน และการดำเนินงานของเมืองใน 3 ประเด็นของข้อมูลเมือง ทุกฉบับ",
            "Policies, plan and implementation under the three themes of a profile, in every version.",
        ),
        columns=columns_of(POLICY),
        rows=lambda: values_of(Policy.objects.order_by("profile__city__slug", "profile__version", "theme"), POLICY),
        keywords=(LocalText("นโยบาย", "policies"),),
        key=("city", "version", "theme"),
        points_at=POINTS_AT,
    ),
    Publication(
        name="milestones",
        title=LocalText("เหตุการณ์สำคัญของเมือง", "Milestones of cities"),
        notes=LocalText(
            "สิ่งที่เกิดขึ้นบนเส้นทางสู่เมืองแห่งการเรียนรู้ ลงวันที่ละเอียดเท่าที่แหล่งที่มาระบุ",
            "What happened on each city’s way, dated as exactly as the source dates it.",
        ),
        columns=columns_of(MILESTONE),
        rows=lambda: values_of(Milestone.objects.order_by("city__slug", "happened_on", "position", "slug"), MILESTONE),
        keywords=(LocalText("ลำดับเหตุการณ์", "timeline"),),
        key=("city", "slug"),
        points_at=POINTS_AT,
    ),
    Publication(
        name="components",
        title=LocalText("องค์ประกอบของการเรียนรู้ในเมือง", "What learning is made of in cities"),
        notes=LocalText(
            "คน พื้นที่ สิ่งของ โปรแกรม และระบบนิเวศการเรียนรู้ของเมือง",
            "People, places, objects, programs and ecosystems of learning.",
        ),
        columns=columns_of(COMPONENT),
        rows=lambda: values_of(Component.objects.order_by("city__slug", "kind", "position"), COMPONENT),
        keywords=(LocalText("การเรียนรู้", "learning"),),
        key=("city", "kind", "position"),
        points_at=POINTS_AT,
    ),
)
