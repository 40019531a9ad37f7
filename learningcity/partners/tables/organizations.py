from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learningcity.cities.fields import CITY_COLUMN, city_in
from learningcity.common.text import LocalText, language_of
from learningcity.imports.registry import (
    SOURCE_COLUMNS,
    Choice,
    Column,
    Known,
    Table,
    Text,
    Words,
    Wrong,
    source_in,
)
from learningcity.partners.enums import OrganizationKind, Sector
from learningcity.partners.models import Organization
from learningcity.partners.queries import place_of
from learningcity.partners.tables.columns import ORGANIZATION
from learningcity.search.actions import index_again


def organization_fields(values: dict[str, Any], known: Known) -> Mapping[str, Any]:
    """Return the fields of an organization; without an address of its own one is made of its name.

    :raises Wrong: if it has no name, or nobody says it.
    """
    thai, english = values.get("name_th", ""), values.get("name_en", "")
    if not thai and not english:
        raise Wrong(name_th=_("Give the name in Thai or in English."))
    told = ("name_th", "name_en", "aliases", "parent", "url", "place_th", "place_en", "about_th", "about_en")
    return {
        "slug": values.get("slug") or slug_of(thai, english),
        "home": city_in(values, known),
        "sector": values["sector"],
        "kind": values.get("kind") or OrganizationKind.OTHER,
        "original": language_of(thai or english),
        "source": source_in(values, known),
    } | {name: values[name] for name in told if name in values}


def organization_cells(one: Organization) -> Mapping[str, Any]:
    """Return what the cells of an organization say; whom to call there is in none of them."""
    told = ("name_th", "name_en", "url", "place_th", "place_en", "about_th", "about_en", "slug")
    return {
        "city": one.home and one.home.slug,
        "sector": one.get_sector_display(),
        "kind": one.get_kind_display(),
        "aliases": "; ".join(one.aliases),
        "parent": one.parent and one.parent.slug,
        "source": one.source.slug,
    } | {name: getattr(one, name) for name in told}


def organizations_in(place: str) -> QuerySet[Organization]:
    """Return the organizations of a city, or of all; one of the whole country belongs to no file."""
    homes = Organization.objects.filter(home__slug=place) if place else Organization.objects.exclude(home=None)
    return homes.select_related("home", "source", "parent").order_by("sort_th", "pk")


def called(cells: Mapping[str, str]) -> list[str]:
    """Return what other rows of a file may call an organization."""
    aliases = cells.get("aliases", "").replace("|", ";").split(";")
    return [cells.get(name, "") for name in ("slug", "name_th", "name_en")] + aliases


def slug_of(thai: str, english: str) -> str:
    """Return an address made of a name, the same each time, so that a file that is read twice makes nothing new."""
    words = slugify(english)[:60].strip("-")
    end = blake2b((thai or english).encode(), digest_size=3).hexdigest()
    return f"{words}-{end}".strip("-")


ORGANIZATIONS = Table(
    name="organizations",
    also=("organisations",),
    label=LocalText("หน่วยงาน", "Organizations"),
    model=Organization,
    columns=(
        CITY_COLUMN,
        Column(
            name="name_th",
            label=LocalText("ชื่อหน่วยงาน (ภาษาไทย)", "Name in Thai"),
            cell=Text(200),
            example="หน่วยงานตัวอย่าง",
            also=("ชื่อหน่วยงาน", "หน่วยงาน", "ชื่อ", "ชื่อภาษาไทย"),
        ),
        Column(
            name="name_en",
            label=LocalText("ชื่อหน่วยงาน (ภาษาอังกฤษ)", "Name in English"),
            cell=Text(200),
            example="Sample Organization",
            also=("ชื่อภาษาอังกฤษ", "name", "organization"),
        ),
        Column(
            name="sector",
            label=LocalText("ภาคส่วน", "Sector"),
            cell=Choice(
                Sector,
                also={
                    "ภาครัฐ": Sector.PUBLIC,
                    "รัฐ": Sector.PUBLIC,
                    "ราชการ": Sector.PUBLIC,
                    "ภาคเอกชน": Sector.PRIVATE,
                    "เอกชน": Sector.PRIVATE,
                    "สถาบันการศึกษา": Sector.EDUCATION,
                    "การศึกษา": Sector.EDUCATION,
                    "ภาคประชาสังคม": Sector.CIVIL_SOCIETY,
                    "ประชาสังคม": Sector.CIVIL_SOCIETY,
                },
            ),
            required=True,
            example="ภาครัฐ",
            help=LocalText("ภาครัฐ ภาคเอกชน การศึกษา หรือภาคประชาสังคม", "Public, private, education or civil society."),
            also=("ภาค",),
        ),
        Column(
            name="kind",
            label=LocalText("ประเภท", "Kind"),
            cell=Choice(OrganizationKind, nothing=OrganizationKind.OTHER),
            help=LocalText("เว้นว่างได้", "May stay empty."),
        ),
        Column(
            name="aliases",
            label=LocalText("ชื่อย่อและชื่ออื่น", "Other names"),
            cell=Words(200),
            example="นต.; SO",
            help=LocalText("คั่นด้วยเครื่องหมาย ;", "With a semicolon between them."),
            also=("ชื่อย่อ", "ชื่ออื่น", "abbreviation"),
        ),
        Column(
            name="parent",
            label=LocalText("สังกัด", "Belongs to"),
            cell=ORGANIZATION,
            help=LocalText(
                "ชื่อหน่วยงานต้นสังกัด ซึ่งอยู่ในเว็บไซต์แล้ว หรือเป็นอีกแถวหนึ่งของไฟล์นี้ เว้นว่างได้",
                "The organization of which this one is a part: one that is here already, or another row of this file. "
                "May stay empty.",
            ),
            also=("ต้นสังกัด", "หน่วยงานต้นสังกัด", "part of"),
        ),
        Column(name="url", label=LocalText("เว็บไซต์", "Its own pages"), cell=Text(500), also=("website",)),
        Column(name="place_th", label=LocalText("ที่ตั้ง", "Place in Thai"), cell=Text(300), also=("ที่อยู่",)),
        Column(name="place_en", label=LocalText("ที่ตั้ง (ภาษาอังกฤษ)", "Place in English"), cell=Text(300)),
        Column(name="about_th", label=LocalText("เกี่ยวกับหน่วยงาน", "About, in Thai"), cell=Text()),
        Column(name="about_en", label=LocalText("เกี่ยวกับหน่วยงาน (ภาษาอังกฤษ)", "About, in English"), cell=Text()),
        *SOURCE_COLUMNS,
        Column(
            name="slug",
            label=LocalText("รหัส", "Key"),
            cell=Text(80),
            help=LocalText(
                "ใช้เมื่อจะแก้หน่วยงานที่มีอยู่แล้ว ปกติเว้นว่าง",
                "To change an organization that is there already; usually empty.",
            ),
        ),
    ),
    keys=(("slug",), ("home", "name_th"), ("home", "name_en")),
    fields=organization_fields,
    cells=organization_cells,
    records_in=organizations_in,
    place_of=place_of,
    place_column="city",
    touches=lambda organization: [organization.pk],
    refresh=partial(index_again, Organization),
    follows=("home",),
    within="parent",
    called=called,
)
