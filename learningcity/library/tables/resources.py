from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _

from learningcity.cities.enums import Theme
from learningcity.cities.fields import CITY_COLUMN, city_in
from learningcity.common.text import LocalText, language_of
from learningcity.imports.registry import SOURCE_COLUMNS, Choice, Column, Known, Table, Text, Whole, Wrong, source_in
from learningcity.library.enums import (
    Accessibility,
    Audience,
    Format,
    Language,
    Level,
    LifeStage,
    ResourceKind,
    Sense,
    Subject,
)
from learningcity.library.models import LearningResource
from learningcity.library.models.resources import LONGEST
from learningcity.library.tables.cells import COST, KEY, Address, several, slug_of, written
from learningcity.opendata.enums import License
from learningcity.search.actions import index_again

TEXTS = ("title_th", "title_en", "summary_th", "summary_en", "teaches_th", "teaches_en", "assesses_th", "assesses_en")
REST = ("authors", "publisher_th", "publisher_en", "url")
WORDS = ("kind", "subject", "theme", "format", "cost", "license")
LISTS: dict[str, type[TextChoices]] = {
    "stages": LifeStage,
    "levels": Level,
    "audiences": Audience,
    "languages": Language,
    "senses": Sense,
    "access": Accessibility,
}


def resource_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of a resource; without an address of its own one is made of its title.

    :raises Wrong: if it has no title, or takes no time or too much, or nobody says it.
    """
    thai, english = values.get("title_th", ""), values.get("title_en", "")
    if not thai and not english:
        raise Wrong(title_th=_("Give the title in Thai or in English."))
    minutes = values.get("minutes")
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise Wrong(minutes=_("Write how many minutes it takes, for instance 45."))
    return {
        "slug": values.get("slug") or slug_of(thai, english),
        "city": city_in(values, known),
        "original": language_of(thai or english),
        "source": source_in(values, known),
    } | {name: values[name] for name in (*TEXTS, *REST, *WORDS, *LISTS, "minutes") if name in values}


def resource_cells(resource: LearningResource) -> Mapping[str, Any]:
    """Return what the cells of a resource say."""
    told = (*TEXTS, *REST, "slug")
    return {
        "city": resource.city and resource.city.slug,
        "minutes": resource.minutes,
        "source": resource.source.slug,
        **{name: getattr(resource, f"get_{name}_display")() for name in WORDS},
        **{name: written(words, getattr(resource, name)) for name, words in LISTS.items()},
        **{name: getattr(resource, name) for name in told},
    }


def resources_in(place: str) -> QuerySet[LearningResource]:
    """Return the resources of a city that are in the web, or those of all cities; one kept here belongs to no file."""
    found = LearningResource.objects.exclude(url="").exclude(city=None)
    return (
        (found.filter(city__slug=place) if place else found).select_related("city", "source").order_by("sort_th", "pk")
    )


RESOURCES = Table(
    name="learning-resources",
    label=LocalText("สื่อการเรียนรู้", "Learning resources"),
    model=LearningResource,
    columns=(
        CITY_COLUMN,
        Column(
            name="title_th",
            label=LocalText("ชื่อสื่อ (ภาษาไทย)", "Title in Thai"),
            cell=Text(200),
            example="สื่อตัวอย่าง",
            also=("ชื่อสื่อ", "ชื่อเรื่อง"),
        ),
        Column(
            name="title_en",
            label=LocalText("ชื่อสื่อ (ภาษาอังกฤษ)", "Title in English"),
            cell=Text(200),
            example="Sample Resource",
            also=("title",),
        ),
        Column(
            name="url",
            label=LocalText("ที่อยู่เว็บของสื่อ", "Where it is"),
            cell=Address(),
            required=True,
            example="https://example.org/film",
            also=("ลิงก์สื่อ", "link"),
        ),
        Column(
            name="kind", label=LocalText("ประเภท", "Kind"), cell=Choice(ResourceKind), required=True, example="video"
        ),
        Column(
            name="subject", label=LocalText("เรื่อง", "Subject"), cell=Choice(Subject), required=True, example="health"
        ),
        Column(name="theme", label=LocalText("ประเด็น", "Theme"), cell=Choice(Theme)),
        Column(name="format", label=LocalText("รูปแบบ", "Format"), cell=Choice(Format), required=True, example="video"),
        several("stages", LocalText("ช่วงวัย", "Life stages"), LifeStage, example="school", required=True),
        several("languages", LocalText("ภาษา", "Languages"), Language, example="th", required=True),
        several("levels", LocalText("ระดับการศึกษา", "Levels of education"), Level, example="primary"),
        several("audiences", LocalText("ผู้ใช้", "Who uses it"), Audience, example="learner"),
        several("senses", LocalText("สิ่งที่ต้องใช้ในการเรียนรู้", "What it takes"), Sense, example="hearing"),
        several("access", LocalText("การเข้าถึง", "Access features"), Accessibility, example="captions"),
        Column(name="minutes", label=LocalText("เวลาที่ใช้ (นาที)", "Minutes needed"), cell=Whole(), example="45"),
        COST,
        Column(
            name="license",
            label=LocalText("สัญญาอนุญาต", "License"),
            cell=Choice(License, nothing=License.UNKNOWN),
            example="CC-BY-4.0",
            help=LocalText("เว้นว่างหากสื่อไม่ได้ระบุ", "Empty if the resource does not say."),
        ),
        Column(name="authors", label=LocalText("ผู้แต่ง", "Authors"), cell=Text(300)),
        Column(name="publisher_th", label=LocalText("ผู้ผลิตสื่อ", "Publisher of it, in Thai"), cell=Text(200)),
        Column(
            name="publisher_en",
            label=LocalText("ผู้ผลิตสื่อ (ภาษาอังกฤษ)", "Publisher of it, in English"),
            cell=Text(200),
        ),
        Column(name="summary_th", label=LocalText("คำอธิบาย", "Description in Thai"), cell=Text()),
        Column(name="summary_en", label=LocalText("คำอธิบาย (ภาษาอังกฤษ)", "Description in English"), cell=Text()),
        Column(name="teaches_th", label=LocalText("สิ่งที่ได้เรียนรู้", "What one learns, in Thai"), cell=Text(300)),
        Column(
            name="teaches_en",
            label=LocalText("สิ่งที่ได้เรียนรู้ (ภาษาอังกฤษ)", "What one learns, in English"),
            cell=Text(300),
        ),
        Column(name="assesses_th", label=LocalText("สิ่งที่ทดสอบ", "What it tests, in Thai"), cell=Text(300)),
        Column(
            name="assesses_en",
            label=LocalText("สิ่งที่ทดสอบ (ภาษาอังกฤษ)", "What it tests, in English"),
            cell=Text(300),
        ),
        *SOURCE_COLUMNS,
        KEY,
    ),
    keys=(("slug",), ("city", "title_th"), ("city", "title_en")),
    fields=resource_fields,
    cells=resource_cells,
    records_in=resources_in,
    place_of=lambda resource: resource.city.slug if resource.city else "",
    place_column="city",
    touches=lambda resource: [resource.pk],
    refresh=partial(index_again, LearningResource),
    follows=("city",),
)
