"""Whatever way a record goes that was handed out by OAI-PMH, it is told of for ever that it went."""

import pytest

from learningcity.imports import tasks
from learningcity.imports.actions import undo_import
from learningcity.library.models import LearningResource
from learningcity.moderation.actions import approve, propose_removal, submit
from learningcity.moderation.models import Revision
from learningcity.opendata.actions import withdraw_dataset
from tests.factories.cities import make_city, make_role
from tests.factories.content import make_officers, publish
from tests.factories.imports import make_import, text, write_import
from tests.factories.library import make_resource
from tests.factories.opendata import make_dataset, make_version
from tests.factories.pictures import make_picture
from tests.factories.practices import make_practice
from tests.factories.sources import make_source
from tests.interfaces.oai import OAI, ask, texts

pytestmark = pytest.mark.django_db
ROW = {
    "city": "khon-kaen",
    "title_en": "Weaving",
    "url": "https://example.org/weaving",
    "kind": "video",
    "subject": "arts",
    "format": "video",
    "stages": "youth",
    "languages": "th",
    "source": "report",
}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user


@pytest.fixture
def written(city, secretary):
    """A resource that came in a spreadsheet, and its import."""
    make_source(slug="report")
    return write_import(make_import(text([tuple(ROW), tuple(ROW.values())]), "learning-resources", by=secretary))


def undo(upload):
    undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)


def remove(kind, record, city):
    """Let two officers take a record off the site."""
    editor, approver = make_officers(city)
    approve(submit(propose_removal((kind, str(record.pk)), by=editor), by=editor), by=approver)


def headers(client, of):
    """Return whether the records of a set are deleted, by their dates, as GetRecord says as well."""
    tree = ask(client, "ListRecords", metadataPrefix="oai_dc", set=of)
    said = {one.findtext(f"{OAI}identifier"): one.get("status") for one in tree.iter(f"{OAI}header")}
    for identifier, status in said.items():
        again = ask(client, "GetRecord", metadataPrefix="oai_dc", identifier=identifier)
        assert [one.get("status") for one in again.iter(f"{OAI}header")] == [status]
    return list(said.values())


def history():
    told = Revision.objects.filter(kind="learning-resource").order_by("number")
    return list(told.values_list("number", "place", "title", "values"))


@pytest.mark.parametrize("kind", ["practice", "learning-resource"])
def test_what_officers_take_off_the_site_leaves_a_tombstone(client, city, kind):
    record = make_practice(city=city) if kind == "practice" else make_resource(city=city)
    of = kind.removeprefix("learning-")
    before = headers(client, of)

    remove(kind, record, city)

    assert (before, headers(client, of)) == ([None], ["deleted"])


def test_what_came_in_a_spreadsheet_leaves_a_tombstone_when_that_is_undone(client, written):
    before = headers(client, "resource")

    undo(written)

    assert LearningResource.objects.count() == 0
    assert (before, headers(client, "resource")) == ([None], ["deleted"])
    assert history() == [(1, "khon-kaen", "Weaving", {})]


@pytest.mark.parametrize("field", ["title_en", "photo"])
def test_what_somebody_changed_since_stays_and_is_no_tombstone(client, city, written, field):
    said = "Weaving cotton" if field == "title_en" else str(make_picture(place="khon-kaen").pk)
    publish("learning-resource", city, {field: said}, LearningResource.objects.get())

    undo(written)

    assert headers(client, "resource") == [None]
    assert [row.left for row in written.rows.all()] == ["Somebody changed it since, so it stays as it is."]


@pytest.mark.parametrize("change", ["import", "undo"])
def test_a_change_by_a_spreadsheet_has_the_date_of_the_change(client, written, secretary, change):
    LearningResource.objects.update(changed_at="2026-01-02T00:00:00Z")
    again = ROW | {"title_en": "Weaving", "authors": "Sample Author"}
    upload = write_import(make_import(text([tuple(again), tuple(again.values())]), "learning-resources", by=secretary))
    if change == "undo":
        LearningResource.objects.update(changed_at="2026-01-02T00:00:00Z")
        undo(upload)

    tree = ask(client, "ListIdentifiers", metadataPrefix="oai_dc", set="resource", from_="2026-01-03")

    assert len(texts(tree, "identifier")) == 1


def test_a_dataset_that_is_withdrawn_leaves_a_tombstone(client, secretary):
    dataset = make_version(dataset=make_dataset()).dataset
    before = headers(client, "dataset")

    withdraw_dataset(dataset, "ข้อมูลผิด", "Wrong data", by=secretary)

    assert (before, headers(client, "dataset")) == ([None], ["deleted"])
