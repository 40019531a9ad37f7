"""The living plans of cities, as tables that anybody may take away."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Case, CharField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

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
from learningcity.opendata.queries import OF_PEOPLE
from learningcity.opendata.registry import Publication, publish
from learningcity.partners.queries import public_commitments
from learningcity.plans.enums import ActionState, Field, OwnerRole, PlanState
from learningcity.plans.models import Action, Objective, Plan, SmallWin, Target
from learningcity.plans.queries import counted

PLAN = [
    cell("id", "รหัสแผน", "Key", type="integer"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    *pair("title", "ชื่อแผน", "Title"),
    *choice("state", "สถานะ", "State", PlanState),
    *vague_date("starts", "ตั้งแต่", "From"),
    *vague_date("ends", "ถึง", "To"),
    *vague_date("adopted", "เมืองรับรองเมื่อ", "Adopted on"),
    cell("objectives", "จำนวนวัตถุประสงค์", "Objectives", "objective_count", type="integer"),
    cell("targets", "จำนวนเป้าหมาย", "Targets", "target_count", type="integer"),
    cell("actions", "จำนวนกิจกรรม", "Actions", "action_count", type="integer"),
    cell("done", "จำนวนกิจกรรมที่เสร็จแล้ว", "Actions that are done", "done_count", type="integer"),
    *sourced(),
]
OBJECTIVE = [
    cell("id", "รหัสวัตถุประสงค์", "Key", type="integer"),
    cell("plan", "แผน (รหัส)", "Plan", "plan_id", type="integer"),
    *choice("field", "ด้านการดำเนินงาน", "Field of action", Field),
    cell("position", "ลำดับ", "Position", type="integer"),
    *pair("title", "วัตถุประสงค์", "Objective"),
    *pair("why", "เหตุผล", "Why"),
    *sourced("plan__source"),
]
TARGET = [
    cell("id", "รหัสเป้าหมาย", "Key", type="integer"),
    cell("objective", "วัตถุประสงค์ (รหัส)", "Objective", "objective_id", type="integer"),
    key_to("indicator", "indicator__slug", "ตัวชี้วัด (รหัส)", "Indicator"),
    cell("baseline", "ค่าเริ่มต้นที่เผยแพร่แล้ว (รหัส)", "Published number it starts from", "baseline_id", type="integer"),
    cell("start_value", "ค่าเริ่มต้น", "Starting value", type="number"),
    *vague_date("start", "วันที่ของค่าเริ่มต้น", "Starting date"),
    cell("value", "ค่าเป้าหมาย", "Target value", type="number"),
    *vague_date("due", "ภายในวันที่", "Due on"),
    cell("source", "แหล่งที่มาของค่าเริ่มต้น (รหัส)", "Source of the starting value", "start_source"),
    cell("source_url", "ที่อยู่เว็บของแหล่งที่มา", "Web address of the source", "start_url"),
]
ACTION = [
    cell("id", "รหัสกิจกรรม", "Key", type="integer"),
    cell("objective", "วัตถุประสงค์ (รหัส)", "Objective", "objective_id", type="integer"),
    cell("position", "ลำดับ", "Position", type="integer"),
    *pair("title", "กิจกรรม", "Action"),
    *pair("text", "คำอธิบาย", "Description"),
    *choice("role", "บทบาทที่รับผิดชอบ", "Role that owns it", OwnerRole),
    key_to("organization", "organization__slug", "องค์กรที่รับผิดชอบ (รหัส)", "Organization that owns it"),
    *vague_date("starts", "ตั้งแต่", "From"),
    *vague_date("ends", "ถึง", "To"),
    *choice("state", "สถานะ", "State", ActionState),
    *pair("reason", "เหตุผลที่หยุด", "Why it was stopped", "told"),
    key_to("commitment", "public_commitment", "คำมั่นที่รองรับ (รหัส)", "Promise behind it"),
    *sourced("objective__plan__source"),
]
WIN = [
    cell("id", "รหัส", "Key", type="integer"),
    cell("plan", "แผน (รหัส)", "Plan", "plan_id", type="integer"),
    cell("action", "กิจกรรม (รหัส)", "Action", "action_id", type="integer"),
    *vague_date("happened", "วันที่", "Date"),
    *pair("note", "ความสำเร็จเล็ก ๆ", "Note"),
    *sourced("plan__source"),
]
KEYWORDS = (LocalText("แผน", "plans"), LocalText("เมืองแห่งการเรียนรู้", "learning cities"))
TO_SOURCE = ("source", "sources", "slug")


def actions() -> QuerySet[Action]:
    """Return all actions; a promise behind one is named only where both sides have confirmed it to this city."""
    public = Q(commitment__in=public_commitments(), commitment__city=F("objective__plan__city"))
    # Why it was stopped is told of what is stopped, and no longer of what goes on again.
    stopped = {
        f"told_{language}": Case(
            When(state=ActionState.STOPPED, then=F(f"reason_{language}")), output_field=CharField()
        )
        for language in ("th", "en")
    }
    promise = Case(When(public, then=F("commitment__slug")), output_field=CharField())
    return Action.objects.annotate(public_commitment=promise, **stopped).order_by("pk")


def targets() -> QuerySet[Target]:
    """Return all targets, each with the number it starts from: a published one, or one of its own."""
    start = Coalesce("baseline_value", "baseline__value")
    return (
        Target.objects.alias(start=start)
        .annotate(
            # So few people that somebody could be recognized are told to nobody.
            start_value=Case(When(OF_PEOPLE & Q(start__lt=settings.SMALLEST_GROUP), then=None), default=F("start")),
            start_on=Coalesce("baseline_on", "baseline__observed_on"),
            start_precision=Case(
                When(baseline__isnull=False, then=F("baseline__observed_precision")), default=F("baseline_precision")
            ),
            start_source=Coalesce("baseline_source__slug", "baseline__source__slug"),
            start_url=Coalesce("baseline_source__url", "baseline__source__url"),
        )
        .order_by("pk")
    )


def publish_all() -> None:
    """Offer these tables."""
    for publication in PUBLICATIONS:
        publish(publication)


PUBLICATIONS = (
    Publication(
        name="plans",
        title=LocalText("แผนของเมือง", "Plans of cities"),
        notes=LocalText("แผนเมืองแห่งการเรียนรู้ ทั้งที่ใช้อยู่และที่ปิดแล้ว", "The plans of learning cities, in force or closed."),
        columns=columns_of(PLAN),
        rows=lambda: values_of(counted(Plan.objects.order_by("pk")), PLAN),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(("city", "cities", "slug"), TO_SOURCE),
    ),
    Publication(
        name="plan-objectives",
        title=LocalText("วัตถุประสงค์ของแผน", "Objectives of plans"),
        notes=LocalText(
            "สิ่งที่เมืองต้องการเปลี่ยนใน 6 ด้านการดำเนินงาน และเหตุผล",
            "What cities want to change in the six fields of action, and why.",
        ),
        columns=columns_of(OBJECTIVE),
        rows=lambda: values_of(Objective.objects.order_by("pk"), OBJECTIVE),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(("plan", "plans", "id"), TO_SOURCE),
    ),
    Publication(
        name="plan-targets",
        title=LocalText("เป้าหมายของแผน", "Targets of plans"),
        notes=LocalText(
            "ตัวเลขที่บอกว่าถึงวัตถุประสงค์หรือไม่: จากเท่าใด ถึงเท่าใด ภายในเมื่อใด",
            "Numbers that tell whether an objective is reached: from where, to where, by when.",
        ),
        columns=columns_of(TARGET),
        rows=lambda: values_of(targets(), TARGET),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(
            ("objective", "plan-objectives", "id"),
            ("indicator", "indicators", "slug"),
            ("baseline", "observations", "id"),
            TO_SOURCE,
        ),
    ),
    Publication(
        name="plan-actions",
        title=LocalText("กิจกรรมของแผน", "Actions of plans"),
        notes=LocalText(
            "สิ่งที่ทำเพื่อให้ถึงวัตถุประสงค์ ใครรับผิดชอบ และทำถึงไหนแล้ว",
            "What is done to reach an objective, who sees to it, and how far it has come.",
        ),
        columns=columns_of(ACTION),
        rows=lambda: values_of(actions(), ACTION),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(
            ("objective", "plan-objectives", "id"),
            ("organization", "organizations", "slug"),
            ("commitment", "commitments", "slug"),
            TO_SOURCE,
        ),
    ),
    Publication(
        name="small-wins",
        title=LocalText("ความสำเร็จเล็ก ๆ", "Small wins"),
        notes=LocalText("สิ่งที่สำเร็จระหว่างทาง เขียนไว้หนึ่งประโยค", "What went well on the way, noted in a sentence."),
        columns=columns_of(WIN),
        rows=lambda: values_of(SmallWin.objects.order_by("pk"), WIN),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(("plan", "plans", "id"), ("action", "plan-actions", "id"), TO_SOURCE),
    ),
)
