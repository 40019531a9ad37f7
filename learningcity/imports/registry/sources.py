"""The columns that say where a row comes from, for every table whose records have a source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learningcity.common.sheets.headings import heading_key
from learningcity.common.text import LocalText, language_of
from learningcity.imports.registry.cells import Date, Known, Pointer, Text
from learningcity.imports.registry.tables import Column, Wrong
from learningcity.sources.enums import SourceKind
from learningcity.sources.models import Source

SOURCE = LocalText("แหล่งข้อมูล", "Source")


def _source_names() -> Iterator[tuple[str, Source]]:
    for source in Source.objects.order_by("pk"):
        for name in (source.slug, source.title_th, source.title_en, source.url):
            yield name, source


SOURCE_NAMES = Pointer(_source_names)
SOURCE_COLUMNS = (
    Column(
        name="source",
        label=SOURCE,
        cell=Text(300),
        example="",
        help=LocalText(
            "ชื่อหรือที่อยู่ของแหล่งข้อมูลที่มีอยู่แล้วในเว็บไซต์ หากยังไม่มี ให้เว้นว่างแล้วกรอกคอลัมน์ถัดไป",
            "Title or address of a source that the site has. If it has none, leave this empty and fill the next columns.",
        ),
        also=("ที่มา", "แหล่งที่มา", "อ้างอิง"),
    ),
    Column(
        name="source_title",
        label=LocalText("ชื่อแหล่งข้อมูลใหม่", "Title of a new source"),
        cell=Text(300),
        example="รายงานตัวอย่าง",
        also=("แหล่งข้อมูล ชื่อ", "แหล่งที่มา ชื่อ", "ที่มา ชื่อ", "source name"),
    ),
    Column(
        name="source_publisher",
        label=LocalText("ผู้เผยแพร่", "Publisher"),
        cell=Text(200),
        example="หน่วยงานตัวอย่าง",
        also=("แหล่งข้อมูล ผู้เผยแพร่", "แหล่งที่มา ผู้เผยแพร่", "ที่มา ผู้เผยแพร่"),
    ),
    Column(
        name="source_url",
        label=LocalText("ที่อยู่เว็บ", "Web address"),
        cell=Text(500),
        example="https://example.org/report",
        also=("แหล่งข้อมูล ลิงก์", "แหล่งที่มา ลิงก์", "ที่มา ลิงก์", "source link"),
    ),
    Column(
        name="source_date",
        label=LocalText("วันที่ของแหล่งข้อมูล", "Date of the source"),
        cell=Date(),
        example="ก.ย. 2567",
        also=("แหล่งข้อมูล วันที่", "แหล่งที่มา วันที่", "ที่มา วันที่"),
    ),
)


def source_in(values: dict[str, Any], known: Known) -> Source:
    """Return the source that a row names; one that the site does not have yet is made once, when the rows are written.

    :raises Wrong: if the row names none, or one that nobody knows and that is not described.
    """
    name, title = values.get("source") or "", values.get("source_title") or ""
    if name:
        try:
            return SOURCE_NAMES.read(name, known)
        except ValueError as problem:
            if not title:
                hint = _("For a new source fill the columns for its title and its publisher or web address.")
                raise Wrong(source=f"{problem} {hint}") from None
    if not title:
        raise Wrong(source=_("This must be given: no fact without a source."))
    for said in (title, values.get("source_url") or ""):
        if found := known.names(SOURCE_NAMES).get(heading_key(said)):
            return found[0]
    return _new_source(title, values, known)


def _new_source(title: str, values: dict[str, Any], known: Known) -> Source:
    """Return the source that the columns describe, the same one for all rows with this title.

    :raises Wrong: if they do not say where it can be found.
    """
    if (Source, title) in known.fresh:
        return known.fresh[Source, title]
    url, publisher = values.get("source_url") or "", values.get("source_publisher") or ""
    if not url and not publisher:
        raise Wrong(source_publisher=_("Say who published the source, or where it stands in the web."))
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            raise Wrong(source_url=_("This is no web address; it begins with https://.")) from None
    language = language_of(title)
    date = values.get("source_date")
    source = Source(
        # Thai letters leave nothing behind; the random end keeps two alike apart.
        slug=f"{slugify(title)[:60]}-{uuid4().hex[:8]}".strip("-"),
        kind=SourceKind.WEBSITE if url else SourceKind.DOCUMENT,
        url=url,
        original=language,
        seen_on=timezone.localdate(),
        **{f"title_{language}": title, f"publisher_{language}": publisher},
    )
    if date:
        source.published_on, source.published_precision = date.date, date.precision
    known.fresh[Source, title] = source
    return source
