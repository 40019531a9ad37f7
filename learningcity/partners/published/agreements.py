"""What was agreed on, by whom, who signed, for which goals, and what was announced with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from learningcity.common.columnar.selecting import (
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
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.registry import Publication, Values
from learningcity.partners.enums import Announced, Capacity, PartyRole, Standing
from learningcity.partners.models import Agreement, Announcement, GoalLink, Party, Signatory
from learningcity.partners.queries import Tally, tallies, with_standing
from learningcity.sources.enums import Certainty

TOGETHER = 500
ANNOUNCED = LocalText(
    "จำนวนที่แหล่งที่มาประกาศ หลายจำนวนคั่นด้วย ; คำนำหน้าเป็นรหัสความหมายของค่า เช่น about",
    "What sources announced. Several numbers have a semicolon between them; before one that is not exact stands its qualifier.",
)
ENTERED = LocalText("นับจากที่บันทึกไว้ในแพลตฟอร์ม", "Counted from what is entered here.")
ORIGINAL = cell("original", "ภาษาของแหล่งที่มา", "Language of the source")
OF_AGREEMENT = key_to("agreement", "agreement__slug", "ข้อตกลง (รหัส)", "Agreement")
AGREEMENT = [
    cell("slug", "รหัสข้อตกลง", "Key"),
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    *pair("city_name", "ชื่อเมือง", "City", "city__name"),
    *pair("title", "ชื่อข้อตกลง", "Title"),
    *pair("summary", "สรุป", "Summary"),
    ORIGINAL,
    *choice("standing", "สถานะวันนี้", "How it stands today", Standing),
    *vague_date("signed", "ลงนามเมื่อ", "Signed on"),
    *pair("signed_where", "สถานที่ลงนาม", "Signed where"),
    cell("starts_on", "มีผลตั้งแต่", "Valid from", type="date"),
    cell("ends_on", "มีผลถึง", "Valid to", type="date"),
    *pair("term", "ระยะเวลาตามถ้อยคำ", "Term in words"),
    cell("called_off_on", "ยกเลิกเมื่อ", "Called off on", type="date"),
    key_to("renews", "renews__slug", "ต่ออายุจากข้อตกลง (รหัส)", "Renews"),
    *sourced(),
]
# Announced and entered: two things, and neither is a column of the database.
TALLIES = [
    cell("parties_announced", "จำนวนภาคีที่ประกาศ", "Partners announced", description=ANNOUNCED),
    cell("parties_entered", "จำนวนภาคีที่บันทึก", "Partners entered", type="integer", description=ENTERED),
    cell("goals_announced", "จำนวนเป้าหมายที่ประกาศ", "Goals announced", description=ANNOUNCED),
    cell("goals_entered", "จำนวนเป้าหมายที่บันทึก", "Goals entered", type="integer", description=ENTERED),
]
PARTY = [
    OF_AGREEMENT,
    key_to("organization", "organization__slug", "องค์กร (รหัส)", "Organization"),
    *choice("role", "บทบาท", "Part", PartyRole),
    *choice("certainty", "ความแน่ชัด", "Certainty", Certainty),
    *pair("note", "หมายเหตุ", "Note"),
    *sourced(),
]
SIGNATORY = [
    cell("id", "รหัส", "Key", type="integer"),
    key_to("agreement", "of_agreement", "ข้อตกลง (รหัส)", "Agreement"),
    key_to("organization", "party__organization__slug", "ในนามองค์กร (รหัส)", "For the organization"),
    *pair("title", "คำนำหน้า", "Title"),
    *pair("name", "ชื่อ", "Name"),
    *pair("position", "ตำแหน่งในขณะนั้น", "Position then"),
    *choice("capacity", "ทำหน้าที่", "Did what", Capacity),
    *vague_date("signed", "ลงนามเมื่อ", "Signed on"),
    *sourced(),
]
GOAL_LINK = [
    cell("id", "รหัส", "Key", type="integer"),
    OF_AGREEMENT,
    cell("goal", "เป้าหมายการพัฒนาที่ยั่งยืน (เลขที่)", "Sustainable Development Goal", "goal_id", type="integer"),
    *pair("goal_name", "ชื่อเป้าหมาย", "Name of the goal", "goal__name"),
    cell("target", "เป้าประสงค์ (รหัส)", "Target", "target_id"),
    *pair("reason", "เหตุผล", "Reason"),
    ORIGINAL,
    *sourced(),
]
ANNOUNCEMENT = [
    OF_AGREEMENT,
    *choice("of", "นับอะไร", "Of what", Announced),
    cell("observation", "ค่าของตัวชี้วัด (รหัส)", "Observation", "observation_id", type="integer"),
    *sourced("observation__source"),
]
KEYWORDS = (LocalText("ข้อตกลง", "agreements"), LocalText("บันทึกความเข้าใจ", "memoranda of understanding"))
TO_AGREEMENT, TO_SOURCE = ("agreement", "agreements", "slug"), ("source", "sources", "slug")
TO_ORGANIZATION = ("organization", "organizations", "slug")


def agreements() -> Iterator[Values]:
    """Return all agreements as they stand today, each with what was announced and what is entered."""
    found = with_standing(Agreement.objects.all(), on=timezone.localdate()).order_by("slug")
    rows = values_of(found, [cell("pk", "", ""), *AGREEMENT])
    while some := list(islice(rows, TOGETHER)):
        told = tallies(Agreement(pk=row[0]) for row in some)
        for key, *said in some:
            counts = [told[key, of] for of in (Announced.PARTIES, Announced.GOALS)]
            yield (*said, *(value for tally in counts for value in (in_a_cell(tally), tally.entered)))


def in_a_cell(tally: Tally) -> str | None:
    """Return the announced numbers, each behind its qualifier where it is not exact."""
    numbers = [(one.qualifier, f"{one.value.normalize():f}") for one in tally.announced if one.value is not None]
    return joined(value if said == Qualifier.EXACT else f"{said} {value}" for said, value in numbers)


def signatories() -> QuerySet[Signatory]:
    """Return who acted at signings, each with the agreement, whether it was for a party or for nobody that is named."""
    return Signatory.objects.annotate(of_agreement=Coalesce("party__agreement__slug", "agreement__slug")).order_by("pk")


PUBLICATIONS = (
    Publication(
        name="agreements",
        title=LocalText("ข้อตกลงความร่วมมือ", "Agreements"),
        notes=LocalText(
            "สิ่งที่องค์กรตกลงกับเมือง และสถานะในวันนี้", "What organizations agreed on with cities, and how that stands today."
        ),
        columns=columns_of([*AGREEMENT, *TALLIES]),
        rows=agreements,
        keywords=KEYWORDS,
        key=("slug",),
        points_at=(("city", "cities", "slug"), ("renews", "agreements", "slug"), TO_SOURCE),
    ),
    Publication(
        name="agreement-parties",
        title=LocalText("คู่ความตกลง", "Parties to agreements"),
        notes=LocalText(
            "องค์กรใดมีส่วนในข้อตกลงใด ตามที่แหล่งที่มาระบุ",
            "Which organization has which part in which agreement, as the source says.",
        ),
        columns=columns_of(PARTY),
        rows=lambda: values_of(Party.objects.order_by("agreement__slug", "organization__slug"), PARTY),
        keywords=KEYWORDS,
        key=("agreement", "organization"),
        points_at=(TO_AGREEMENT, TO_ORGANIZATION, TO_SOURCE),
    ),
    Publication(
        name="agreement-signatories",
        title=LocalText("ผู้ลงนามในข้อตกลง", "Signatories of agreements"),
        notes=LocalText(
            "ผู้ที่ร่วมลงนามและตำแหน่งในขณะนั้น ตามที่แหล่งที่มาเปิดเผยระบุ",
            "Who acted at a signing, in the position held then, as public sources say.",
        ),
        columns=columns_of(SIGNATORY),
        rows=lambda: values_of(signatories(), SIGNATORY),
        keywords=KEYWORDS,
        key=("id",),
        points_at=(TO_AGREEMENT, TO_ORGANIZATION, TO_SOURCE),
    ),
    Publication(
        name="agreement-goals",
        title=LocalText("เป้าหมายการพัฒนาที่ยั่งยืนของข้อตกลง", "Sustainable Development Goals of agreements"),
        notes=LocalText("ข้อตกลงใดสนับสนุนเป้าหมายใด และเพราะอะไร", "Which goal an agreement serves, and why."),
        columns=columns_of(GOAL_LINK),
        rows=lambda: values_of(GoalLink.objects.order_by("pk"), GOAL_LINK),
        keywords=(*KEYWORDS, LocalText("เป้าหมายการพัฒนาที่ยั่งยืน", "SDG")),
        key=("id",),
        points_at=(TO_AGREEMENT, TO_SOURCE),
    ),
    Publication(
        name="agreement-announcements",
        title=LocalText("ตัวเลขที่ประกาศพร้อมข้อตกลง", "Numbers announced with agreements"),
        notes=LocalText(
            "จำนวนภาคีและเป้าหมายที่ประกาศ เพื่อเทียบกับจำนวนที่บันทึกจริง",
            "How many partners and goals were announced, to be held against those entered.",
        ),
        columns=columns_of(ANNOUNCEMENT),
        rows=lambda: values_of(Announcement.objects.order_by("agreement__slug", "observation_id"), ANNOUNCEMENT),
        keywords=KEYWORDS,
        key=("agreement", "observation"),
        points_at=(TO_AGREEMENT, ("observation", "observations", "id"), TO_SOURCE),
    ),
)
