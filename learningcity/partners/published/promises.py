"""What was promised to cities and confirmed by both sides, and what became of it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from learningcity.common.columnar.selecting import cell, choice, columns_of, key_to, pair, sourced, values_of
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication
from learningcity.partners.enums import Gift, Outcome, Side
from learningcity.partners.models import Commitment, Evidence
from learningcity.partners.queries import public_commitments, with_outcome

COMMITMENT = [
    cell("slug", "รหัสคำมั่น", "Key"),
    key_to("organization", "organization__slug", "องค์กร (รหัส)", "Organization"),
    *pair("organization_name", "ชื่อองค์กร", "Organization", "organization__name"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    key_to("agreement", "agreement__slug", "ข้อตกลง (รหัส)", "Agreement"),
    *choice("kind", "สิ่งที่ให้", "What is given", Gift),
    cell("amount", "จำนวน", "How much", type="number"),
    *pair("unit", "หน่วย", "Unit"),
    *pair("text", "สิ่งที่ให้คำมั่น", "What is promised"),
    *pair("program", "สำหรับโครงการ", "For which program"),
    cell("original", "ภาษาของแหล่งที่มา", "Language of the source"),
    cell("due_on", "กำหนดวันที่", "Due on", type="date"),
    *choice("outcome", "ผลวันนี้", "What became of it", Outcome),
    cell("settled_on", "วันที่ได้ข้อสรุป", "Settled on", type="date"),
    cell("too_late", "ทำตามแต่เกินกำหนด", "Kept after its day", type="boolean"),
    *sourced("agreement__source"),
]
EVIDENCE = [
    cell("id", "รหัส", "Key", type="integer"),
    key_to("commitment", "commitment__slug", "คำมั่น (รหัส)", "Promise"),
    *choice("side", "แสดงโดย", "Shown by", Side),
    *pair("text", "หลักฐาน", "Evidence"),
    cell("url", "ที่อยู่เว็บ", "Web address"),
    cell("checked_on", "อีกฝ่ายตรวจแล้วเมื่อ", "Checked by the other side on", "checked_at__date", type="date"),
]
KEYWORDS = (LocalText("คำมั่น", "promises"), LocalText("ภาคีเครือข่าย", "partners"))


def commitments() -> QuerySet[Commitment]:
    """Return the promises to which both sides said yes, with what has become of them today."""
    return with_outcome(public_commitments(), on=timezone.localdate()).order_by("slug")


def evidence() -> QuerySet[Evidence]:
    """Return what shows that something became of a public promise, once the other side has checked it."""
    return Evidence.objects.filter(commitment__in=public_commitments(), checked_at__isnull=False).order_by("pk")


PUBLICATIONS = (
    Publication(
        name="commitments",
        title=LocalText("คำมั่นต่อเมือง", "Promises to cities"),
        notes=LocalText(
            "สิ่งที่องค์กรให้คำมั่นแก่เมืองและทั้งสองฝ่ายยืนยันแล้ว พร้อมผล",
            "What organizations promised to cities and both sides confirmed, and what became of it.",
        ),
        columns=columns_of(COMMITMENT),
        rows=lambda: values_of(commitments(), COMMITMENT),
        keywords=KEYWORDS,
        key=("slug",),
        points_at=(
            ("organization", "organizations", "slug"),
            ("city", "cities", "slug"),
            ("agreement", "agreements", "slug"),
            ("source", "sources", "slug"),
        ),
    ),
    Publication(
        name="commitment-evidence",
        title=LocalText("หลักฐานของคำมั่น", "Evidence of promises"),
        notes=LocalText(
            "สิ่งที่แสดงว่าคำมั่นเป็นผล ซึ่งอีกฝ่ายตรวจแล้ว",
            "What shows that something became of a promise, checked by the other side.",
        ),
        columns=columns_of(EVIDENCE),
        rows=lambda: values_of(evidence(), EVIDENCE),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(("commitment", "commitments", "slug"),),
    ),
)
