import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from learningcity.library.models import LearningPlace, LearningResource
from learningcity.library.queries import sources_of
from learningcity.moderation.actions import approve, begin
from learningcity.moderation.registry import kind_named
from learningcity.search.models import Document
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.content import SOURCE, filled, make_officers, propose, publish, values_of, written
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_dataset
from tests.factories.pictures import make_picture
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

RESOURCE = {
    "title_th": "อ่านให้ลูกฟัง",
    "title_en": "Reading aloud",
    "summary_th": "คำอธิบาย",
    "summary_en": "",
    "kind": "guide",
    "subject": "family",
    "theme": "equity_inclusion",
    "teaches_th": "อ่านออกเสียง",
    "teaches_en": "",
    "assesses_th": "",
    "assesses_en": "",
    "original": "th",
    "stages": ["early", "school"],
    "levels": [],
    "audiences": ["parent"],
    "languages": ["th", "nod"],
    "senses": ["textual", "visual"],
    "access": ["largePrint"],
    "photo": "",
    "url": "https://example.org/aloud",
    "dataset": "",
    "format": "document",
    "minutes": "45",
    "cost": "free",
    "authors": "Sample Author",
    "publisher_th": "สำนักพิมพ์ตัวอย่าง",
    "publisher_en": "",
    "license": "CC-BY-4.0",
}
PLACE = {
    "name_th": "ห้องสมุดเด็ก",
    "name_en": "Children’s Library",
    "summary_th": "",
    "summary_en": "Books for children.",
    "kind": "library",
    "original": "en",
    "subjects": ["reading"],
    "photo": "",
    "stages": ["early"],
    "access": ["wheelchair", "quiet"],
    "cost": "free",
    "area_th": "ในเมือง",
    "area_en": "Nai Mueang",
    "address_th": "ถนนตัวอย่าง",
    "address_en": "",
    "latitude": "16.438",
    "longitude": "102.837",
    "weekly": "Tu-Fr 09:00-12:00, 13:00-17:00; Sa-Su 10:00-16:00",
    "hours_th": "",
    "hours_en": "every day",
    "contact": "desk@example.org",
    "url": "https://example.org/library",
}
KINDS = {"learning-resource": RESOURCE, "learning-place": PLACE}
MODELS = {"learning-resource": LearningResource, "learning-place": LearningPlace}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


def typed(kind, /, **changes):
    return KINDS[kind] | {"source": make_source().slug, **SOURCE} | changes


@pytest.mark.parametrize("kind", KINDS)
def test_record_comes_back_as_it_was_typed(kind, city):
    values = typed(kind)

    record = written(kind, values, "khon-kaen")

    assert values_of(kind, record) == values
    assert record.city == city


@pytest.mark.parametrize("kind", KINDS)
def test_record_that_is_changed_keeps_its_address(kind, city):
    record = written(kind, typed(kind), "khon-kaen")
    changed = values_of(kind, record) | {"cost": "paid", "stages": ["all"], "access": []}

    again = written(kind, changed, "khon-kaen", record)

    assert (values_of(kind, again), again.pk, again.slug) == (changed, record.pk, record.slug)


def test_resource_of_the_network_belongs_to_no_city():
    resource = written("learning-resource", typed("learning-resource"), "")

    assert (resource.city, resource.slug) == (None, "reading-aloud")
    assert list(kind_named("learning-resource").records_in("")) == [resource]


def test_place_is_of_a_city_only():
    kind = kind_named("learning-place")

    assert (kind.may_begin_in("khon-kaen"), kind.may_begin_in("")) == (True, False)


def test_resource_may_be_a_dataset_of_its_place(city):
    dataset = make_dataset(place="khon-kaen")

    resource = written("learning-resource", typed("learning-resource", url="", dataset=dataset.slug), "khon-kaen")

    assert (resource.dataset, resource.url) == (dataset, "")


def test_resource_is_no_dataset_that_nobody_may_see(city):
    hidden = make_dataset(place="khon-kaen", category="personal")

    form = filled("learning-resource", typed("learning-resource", dataset=hidden.slug), "khon-kaen")

    assert list(form.errors) == ["dataset"]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title_th": "", "title_en": ""}, "title_th"),
        ({"title_en": "x" * 201}, "title_en"),
        ({"summary_en": "word " * 121}, "summary_en"),
        ({"stages": []}, "stages"),
        ({"stages": ["afterlife"]}, "stages"),
        ({"languages": []}, "languages"),
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "9" * 30}, "minutes"),
        ({"license": ""}, "license"),
        ({"dataset": "no-such"}, "dataset"),
        ({"senses": ["smelling"]}, "senses"),
        ({"photo": "12"}, "photo"),
        ({"source": ""}, "source"),
    ],
)
def test_resource_that_is_wrong_says_where(wrong, at, city):
    form = filled("learning-resource", typed("learning-resource", **wrong), "khon-kaen")

    assert list(form.errors) == [at]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name_th": "", "name_en": ""}, ["name_th"]),
        ({"kind": "castle"}, ["kind"]),
        ({"latitude": ""}, ["latitude"]),
        ({"longitude": ""}, ["longitude"]),
        ({"latitude": "102.837", "longitude": "16.438"}, ["latitude", "longitude"]),
        ({"latitude": "north"}, ["latitude"]),
        ({"url": "example"}, ["url"]),
        ({"access": ["wings"]}, ["access"]),
        ({"subjects": ["cats"]}, ["subjects"]),
        ({"weekly": "by appointment"}, ["weekly"]),
        ({"photo": "12"}, ["photo"]),
    ],
)
def test_place_that_is_wrong_says_where(wrong, at, city):
    form = filled("learning-place", typed("learning-place", **wrong), "khon-kaen")

    assert list(form.errors) == at


def test_place_whose_numbers_are_swapped_is_told_so(city):
    with override("en"):
        form = filled("learning-place", typed("learning-place", latitude="102.837", longitude="16.438"), "khon-kaen")

        assert "Are the two numbers swapped?" in form.errors["latitude"][0]


@pytest.mark.parametrize("kind", KINDS)
def test_record_is_published_by_two_officers_and_found(kind, city):
    publish(kind, city, typed(kind))

    record = MODELS[kind].objects.get()
    assert Document.objects.filter(kind=kind, key=str(record.pk)).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_record_publishes_its_photo(kind, city):
    photo = make_picture(place="khon-kaen")

    record = written(kind, typed(kind, photo=str(photo.pk)), "khon-kaen")

    photo.refresh_from_db()
    assert (record.photo, photo.is_public, values_of(kind, record)["photo"]) == (photo, True, str(photo.pk))


@pytest.mark.parametrize("kind", KINDS)
def test_record_shows_no_photo_of_another_city(kind, city):
    photo = make_picture(place="elsewhere")

    assert list(filled(kind, typed(kind, photo=str(photo.pk)), "khon-kaen").errors) == ["photo"]


@pytest.mark.parametrize("kind", KINDS)
def test_record_that_is_removed_is_found_no_more(kind, city):
    record = written(kind, typed(kind), "khon-kaen")

    remove = kind_named(kind).remove
    assert remove
    remove(record)

    assert (MODELS[kind].objects.count(), Document.objects.filter(kind=kind).count()) == (0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_stranger_may_not_begin_a_record(kind, city):
    elsewhere = make_role(city=make_city(), user=make_user(name="Sample Officer")).user

    for stranger in (make_user(name="Sample Stranger"), elsewhere):
        with pytest.raises(PermissionDenied):
            begin((kind, "khon-kaen", ""), uuid.uuid4(), by=stranger)


@pytest.mark.parametrize("kind", KINDS)
def test_stranger_may_not_approve_a_record(kind, city):
    editor, _approver = make_officers(city)
    proposal = propose(kind, city, typed(kind), editor)
    elsewhere = make_role(city=make_city(), kind="approver", user=make_user(name="Sample Approver")).user

    for stranger in (editor, make_user(name="Sample Stranger"), elsewhere):
        with pytest.raises(PermissionDenied):
            approve(proposal, by=stranger)
    assert MODELS[kind].objects.count() == 0


def test_sources_of_a_city_are_those_of_its_places_and_resources(city):
    place, resource = make_place(city=city), make_resource(city=city)
    make_place()
    make_resource()

    assert set(sources_of("khon-kaen")) == {place.source_id, resource.source_id}
