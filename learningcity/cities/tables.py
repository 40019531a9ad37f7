"""What of a city can be imported from spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learningcity.cities.fields import CERTAINTY_COLUMN, CITY_COLUMN, city_in
from learningcity.cities.models import City, Milestone
from learningcity.common.text import LocalText, language_of
from learningcity.common.thai.dates import iso_date
from learningcity.imports.registry import (
    SOURCE_COLUMNS,
    Column,
    Date,
    Known,
    Table,
    Text,
    Wrong,
    register,
    source_in,
)
from learningcity.search.actions import index_again


def register_tables() -> None:
    """Let milestones be imported."""
    register(MILESTONES)


def milestone_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a milestone; without a key of its own its date and its text are the key.

    :raises Wrong: if it says nothing, or nobody says it.
    """
    thai, english, date = values.get("text_th", ""), values.get("text_en", ""), values["date"]
    if not thai and not english:
        raise Wrong(text_th=_("Say what happened, in Thai or in English."))
    fields = {
        "city": city_in(values, known),
        "slug": values.get("slug") or f"{date}-{blake2b((thai or english).encode(), digest_size=4).hexdigest()}",
        "happened_on": date.date,
        "happened_precision": date.precision,
        "original": language_of(thai or english),
        "source": source_in(values, known),
    }
    told = {name: values[name] for name in ("text_th", "text_en", "certainty") if name in values}
    return fields | told


def milestone_cells(milestone: Milestone) -> Mapping[str, Any]:
    """Return what the cells of a milestone say."""
    return {
        "city": milestone.city.slug,
        "date": iso_date(milestone.happened_on, milestone.happened_precision),
        "text_th": milestone.text_th,
        "text_en": milestone.text_en,
        "certainty": milestone.get_certainty_display(),
        "source": milestone.source.slug,
        "slug": milestone.slug,
    }


def milestones_in(place: str) -> QuerySet[Milestone]:
    """Return the milestones of a city, or all of them."""
    milestones = Milestone.objects.filter(city__slug=place) if place else Milestone.objects.all()
    return milestones.select_related("city", "source").order_by("city__sort_th", "city", "happened_on", "pk")


MILESTONES = Table(
    name="milestones",
    label=LocalText("เหตุการณ์สำคัญ", "Milestones"),
    model=Milestone,
    columns=(
        CITY_COLUMN,
        Column(
            name="date",
            label=LocalText("วันที่", "Date"),
            cell=Date(),
            required=True,
            example="17 กันยายน 2567",
            help=LocalText(
                "ปี เดือน หรือวัน เท่าที่ทราบ เช่น 2567, ก.ย. 2567, 17/9/2567",
                "A year, a month or a day, as far as it is known: 2567, ก.ย. 2567, 17/9/2567, 2024-09-17.",
            ),
            also=("happened_on", "วันที่เกิดขึ้น", "วัน เดือน ปี", "ปี"),
        ),
        Column(
            name="text_th",
            label=LocalText("เหตุการณ์ (ภาษาไทย)", "What happened, in Thai"),
            cell=Text(),
            example="เปิดพื้นที่เรียนรู้ตัวอย่าง",
            also=("เหตุการณ์", "ข้อความภาษาไทย", "เหตุการณ์ ไทย", "text thai"),
        ),
        Column(
            name="text_en",
            label=LocalText("เหตุการณ์ (ภาษาอังกฤษ)", "What happened, in English"),
            cell=Text(),
            example="A sample learning place opens",
            also=("ข้อความภาษาอังกฤษ", "เหตุการณ์ อังกฤษ", "text english"),
        ),
        CERTAINTY_COLUMN,
        *SOURCE_COLUMNS,
        Column(
            name="slug",
            label=LocalText("รหัส", "Key"),
            cell=Text(80),
            help=LocalText(
                "ใช้เมื่อจะแก้เหตุการณ์ที่มีอยู่แล้ว ปกติเว้นว่าง",
                "To change a milestone that is there already; usually empty.",
            ),
        ),
    ),
    keys=(("city", "slug"), ("city", "happened_on", "text_th"), ("city", "happened_on", "text_en")),
    fields=milestone_fields,
    cells=milestone_cells,
    records_in=milestones_in,
    place_of=lambda milestone: milestone.city.slug,
    place_column="city",
    touches=lambda milestone: [milestone.city_id],
    refresh=partial(index_again, City),
    follows=("city",),
)
