"""What only the database knows: its constraints are part of the verdict, in words."""

import pytest

from learningcity.common.text import LocalText
from learningcity.imports.registry import Column, Table, Text, tables as registered
from learningcity.sources.models import Source
from tests.factories.imports import make_import, text, write_import
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

SOURCES = Table(
    name="samples",
    label=LocalText("ตัวอย่าง", "Samples"),
    model=Source,
    columns=tuple(
        Column(name=name, label=LocalText("", ""), cell=Text()) for name in ("slug", "title_th", "note_en", "url")
    ),
    keys=(("slug",),),
    fields=lambda values, known: {"kind": "document", "original": "th", **values},
    cells=lambda source: {"slug": source.slug},
    records_in=lambda place: Source.objects.all(),
    place_of=lambda source: "",
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setitem(registered.__globals__["_tables"], "samples", SOURCES)


def test_a_row_that_the_database_refuses_is_refused_in_the_preview_already(secretary):
    content = text([("slug", "title_th"), ("one", "หนึ่ง"), ("two", ""), ("three", "สาม")])

    upload = make_import(content, "samples", by=secretary)

    assert list(upload.rows.order_by("number").values_list("verdict", flat=True)) == ["added", "refused", "added"]
    assert list(upload.rows.get(number=3).reasons.values()) == ["Constraint “sources_source_has_a_title” is violated."]
    assert Source.objects.count() == 0


def test_the_good_rows_beside_it_are_written(secretary):
    content = text([("slug", "title_th"), ("one", "หนึ่ง"), ("two", ""), ("three", "สาม")])

    upload = write_import(make_import(content, "samples", by=secretary), "good")

    assert list(Source.objects.order_by("pk").values_list("slug", flat=True)) == ["one", "three"]
    assert (upload.added, upload.refused) == (2, 1)


def test_a_change_that_the_database_refuses_is_refused_too(secretary):
    known = make_source(slug="one", title_th="หนึ่ง", title_en="")

    upload = make_import(text([("slug", "title_th"), ("one", "")]), "samples", by=secretary)

    known.refresh_from_db()
    assert (upload.refused, known.title_th) == (1, "หนึ่ง")


def test_what_a_sorted_name_is_sorted_by_follows_it(secretary):
    known = make_source(slug="one", title_th="หนึ่ง")

    write_import(make_import(text([("slug", "title_th"), ("one", "สอง")]), "samples", by=secretary))

    before = known.sort_th
    known.refresh_from_db()
    assert (known.title_th, known.sort_th != before) == ("สอง", True)


def test_a_column_that_the_file_lacks_leaves_what_is_stored_and_an_empty_cell_empties_it(secretary):
    make_source(slug="one", title_th="หนึ่ง", note_en="kept", url="https://example.org/")

    write_import(make_import(text([("slug", "title_th", "url"), ("one", "หนึ่ง", "")]), "samples", by=secretary))

    assert Source.objects.values_list("note_en", "url").get(slug="one") == ("kept", "")
