import pytest

from learningcity.library.models import LearningPlace, LearningResource
from learningcity.search.models import Document
from tests.factories.cities import make_city, make_role
from tests.factories.imports import make_import, text, write_import
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

PLACE = {"city": "sample", "name_th": "ห้องสมุด", "kind": "ห้องสมุด", "source": "report"}
RESOURCE = {
    "city": "sample",
    "title_en": "Weaving",
    "url": "https://example.org/weaving",
    "kind": "video",
    "subject": "arts",
    "format": "video",
    "stages": "youth; working",
    "languages": "th|nod",
    "source": "report",
}


@pytest.fixture(autouse=True)
def _known():
    make_source(slug="report")
    make_city(slug="sample")


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user


def upload(table, row, by):
    return make_import(text([tuple(row), tuple(row.values())]), table, by=by)


def test_places_are_written_once_and_found_by_the_search(secretary):
    row = PLACE | {"latitude": "16.438", "longitude": "102.837", "access": "wheelchair; quiet", "cost": "ฟรี"}
    row |= {"weekly": "อ.-อา. ๙.๐๐-๑๗.๐๐ น.", "อำเภอ": "เมือง", "subjects": "reading; arts"}

    write_import(upload("learning-places", row, secretary))
    again = upload("learning-places", row | {"name_en": ""}, secretary)

    place = LearningPlace.objects.get()
    assert (place.weekly[:14], place.area_th, place.subjects) == ("Tu 09:00-17:00", "เมือง", ["reading", "arts"])
    assert (place.kind, place.access, place.cost, place.original) == ("library", ["wheelchair", "quiet"], "free", "th")
    assert again.unchanged == 1
    assert Document.objects.filter(kind="learning-place", key=str(place.pk)).exists()


def test_resources_are_written_once_and_found_by_the_search(secretary):
    write_import(upload("learning-resources", RESOURCE | {"minutes": "45"}, secretary))
    again = upload("learning-resources", RESOURCE | {"authors": ""}, secretary)

    resource = LearningResource.objects.get()
    assert (resource.stages, resource.languages, resource.license) == (
        ["youth", "working"],
        ["th", "nod"],
        "notspecified",
    )
    assert again.unchanged == 1
    assert Document.objects.filter(kind="learning-resource", key=str(resource.pk)).exists()


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name_th": ""}, "name_th"),
        ({"kind": "castle"}, "kind"),
        ({"access": "quiet; wings"}, "access"),
        ({"latitude": "16.438"}, "longitude"),
        ({"latitude": "102.837", "longitude": "16.438"}, "latitude"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"weekly": "by appointment"}, "weekly"),
        ({"source": ""}, "source"),
        ({"city": "atlantis"}, "city"),
    ],
)
def test_a_place_that_is_wrong_says_where(wrong, at, secretary):
    refused = upload("learning-places", PLACE | wrong, secretary)

    assert list(refused.rows.get().reasons) == [at]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title_en": ""}, "title_th"),
        ({"url": ""}, "url"),
        ({"url": "ftp://example.org"}, "url"),
        ({"stages": ""}, "stages"),
        ({"languages": "klingon"}, "languages"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "9" * 40}, "minutes"),
        ({"license": "mine"}, "license"),
    ],
)
def test_a_resource_that_is_wrong_says_where(wrong, at, secretary):
    refused = upload("learning-resources", RESOURCE | wrong, secretary)

    assert list(refused.rows.get().reasons) == [at]
