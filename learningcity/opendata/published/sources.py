"""Where every fact comes from."""

from __future__ import annotations

from learningcity.common.columnar.selecting import cell, choice, columns_of, pair, vague_date, values_of
from learningcity.common.text import LocalText
from learningcity.opendata.registry import Publication
from learningcity.sources.enums import SourceKind
from learningcity.sources.models import Source

SOURCE = [
    cell("slug", "รหัสแหล่งที่มา", "Key"),
    *choice("kind", "ประเภท", "Kind", SourceKind),
    *pair("title", "ชื่อ", "Title"),
    *pair("publisher", "ผู้เผยแพร่", "Publisher"),
    cell("url", "ที่อยู่เว็บ", "Web address"),
    cell("original", "ภาษา", "Language"),
    *vague_date("published", "เผยแพร่เมื่อ", "Published on"),
    cell("seen_on", "เปิดดูเมื่อ", "Looked at on", type="date"),
    cell("license", "สัญญาอนุญาต", "License"),
    *pair("note", "หมายเหตุ", "Note"),
]

PUBLICATIONS = (
    Publication(
        name="sources",
        title=LocalText("แหล่งที่มา", "Sources"),
        notes=LocalText(
            "เอกสาร เว็บ และชุดข้อมูลทุกแหล่งที่ข้อมูลในแพลตฟอร์มอ้างอิง",
            "Every document, page and dataset on which a fact here rests.",
        ),
        columns=columns_of(SOURCE),
        rows=lambda: values_of(Source.objects.order_by("slug"), SOURCE),
        keywords=(LocalText("แหล่งที่มา", "sources"),),
        key=("slug",),
    ),
)
