"""People in public offices, as the pages of their cities show them."""

from __future__ import annotations

from learningcity.cities.enums import OfficeKind
from learningcity.cities.models import Office
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
from learningcity.opendata.registry import Publication

OFFICE = [
    key_to("city", "city__slug", "เมือง (รหัส)", "City"),
    cell("person", "รหัสบุคคล", "Key of the person", "person__slug"),
    *pair("person_title", "คำนำหน้า", "Title", "person__title"),
    *pair("person_name", "ชื่อ", "Name", "person__name"),
    *choice("kind", "ตำแหน่ง", "Office", OfficeKind),
    *pair("title", "ชื่อตำแหน่ง", "Office in words"),
    *vague_date("starts", "ตั้งแต่", "From"),
    *vague_date("ends", "ถึง", "To"),
    *vague_date("as_of", "ดำรงตำแหน่ง ณ วันที่", "In office on", day="as_of"),
    *sourced(),
]

PUBLICATIONS = (
    Publication(
        name="offices",
        title=LocalText("ผู้ดำรงตำแหน่ง", "People in office"),
        notes=LocalText(
            "ผู้ดำรงตำแหน่งสาธารณะของเมือง ตามที่แหล่งที่มาเปิดเผยระบุ หนึ่งแถวต่อหนึ่งคำกล่าวของแหล่งที่มา",
            "Who holds or held a public office in a city, as public sources say: a row for each statement of a source.",
        ),
        columns=columns_of(OFFICE),
        rows=lambda: values_of(Office.objects.order_by("city__slug", "person__slug", "kind", "source__slug"), OFFICE),
        keywords=(LocalText("ผู้บริหารเมือง", "mayors"),),
        key=("city", "person", "kind", "source"),
        points_at=(("city", "cities", "slug"), ("source", "sources", "slug")),
    ),
)
