import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from learningcity.cities.models import Alias, City, DrivingBody, Milestone, Office, Person, Policy, Profile
from learningcity.moderation.actions import begin
from learningcity.moderation.registry import kind_named
from learningcity.search.models import Document
from learningcity.sources.models import Source
from tests.factories.cities import (
    make_alias,
    make_city,
    make_component,
    make_driving_body,
    make_milestone,
    make_office,
    make_person,
    make_policy,
    make_profile,
    make_province,
    make_role,
)
from tests.factories.content import NEW_SOURCE, SOURCE, filled, values_of, written
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

PROFILE = {
    "introduction_th": "เมืองกลางภาคอีสาน",
    "introduction_en": "A city in the northeast.",
    "vision_th": "เมืองที่ทุกคนเรียนรู้ 🌱",
    "vision_en": "",
    "mission_th": "",
    "mission_en": "A mission\nof two lines.",
    "sustainability_health_th": "<p>สุขภาพ <strong>ดี</strong></p>",
    "sustainability_health_en": "",
    "equity_inclusion_th": "",
    "equity_inclusion_en": "",
    "decent_work_th": "งาน",
    "decent_work_en": "Work.",
    "original": "th",
    "as_of": "2024-09",
}
MILESTONE = {
    "happened_on": "2024-09-17",
    "text_th": "ลงนามความร่วมมือ",
    "text_en": "A memorandum is signed.",
    "original": "th",
    "certainty": "inferred",
}
OFFICE = {
    "person_title_th": "",
    "person_title_en": "",
    "person_name_th": "",
    "person_name_en": "",
    "other_names": "",
    "kind": "focal_point",
    "title_th": "ผู้อำนวยการสำนักการศึกษา",
    "title_en": "",
    "as_of": "2024",
    "starts_on": "2021-03-28",
    "ends_on": "",
}
PERSON = {
    "person_title_th": "นาย",
    "person_title_en": "Mr",
    "person_name_th": "บุคคล ตัวอย่าง",
    "person_name_en": "Sample Person",
    "other_names": "Sampel Person\nแซมเปิล",
}
COMPONENT = {
    "kind": "place",
    "name_th": "หอศิลป์",
    "name_en": "",
    "text_th": "<ul><li>ศิลปะ</li></ul>",
    "text_en": "",
    "original": "th",
}
CITY = {
    "name_th": "ขอนแก่น",
    "name_en": "Khon Kaen",
    "kind": "municipality",
    "uncertainty_th": "",
    "uncertainty_en": "Town or province?",
    "names_alias": "เทศบาลนครขอนแก่น\nKhon Kaen City Municipality",
    "names_romanization": "Khonkaen",
    "names_abbreviation": "ทน.ขอนแก่น",
    "names_misnomer": "",
    "latitude": "16.438",
    "longitude": "102.837",
    **{f"body_{number}_{part}": "" for number in range(1, 6) for part in ("th", "en", "source")},
}


def sourced(values, source):
    return {**values, "source": source.slug, **SOURCE}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.fixture
def source():
    return make_source()


# --- What is typed comes back ---


def test_profile_comes_back_as_it_was_typed_as_a_new_version(city, source):
    old = make_profile(city=city)

    written("profile", sourced(PROFILE, source), "khon-kaen", city)

    assert values_of("profile", city) == sourced(PROFILE, source)
    assert list(Profile.objects.order_by("version").values_list("pk", "version")[:1]) == [(old.pk, 1)]
    assert set(Policy.objects.values_list("theme", "profile__version")) == {
        ("sustainability_health", 2),
        ("decent_work", 2),
    }


def test_first_profile_of_a_city_is_version_one(city, source):
    assert values_of("profile", city) == {}

    written("profile", sourced(PROFILE, source), "khon-kaen", city)

    assert list(city.profiles.values_list("version", flat=True)) == [1]


@pytest.mark.parametrize(("kind", "values"), [("milestone", MILESTONE), ("component", COMPONENT)])
def test_new_and_changed_records_come_back_as_they_were_typed(city, source, kind, values):
    record = written(kind, sourced(values, source), "khon-kaen")
    assert values_of(kind, record) == sourced(values, source)

    changed = sourced({**values, "original": "en"}, make_source())
    again = written(kind, changed, "khon-kaen", record)
    assert (values_of(kind, again), again.pk, again.city) == (changed, record.pk, city)


def test_office_of_somebody_known_comes_back_as_it_was_typed(city, source):
    values = sourced({"person": make_office(city=city).person.slug, **OFFICE}, source)

    office = written("office", values, "khon-kaen")

    assert values_of("office", office) == values


def test_office_of_a_new_person_writes_both(city, source):
    office = written("office", sourced({**OFFICE, **PERSON, "person": "new"}, source), "khon-kaen")

    assert office.person.slug == "sample-person"
    assert values_of("person", office.person) == PERSON


def test_person_comes_back_as_typed_and_keeps_their_offices(city):
    office = make_office(city=city)

    person = written("person", PERSON, "khon-kaen", office.person)

    assert (values_of("person", person), person.offices.get(), person.slug) == (PERSON, office, office.person.slug)


def test_city_comes_back_as_it_was_typed(city, source):
    values = sourced({**CITY, "province": make_province().code, "body_1_th": "มหาวิทยาลัย", "body_3_en": "A"}, source)
    values |= {"body_1_source": source.slug, "body_3_source": make_source().slug}

    city = written("city", values, "khon-kaen", city)

    assert values_of("city", city) == values


def test_new_city_of_the_secretariat_gets_an_address_of_its_own(source):
    values = sourced({**CITY, "province": make_province().code}, source)

    new = written("city", values, "")

    assert (values_of("city", new), new.slug) == (values, "khon-kaen")
    assert list(filled("city", values, "").errors) == ["name_th"]


def test_new_city_is_begun_by_the_secretariat_alone(city):
    editor = make_role(city=city).user

    begin(("city", "", ""), uuid.uuid4(), by=make_role(kind="secretariat").user)
    for place in ("", "khon-kaen"):
        with pytest.raises(PermissionDenied):
            begin(("city", place, ""), uuid.uuid4(), by=editor)


def test_city_keeps_the_rows_that_stay_as_they_are(city, source):
    kept, gone = make_alias(city=city, name="เทศบาลนครขอนแก่น"), make_alias(city=city, name="KK")
    body = make_driving_body(city=city, position=1)

    values = values_of("city", city) | sourced({"names_alias": "เทศบาลนครขอนแก่น\nใหม่"}, source)
    written("city", values | {"latitude": "", "longitude": "", "source": ""}, "khon-kaen", city)

    assert list(Alias.objects.order_by("pk").values_list("name", flat=True)) == ["เทศบาลนครขอนแก่น", "ใหม่"]
    assert (Alias.objects.filter(pk=kept.pk).exists(), Alias.objects.filter(pk=gone.pk).exists()) == (True, False)
    assert DrivingBody.objects.get() == body


def test_city_moves_a_name_from_one_list_to_another(city):
    make_alias(city=city, name="KK")

    values = values_of("city", city) | {"names_alias": "", "names_abbreviation": "KK"}
    written("city", values, "khon-kaen", city)

    assert list(Alias.objects.values_list("name", "kind")) == [("KK", "abbreviation")]


def test_city_loses_a_driving_body_whose_name_is_taken_out(city):
    make_driving_body(city=city, position=1)

    written("city", values_of("city", city) | {"body_1_th": "", "body_1_en": ""}, "khon-kaen", city)

    assert DrivingBody.objects.count() == 0


def test_values_of_a_loaded_record_change_nothing_when_they_are_saved_again(city):
    records = {
        "milestone": make_milestone(city=city),
        "component": make_component(city=city),
        "office": make_office(city=city),
    }

    for kind, record in records.items():
        before = values_of(kind, record)
        assert values_of(kind, written(kind, before, "khon-kaen", record)) == before


def test_two_languages_of_line_ends_become_one(city, source):
    stone = written("milestone", sourced({**MILESTONE, "text_th": "หนึ่ง\r\nสอง"}, source), "khon-kaen")

    assert stone.text_th == "หนึ่ง\nสอง"


# --- Sources ---


def test_new_source_is_written_once_and_can_be_found(city):
    for _twice in range(2):
        written("milestone", {**MILESTONE, **NEW_SOURCE}, "khon-kaen")

    found = Source.objects.get(url="https://example.org/report")
    assert (found.title_th, found.publisher_th, found.published_on.isoformat()) == (
        "รายงานประจำปี 2567",
        "เทศบาล",
        "2024-09-01",
    )
    assert Document.objects.filter(kind="source", key=str(found.pk)).count() == 1


def test_new_source_serves_every_field_that_asks_for_one(city):
    values = {**CITY, **NEW_SOURCE, "province": city.province_id, "body_1_th": "มหาวิทยาลัย", "body_1_source": "new"}

    city = written("city", values, "khon-kaen", city)

    assert city.location_source == city.driving_bodies.get().source


def test_sources_to_choose_begin_with_those_of_the_city(city):
    own = make_milestone(city=city).source
    make_milestone()

    choices = [value for value, _label in filled("milestone", {}, "khon-kaen").fields["source"].choices]

    assert choices[:2] == ["", own.slug]
    assert choices[-1] == "new"


# --- Search ---


def test_what_is_published_can_be_found_and_what_is_removed_cannot(city, source):
    def known():
        return Document.objects.filter(kind="city").values_list("body_th", flat=True).first() or ""

    stone = written("milestone", sourced(MILESTONE, source), "khon-kaen")
    assert "ลงนาม" in known().replace("\u200b", "")
    kind_named("milestone").remove(stone)
    assert "ลงนาม" not in known().replace("\u200b", "")
    assert Milestone.objects.count() == 0


def test_person_without_an_office_is_forgotten(city):
    first = make_office(city=city)
    other = make_office(city=city, person=first.person)

    kind_named("office").remove(first)
    assert Person.objects.count() == 1
    kind_named("office").remove(other)

    assert (Person.objects.count(), Office.objects.count(), Document.objects.filter(kind="person").count()) == (0, 0, 0)


def test_office_given_to_somebody_else_forgets_who_has_none(city):
    office, known = make_office(city=city), make_office(city=city).person
    values = values_of("office", office) | {"person": known.slug}

    written("office", values, "khon-kaen", office)

    assert list(Person.objects.values_list("pk", flat=True)) == [known.pk]


# --- Places and order ---


def test_records_in_a_place_are_its_own(city):
    others = make_city()
    stone, office, part = make_milestone(city=city), make_office(city=city), make_component(city=city)
    make_milestone(city=others)
    make_component(city=others)
    make_office(city=others)

    found = {name: list(kind_named(name).records_in("khon-kaen")) for name in ("milestone", "office", "person", "city")}
    found["component"] = list(kind_named("component").records_in("khon-kaen"))

    assert found == {
        "milestone": [stone],
        "office": [office],
        "person": [office.person],
        "city": [city],
        "component": [part],
    }
    assert [kind_named(name).place_of(record) for name, (record,) in found.items()] == ["khon-kaen"] * 5


def test_person_without_an_office_belongs_to_the_whole_network():
    assert kind_named("person").place_of(make_person()) == ""


def test_milestones_of_one_day_follow_each_other(city, source):
    first = written("milestone", sourced(MILESTONE, source), "khon-kaen")
    second = written("milestone", sourced({**MILESTONE, "text_en": ""}, source), "khon-kaen")
    moved = written("milestone", sourced({**MILESTONE, "happened_on": "2025"}, source), "khon-kaen", first)

    assert [first.position, second.position, moved.position] == [1, 2, 1]
    assert first.slug == "a-memorandum-is-signed"
    assert second.slug != first.slug


def test_titles_name_the_record(city):
    with translation.override("en"):
        assert str(kind_named("profile").title_of(City(name_en="Khon Kaen"))) == "Profile of Khon Kaen"
        office = make_office(city=city)
        assert kind_named("office").title_of(office) == f"{office.person.name_en}, mayor"


def test_policies_of_an_older_version_stay(city, source):
    old = make_policy(profile=make_profile(city=city))

    written("profile", sourced(PROFILE, source), "khon-kaen", city)

    assert old in Policy.objects.filter(profile__version=1)


@pytest.mark.parametrize("kind", ["milestone", "component", "office", "practice", "answer"])
def test_what_is_told_of_a_city_is_not_begun_for_the_whole_network(kind):
    secretary = make_role(kind="secretariat").user

    with pytest.raises(PermissionDenied):
        begin((kind, "", ""), uuid.uuid4(), by=secretary)
    with pytest.raises(PermissionDenied):
        begin((kind, "no-such-city", ""), uuid.uuid4(), by=secretary)
