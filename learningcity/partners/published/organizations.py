"""Who works with cities, and where."""

from __future__ import annotations

from learningcity.common.columnar.selecting import (
    cell,
    choice,
    columns_of,
    joined,
    key_to,
    pair,
    sourced,
    values_of,
)
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication
from learningcity.partners.enums import OrganizationKind, Sector
from learningcity.partners.models import Organization, Presence

ORGANIZATION = [
    cell("slug", "รหัสองค์กร", "Key"),
    *pair("name", "ชื่อ", "Name"),
    cell("other_names", "ชื่ออื่น", "Other names", "aliases", read=joined),
    *choice("sector", "ภาคส่วน", "Sector", Sector),
    *choice("kind", "ประเภท", "Kind", OrganizationKind),
    *pair("about", "เกี่ยวกับองค์กร", "About"),
    cell("original", "ภาษาของแหล่งที่มา", "Language of the source"),
    cell("url", "ที่อยู่เว็บ", "Web address"),
    key_to("parent", "parent__slug", "สังกัด (รหัส)", "Belongs to"),
    key_to("home", "home__slug", "เมืองที่ตั้ง (รหัส)", "Home city"),
    *pair("home_name", "ชื่อเมืองที่ตั้ง", "Home city", "home__name"),
    *pair("place", "สถานที่", "Place"),
    cell("latitude", "ละติจูด", "Latitude", type="number", unit="องศา"),
    cell("longitude", "ลองจิจูด", "Longitude", type="number", unit="องศา"),
    *sourced(),
]
PRESENCE = [
    key_to("organization", "organization__slug", "องค์กร (รหัส)", "Organization"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *sourced(),
]
KEYWORDS = (LocalText("ภาคีเครือข่าย", "partners"),)

PUBLICATIONS = (
    Publication(
        name="organizations",
        title=LocalText("องค์กรภาคี", "Partner organizations"),
        notes=LocalText(
            "หน่วยงาน บริษัท สถาบันการศึกษา และสมาคมที่ทำงานกับเมือง ไม่มีข้อมูลติดต่อบุคคล",
            "Agencies, companies, universities and associations that work with cities. No contact of a person is in it.",
        ),
        columns=columns_of(ORGANIZATION),
        rows=lambda: values_of(Organization.objects.order_by("slug"), ORGANIZATION),
        keywords=KEYWORDS,
        key=("slug",),
        points_at=(("parent", "organizations", "slug"), ("home", "cities", "slug"), ("source", "sources", "slug")),
        latitude="latitude",
        longitude="longitude",
    ),
    Publication(
        name="organization-places",
        title=LocalText("เมืองที่องค์กรทำงาน", "Where organizations work"),
        notes=LocalText(
            "องค์กรใดทำงานในเมืองใด ตามที่แหล่งที่มาระบุ", "Which organization works in which city, as a source says."
        ),
        columns=columns_of(PRESENCE),
        rows=lambda: values_of(Presence.objects.order_by("organization__slug", "city__slug"), PRESENCE),
        keywords=KEYWORDS,
        key=("organization", "city"),
        points_at=(
            ("organization", "organizations", "slug"),
            ("city", "cities", "slug"),
            ("source", "sources", "slug"),
        ),
    ),
)
