"""Provinces, cities, who drives them, networks, and who belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from learningcity.cities.enums import AliasKind, AuthorityKind, CityKind, MembershipState, NetworkScope, Region, Stage
from learningcity.cities.models import Alias, City, DrivingBody, MembershipStatus, Network, Province
from learningcity.cities.queries import attach_stage
from learningcity.common.columnar.selecting import (
    LabelOf,
    cell,
    choice,
    columns_of,
    joined,
    key_to,
    pair,
    sourced,
    vague_date,
    values_of,
)
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication, Values

TOGETHER = 500
DEGREES = LocalText("องศา", "degrees").th

PROVINCE = [
    cell("code", "รหัสจังหวัด (มอก. 1099)", "Code (TIS 1099)"),
    *pair("name", "ชื่อจังหวัด", "Name"),
    *choice("region", "ภาค", "Region", Region),
    *sourced(),
]
CITY = [
    cell("slug", "รหัสเมือง", "Key"),
    *pair("name", "ชื่อเมือง", "Name"),
    cell("other_names", "ชื่ออื่น", "Other names", read=joined),
    *choice("kind", "ประเภท", "Kind", CityKind),
    key_to("province", "province_id", "จังหวัด (รหัส)", "Province"),
    *pair("province_name", "จังหวัด", "Province", "province__name"),
    *choice("region", "ภาค", "Region", Region, "province__region"),
    cell("latitude", "ละติจูด", "Latitude", type="number", unit=DEGREES),
    cell("longitude", "ลองจิจูด", "Longitude", type="number", unit=DEGREES),
    *choice("authority_kind", "ประเภทองค์กรปกครองส่วนท้องถิ่น", "Kind of local authority", AuthorityKind, "authority__kind"),
    *pair("authority_name", "องค์กรปกครองส่วนท้องถิ่น", "Local authority", "authority__name"),
    cell("authority_source", "แหล่งที่มาขององค์กรปกครอง (รหัส)", "Source of the authority", "authority__source__slug"),
    *pair("uncertainty", "สิ่งที่ยังไม่แน่ชัด", "What is uncertain"),
    *sourced("location_source"),
]
# Computed from the memberships on the day of reading, so no column of the database.
STAGE = [
    cell("stage", "ระยะ (รหัส)", "Stage"),
    cell("stage_label_th", "ระยะ (คำไทย)", "Stage (in Thai)"),
    *vague_date("member_since", "เป็นสมาชิกเครือข่ายยูเนสโกตั้งแต่", "In UNESCO’s network since", day="member_since"),
]
DRIVING_BODY = [
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    cell("position", "ลำดับ", "Position", type="integer"),
    *pair("name", "ชื่อองค์กร", "Name"),
    *sourced(),
]
NETWORK = [
    cell("slug", "รหัสเครือข่าย", "Key"),
    *pair("name", "ชื่อเครือข่าย", "Name"),
    cell("short_name", "ชื่อย่อ", "Short name"),
    *choice("scope", "ขอบเขต", "Scope", NetworkScope),
    *pair("secretariat", "สำนักงานเลขานุการ", "Secretariat"),
    *sourced(),
]
STATUS = [
    key_to("network", "membership__network__slug", "เครือข่าย (รหัส)", "Network"),
    key_to("city", "membership__city__slug", "เมือง (รหัส)", "City"),
    *choice("state", "สถานะ", "State", MembershipState),
    *vague_date("starts", "ตั้งแต่", "From"),
    cell("is_current", "เป็นสถานะปัจจุบัน", "Holds today", type="boolean"),
    *sourced(),
]


def cities() -> Iterator[Values]:
    """Return the cities with the stage in which they are today."""
    named = Alias.objects.filter(city=OuterRef("pk")).exclude(kind=AliasKind.MISNOMER).order_by("name")
    found = City.objects.annotate(other_names=ArraySubquery(named.values("name"))).order_by("slug")
    rows, label = values_of(found, [cell("pk", "", ""), *CITY]), LabelOf(Stage)
    while some := list(islice(rows, TOGETHER)):
        bare: list[Any] = [City(pk=row[0]) for row in some]
        attach_stage(bare, on=timezone.localdate())
        for (_key, *said), city in zip(some, bare, strict=True):
            since = [city.since, city.since_precision] if city.since else [None, None]
            yield (*said, city.stage.value, label(city.stage.value), *since)


def statuses() -> QuerySet[MembershipStatus]:
    """Return every status that holds or held; what begins tomorrow is told tomorrow."""
    begun = MembershipStatus.objects.filter(starts_on__lte=timezone.localdate())
    later = begun.filter(membership=OuterRef("membership"), starts_on__gt=OuterRef("starts_on"))
    return begun.annotate(is_current=~Exists(later)).order_by(
        "membership__network__slug", "membership__city__slug", "starts_on"
    )


PUBLICATIONS = (
    Publication(
        name="cities",
        title=LocalText("เมืองแห่งการเรียนรู้", "Learning cities"),
        notes=LocalText(
            "เมืองทุกแห่งในแพลตฟอร์ม พร้อมจังหวัด ที่ตั้ง องค์กรปกครองส่วนท้องถิ่น และระยะของการเป็นเมืองแห่งการเรียนรู้",
            "Every city on the platform with its province, location, local authority, and how far it has come as a learning city.",
        ),
        columns=columns_of([*CITY, *STAGE]),
        rows=cities,
        keywords=(LocalText("เมืองแห่งการเรียนรู้", "learning cities"), LocalText("เทศบาล", "municipalities")),
        key=("slug",),
        points_at=(("province", "provinces", "code"), ("source", "sources", "slug")),
        latitude="latitude",
        longitude="longitude",
        data_type="geodata",
    ),
    Publication(
        name="provinces",
        title=LocalText("จังหวัด", "Provinces"),
        notes=LocalText(
            "จังหวัดทั้ง 77 จังหวัด รวมกรุงเทพมหานคร พร้อมรหัสและภาค",
            "The 77 provinces, Bangkok among them, with code and region.",
        ),
        columns=columns_of(PROVINCE),
        rows=lambda: values_of(Province.objects.order_by("code"), PROVINCE),
        keywords=(LocalText("จังหวัด", "provinces"),),
        key=("code",),
        points_at=(("source", "sources", "slug"),),
    ),
    Publication(
        name="driving-bodies",
        title=LocalText("องค์กรที่ขับเคลื่อนเมืองแห่งการเรียนรู้", "Bodies that drive learning cities"),
        notes=LocalText(
            "องค์กรที่ขับเคลื่อนแต่ละเมือง ตามที่แหล่งที่มาระบุ", "Who drives the learning city in each city, as sources say."
        ),
        columns=columns_of(DRIVING_BODY),
        rows=lambda: values_of(DrivingBody.objects.order_by("city__slug", "position"), DRIVING_BODY),
        keywords=(LocalText("เมืองแห่งการเรียนรู้", "learning cities"),),
        key=("city", "position"),
        points_at=(("city", "cities", "slug"), ("source", "sources", "slug")),
    ),
    Publication(
        name="networks",
        title=LocalText("เครือข่ายเมืองแห่งการเรียนรู้", "Networks of learning cities"),
        notes=LocalText("เครือข่ายที่เมืองเป็นสมาชิกหรือสมัครเป็นสมาชิก", "The networks that cities belong or apply to."),
        columns=columns_of(NETWORK),
        rows=lambda: values_of(Network.objects.order_by("slug"), NETWORK),
        keywords=(LocalText("เครือข่าย", "networks"), LocalText("ยูเนสโก", "UNESCO")),
        key=("slug",),
        points_at=(("source", "sources", "slug"),),
    ),
    Publication(
        name="memberships",
        title=LocalText("สมาชิกภาพในเครือข่าย", "Memberships in networks"),
        notes=LocalText(
            "สถานะสมาชิกภาพของแต่ละเมืองในแต่ละเครือข่ายตั้งแต่เริ่มต้น หนึ่งแถวต่อหนึ่งสถานะ",
            "What each city was in each network and since when: a row for each status in its history.",
        ),
        columns=columns_of(STATUS),
        rows=lambda: values_of(statuses(), STATUS),
        keywords=(LocalText("สมาชิก", "members"), LocalText("เครือข่าย", "networks")),
        key=("network", "city", "starts_on"),
        points_at=(("network", "networks", "slug"), ("city", "cities", "slug"), ("source", "sources", "slug")),
    ),
)
