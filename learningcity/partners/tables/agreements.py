from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from learningcity.cities.fields import CERTAINTY_COLUMN
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import iso_date
from learningcity.imports.registry import (
    SOURCE_COLUMNS,
    Choice,
    Column,
    Date,
    Known,
    Table,
    Text,
    Wrong,
    source_in,
)
from learningcity.partners.enums import Capacity, PartyRole
from learningcity.partners.models import Agreement, Party, Signatory
from learningcity.partners.tables.columns import AGREEMENT_COLUMN, ORGANIZATION, ORGANIZATION_COLUMN, PARTY
from learningcity.search.actions import index_again


def party_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a party.

    :raises Wrong: if nobody says it.
    """
    told = ("role", "certainty", "note_th", "note_en")
    return {
        "agreement": values["agreement"],
        "organization": values["organization"],
        "source": source_in(values, known),
    } | {name: values[name] for name in told if name in values}


def signatory_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of somebody at a signing: for a party, or for nobody that is named.

    :raises Wrong: if there is no name, the organization is no party, or nobody says it.
    """
    if not values.get("name_th") and not values.get("name_en"):
        raise Wrong(name_th=_("Give the name in Thai or in English."))
    agreement, organization, day = values["agreement"], values.get("organization"), values.get("signed_on")
    if day and values.get("capacity") == Capacity.TOOK_PART:
        raise Wrong(signed_on=_("Somebody who did not sign has no day of signing."))
    party = None
    if organization:
        try:
            party = PARTY.read(f"{agreement.slug} {organization.slug}", known)
        except ValueError:
            raise Wrong(organization=_("This organization is no party of the agreement yet; enter it first.")) from None
    told = ("title_th", "title_en", "name_th", "name_en", "position_th", "position_en", "capacity")
    fields = {
        "party": party,
        "agreement": None if party else agreement,
        "source": source_in(values, known),
    } | {name: values[name] for name in told if name in values}
    if day:
        fields |= {"signed_on": day.date, "signed_precision": day.precision}
    return fields


def party_cells(party: Party) -> Mapping[str, Any]:
    """Return what the cells of a party say."""
    return {
        "agreement": party.agreement.slug,
        "organization": party.organization.slug,
        "role": party.get_role_display(),
        "certainty": party.get_certainty_display(),
        "note_th": party.note_th,
        "note_en": party.note_en,
        "source": party.source.slug,
    }


def parties_in(place: str) -> QuerySet[Party]:
    """Return the parties of a city's agreements, or of all."""
    parties = Party.objects.filter(agreement__city__slug=place) if place else Party.objects.all()
    return parties.select_related("agreement__city", "organization", "source").order_by("agreement", "pk")


def signatory_cells(one: Signatory) -> Mapping[str, Any]:
    """Return what the cells of somebody at a signing say."""
    told = ("title_th", "title_en", "name_th", "name_en", "position_th", "position_en")
    return {
        "agreement": agreement_of(one).slug,
        "organization": one.party and one.party.organization.slug,
        "capacity": one.get_capacity_display(),
        "signed_on": one.signed_on and iso_date(one.signed_on, one.signed_precision),
        "source": one.source.slug,
    } | {name: getattr(one, name) for name in told}


def signatories_in(place: str) -> QuerySet[Signatory]:
    """Return who acted at the signing of a city's agreements, or of all."""
    here = Q(agreement__city__slug=place) | Q(party__agreement__city__slug=place) if place else Q()
    found = Signatory.objects.filter(here)
    return found.select_related("agreement", "party__agreement", "party__organization", "source").order_by("pk")


def agreement_of(signatory: Signatory) -> Agreement:
    """Return the agreement at whose signing somebody acted."""
    return signatory.party.agreement if signatory.party else signatory.agreement  # type: ignore[return-value]


PARTIES = Table(
    name="parties",
    label=LocalText("ภาคีของบันทึกข้อตกลง", "Parties of agreements"),
    model=Party,
    columns=(
        AGREEMENT_COLUMN,
        ORGANIZATION_COLUMN,
        Column(
            name="role",
            label=LocalText("ทำอะไร", "Did what"),
            cell=Choice(
                PartyRole,
                also={
                    "ลงนาม": PartyRole.SIGNED,
                    "เข้าร่วม": PartyRole.TOOK_PART,
                    "เข้าร่วมพิธีลงนาม": PartyRole.TOOK_PART,
                    "สนับสนุน": PartyRole.SUPPORTS,
                },
                nothing=PartyRole.SIGNED,
            ),
            example="ลงนาม",
            help=LocalText("เว้นว่างหมายถึงลงนาม", "Empty means: signed."),
        ),
        CERTAINTY_COLUMN,
        Column(name="note_th", label=LocalText("หมายเหตุ", "Note in Thai"), cell=Text()),
        Column(name="note_en", label=LocalText("หมายเหตุ (ภาษาอังกฤษ)", "Note in English"), cell=Text(), also=("note",)),
        *SOURCE_COLUMNS,
    ),
    keys=(("agreement", "organization"),),
    fields=party_fields,
    cells=party_cells,
    records_in=parties_in,
    place_of=lambda party: party.agreement.city.slug,
    place_column="agreement",
    touches=lambda party: [party.agreement_id],
    refresh=partial(index_again, Agreement),
    follows=("agreement__city",),
)
SIGNATORIES = Table(
    name="signatories",
    label=LocalText("ผู้ลงนาม", "Signatories"),
    model=Signatory,
    columns=(
        AGREEMENT_COLUMN,
        Column(
            name="organization",
            label=LocalText("หน่วยงาน", "Organization"),
            cell=ORGANIZATION,
            example="หน่วยงานตัวอย่าง",
            help=LocalText(
                "ต้องเป็นภาคีของบันทึกข้อตกลงแล้ว เว้นว่างหากแหล่งข้อมูลไม่ระบุ",
                "A party of the agreement already. Empty, if no source names it.",
            ),
            also=ORGANIZATION_COLUMN.also,
        ),
        Column(name="title_th", label=LocalText("คำนำหน้า", "Title in Thai"), cell=Text(60), example="นาง"),
        Column(name="title_en", label=LocalText("คำนำหน้า (ภาษาอังกฤษ)", "Title in English"), cell=Text(60)),
        Column(
            name="name_th",
            label=LocalText("ชื่อ-สกุล", "Name in Thai"),
            cell=Text(150),
            example="บุคคล ตัวอย่าง",
            also=("ชื่อ", "ผู้ลงนาม", "ชื่อ-นามสกุล", "ชื่อ สกุล"),
        ),
        Column(
            name="name_en",
            label=LocalText("ชื่อ-สกุล (ภาษาอังกฤษ)", "Name in English"),
            cell=Text(150),
            example="Sample Person",
            also=("name", "signatory"),
        ),
        Column(
            name="position_th",
            label=LocalText("ตำแหน่งขณะนั้น", "Position then, in Thai"),
            cell=Text(250),
            example="ผู้อำนวยการ",
            also=("ตำแหน่ง",),
        ),
        Column(
            name="position_en",
            label=LocalText("ตำแหน่งขณะนั้น (ภาษาอังกฤษ)", "Position then, in English"),
            cell=Text(250),
            also=("position",),
        ),
        Column(
            name="capacity",
            label=LocalText("ทำอะไร", "Did what"),
            cell=Choice(
                Capacity,
                also={
                    "ลงนาม": Capacity.SIGNED,
                    "พยาน": Capacity.WITNESSED,
                    "ลงนามเป็นพยาน": Capacity.WITNESSED,
                    "เข้าร่วม": Capacity.TOOK_PART,
                },
                nothing=Capacity.SIGNED,
            ),
            help=LocalText("เว้นว่างหมายถึงลงนาม", "Empty means: signed."),
        ),
        Column(
            name="signed_on",
            label=LocalText("วันที่ลงนาม", "Signed on"),
            cell=Date(),
            example="17 กันยายน 2567",
            also=("วันที่",),
        ),
        *SOURCE_COLUMNS,
    ),
    keys=(("party", "agreement", "name_th"), ("party", "agreement", "name_en")),
    fields=signatory_fields,
    cells=signatory_cells,
    records_in=signatories_in,
    place_of=lambda signatory: agreement_of(signatory).city.slug,
    place_column="agreement",
    follows=("agreement__city", "party__agreement__city"),
)
