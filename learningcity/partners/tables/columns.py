"""Columns that name an organization or an agreement, for several tables."""

from __future__ import annotations

from collections.abc import Iterator

from learningcity.common.text import LocalText
from learningcity.imports.registry import Column, Pointer
from learningcity.partners.models import Agreement, Organization, Party


def organization_names() -> Iterator[tuple[str, Organization]]:
    """Return each organization by its address, its names and its short forms."""
    for one in Organization.objects.select_related("home").order_by("pk"):
        for name in (one.slug, one.name_th, one.name_en, *one.aliases):
            yield name, one


def agreement_names() -> Iterator[tuple[str, Agreement]]:
    """Return each agreement by its address and its titles."""
    for one in Agreement.objects.select_related("city").order_by("pk"):
        for name in (one.slug, one.title_th, one.title_en):
            yield name, one


def party_names() -> Iterator[tuple[str, Party]]:
    """Return each party by the addresses of its agreement and its organization."""
    for one in Party.objects.select_related("agreement__city", "organization").order_by("pk"):
        yield f"{one.agreement.slug} {one.organization.slug}", one


ORGANIZATION = Pointer(organization_names)
AGREEMENT = Pointer(agreement_names)
PARTY = Pointer(party_names)
ORGANIZATION_COLUMN = Column(
    name="organization",
    label=LocalText("หน่วยงาน", "Organization"),
    cell=ORGANIZATION,
    required=True,
    example="หน่วยงานตัวอย่าง",
    help=LocalText(
        "ชื่อไทย ชื่ออังกฤษ ชื่อย่อ หรือที่อยู่ในเว็บไซต์ ต้องกรอกหน่วยงานไว้ก่อน",
        "Name in Thai or English, short form or address here. The organization has to be entered before.",
    ),
    also=("ชื่อหน่วยงาน", "องค์กร", "ภาคี", "ภาคีเครือข่าย", "partner", "agency"),
)
AGREEMENT_COLUMN = Column(
    name="agreement",
    label=LocalText("บันทึกข้อตกลง", "Agreement"),
    cell=AGREEMENT,
    required=True,
    example="บันทึกข้อตกลงตัวอย่าง",
    help=LocalText("ชื่อเต็มหรือที่อยู่ในเว็บไซต์", "Its title, or its address here."),
    also=("ข้อตกลง", "mou", "ชื่อบันทึกข้อตกลง"),
)
