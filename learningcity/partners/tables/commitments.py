from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learningcity.cities.fields import CITY_COLUMN, city_in
from learningcity.common.text import LocalText, language_of
from learningcity.imports.registry import Choice, Column, Day, Known, Number, Pointer, Table, Text, Wrong
from learningcity.partners.enums import Gift
from learningcity.partners.models import Commitment
from learningcity.partners.tables.columns import AGREEMENT, AGREEMENT_COLUMN, ORGANIZATION_COLUMN
from learningcity.search.actions import index_again

SAID = ("organization", "city", "agreement", "kind", "amount", "due_on", "original")
TEXTS = ("text_th", "text_en", "unit_th", "unit_en", "program_th", "program_en")


def commitment_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a promise. Its words are its key: other words are another promise, which both sides confirm.

    :raises Wrong: if it says nothing, or its amount has no unit.
    """
    told = {name: values.get(name, "") for name in TEXTS}
    if not told["text_th"] and not told["text_en"]:
        raise Wrong(text_th=_("Say in Thai or in English what is promised."))
    amount, units = values.get("amount"), told["unit_th"] or told["unit_en"]
    if amount is not None and amount <= 0:
        raise Wrong(amount=_("Write more than nothing, or leave it empty."))
    if amount is not None and not units:
        raise Wrong(unit_th=_("A number needs its unit."))
    if amount is None and units:
        raise Wrong(amount=_("A unit needs its number."))
    city, agreement = city_in(values, known), values.get("agreement")
    if agreement and agreement.city_id != city.pk:
        raise Wrong(agreement=_("This agreement is of another city."))
    fields = {
        "organization": values["organization"],
        "city": city,
        "agreement": agreement,
        "kind": values["kind"],
        "amount": amount,
        "due_on": values.get("due_on"),
        "original": language_of(told["text_th"] or told["text_en"]),
        **told,
    }
    words = words_of(fields)
    if there := known.names(PROMISES).get(words):
        return fields | {"slug": there[0].slug}
    return fields | {"slug": f"{city.slug}-{words}"}


def words_of(fields: Mapping[str, Any]) -> str:
    """Return what stands for everything that a promise says, for finding it again however it was entered."""
    amount = fields["amount"]
    said = {**fields, "amount": amount and f"{amount.normalize():f}", "kind": str(fields["kind"]), "original": ""}
    words = "|".join(str(getattr(value, "pk", value)) for value in said.values())
    return blake2b(words.encode(), digest_size=8).hexdigest()


def promises() -> Iterator[tuple[str, Commitment]]:
    """Return each promise by what it says."""
    for one in Commitment.objects.select_related("organization", "city", "agreement").order_by("pk"):
        yield words_of({name: getattr(one, name) for name in (*SAID, *TEXTS)}), one


PROMISES = Pointer(promises)


def commitment_cells(one: Commitment) -> Mapping[str, Any]:
    """Return what the cells of a promise say."""
    return {
        "city": one.city.slug,
        "organization": one.organization.slug,
        "agreement": one.agreement and one.agreement.slug,
        "kind": one.get_kind_display(),
        "amount": one.amount,
        "due_on": one.due_on and one.due_on.isoformat(),
    } | {name: getattr(one, name) for name in TEXTS}


def commitments_in(place: str) -> QuerySet[Commitment]:
    """Return the promises to a city, or all of them."""
    promised = Commitment.objects.filter(city__slug=place) if place else Commitment.objects.all()
    return promised.select_related("city", "organization", "agreement").order_by("pk")


COMMITMENTS = Table(
    name="commitments",
    label=LocalText("คำมั่น", "Promises"),
    model=Commitment,
    columns=(
        CITY_COLUMN,
        ORGANIZATION_COLUMN,
        Column(
            name="agreement",
            label=AGREEMENT_COLUMN.label,
            cell=AGREEMENT,
            help=LocalText("เว้นว่างได้", "May stay empty."),
            also=AGREEMENT_COLUMN.also,
        ),
        Column(
            name="kind",
            label=LocalText("สิ่งที่ให้", "What is given"),
            cell=Choice(
                Gift,
                also={
                    "เงิน": Gift.MONEY,
                    "งบประมาณ": Gift.MONEY,
                    "สถานที่": Gift.PLACE,
                    "คน": Gift.PEOPLE,
                    "บุคลากร": Gift.PEOPLE,
                    "เวลา": Gift.TIME,
                    "อุปกรณ์": Gift.EQUIPMENT,
                    "ข้อมูล": Gift.DATA,
                },
            ),
            required=True,
            example="สถานที่",
            also=("ประเภท", "ทรัพยากร"),
        ),
        Column(
            name="text_th",
            label=LocalText("สัญญาว่าอะไร", "What is promised, in Thai"),
            cell=Text(),
            example="ห้องประชุมตัวอย่างสิบสองเย็น",
            also=("รายละเอียด", "คำมั่น"),
        ),
        Column(
            name="text_en",
            label=LocalText("สัญญาว่าอะไร (ภาษาอังกฤษ)", "What is promised, in English"),
            cell=Text(),
            example="A sample hall for twelve evenings",
        ),
        Column(name="amount", label=LocalText("จำนวน", "How much"), cell=Number(), example="12", also=("amount",)),
        Column(name="unit_th", label=LocalText("หน่วยนับ", "Unit in Thai"), cell=Text(60), example="เย็น", also=("หน่วย",)),
        Column(
            name="unit_en",
            label=LocalText("หน่วยนับ (ภาษาอังกฤษ)", "Unit in English"),
            cell=Text(60),
            example="evenings",
            also=("unit",),
        ),
        Column(
            name="program_th",
            label=LocalText("ให้โครงการใด", "For which program, in Thai"),
            cell=Text(300),
            also=("โครงการ",),
        ),
        Column(
            name="program_en",
            label=LocalText("ให้โครงการใด (ภาษาอังกฤษ)", "For which program, in English"),
            cell=Text(300),
            also=("program",),
        ),
        Column(
            name="due_on",
            label=LocalText("ภายในวันที่", "Due on"),
            cell=Day(),
            example="30/9/2570",
            also=("กำหนด", "กำหนดส่ง", "due"),
        ),
    ),
    keys=(("slug",),),
    fields=commitment_fields,
    cells=commitment_cells,
    records_in=commitments_in,
    place_of=lambda commitment: commitment.city.slug,
    place_column="city",
    touches=lambda commitment: [commitment.pk],
    refresh=partial(index_again, Commitment),
    follows=("city",),
)
