import pytest
from django.utils import translation

from tests.cities.test_kinds import CITY, COMPONENT, MILESTONE, OFFICE, PERSON, PROFILE, sourced
from tests.factories.cities import make_alias, make_city, make_milestone, make_office
from tests.factories.content import NEW_SOURCE, SOURCE, filled
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

VALUES = {
    "profile": PROFILE,
    "milestone": MILESTONE,
    "component": COMPONENT,
    "office": {**OFFICE, **PERSON, "person": "new"},
    "person": PERSON,
    "city": CITY,
}
HUGE = "ก" * 60_000


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.fixture
def source():
    return make_source()


def tried(kind, city, source, changes=None):
    values = sourced(VALUES[kind], source) | ({"province": city.province_id} if kind == "city" else {})
    return filled(kind, values | (changes or {}), city.slug, city if kind in ("city", "profile") else None)


@pytest.mark.parametrize("kind", VALUES)
def test_form_takes_what_is_right(city, source, kind):
    assert tried(kind, city, source).errors == {}


@pytest.mark.parametrize(
    ("kind", "wrong", "at"),
    [
        ("profile", {"as_of": ""}, "as_of"),
        ("profile", {"as_of": "31 กุมภาพันธ์ 2567"}, "as_of"),
        ("profile", {"source": ""}, "source"),
        ("profile", {"source": "no-such-source"}, "source"),
        ("profile", {"source": "new"}, "source_title"),
        ("profile", {"vision_en": "word " * 201}, "vision_en"),
        ("profile", {"introduction_th": "เมือง " * 51}, "introduction_th"),
        ("profile", {"equity_inclusion_en": f"<p>{'word ' * 201}</p>"}, "equity_inclusion_en"),
        ("profile", {"mission_th": HUGE}, "mission_th"),
        ("profile", {"original": "fr"}, "original"),
        ("milestone", {"text_th": "", "text_en": ""}, "text_th"),
        ("milestone", {"happened_on": "31/2/2567"}, "happened_on"),
        ("milestone", {"happened_on": "2024-13-01"}, "happened_on"),
        ("milestone", {"text_en": HUGE}, "text_en"),
        ("milestone", {"certainty": "maybe"}, "certainty"),
        ("component", {"name_th": "", "name_en": " "}, "name_th"),
        ("component", {"name_en": "x" * 201}, "name_en"),
        ("component", {"kind": "village"}, "kind"),
        ("office", {"person": ""}, "person"),
        ("office", {"person": "nobody"}, "person"),
        ("office", {"person_name_th": "", "person_name_en": ""}, "person_name_th"),
        ("office", {"person_title_th": "น" * 61}, "person_title_th"),
        ("office", {"as_of": "31 กุมภาพันธ์ 2567"}, "as_of"),
        ("office", {"starts_on": "2567", "ends_on": "2566"}, "ends_on"),
        ("office", {"title_th": "1-2345-67890-12-3"}, "title_th"),
        ("office", {"person_name_th": "สมมุติ ๑๒๓๔๕๖๗๘๙๐๑๒๓"}, "person_name_th"),
        ("office", {"other_names": "x" * 151}, "other_names"),
        ("person", {"person_name_th": "", "person_name_en": ""}, "person_name_th"),
        ("person", {"other_names": "ชื่อ\n1234567890123"}, "other_names"),
        ("city", {"name_en": ""}, "name_en"),
        ("city", {"name_th": "ก" * 151}, "name_th"),
        ("city", {"kind": "village"}, "kind"),
        ("city", {"province": "99"}, "province"),
        ("city", {"latitude": "16,4"}, "latitude"),
        ("city", {"latitude": "164"}, "latitude"),
        ("city", {"longitude": "200"}, "longitude"),
        ("city", {"longitude": "102.1234567"}, "longitude"),
        ("city", {"longitude": ""}, "longitude"),
        ("city", {"source": ""}, "source"),
        ("city", {"body_2_th": "มหาวิทยาลัย"}, "body_2_source"),
        ("city", {"names_alias": "KK", "names_abbreviation": "KK"}, "names_abbreviation"),
        ("city", {"names_alias": "x" * 151}, "names_alias"),
    ],
)
def test_form_refuses_what_is_wrong_at_its_field_and_keeps_what_was_typed(city, source, kind, wrong, at):
    form = tried(kind, city, source, wrong)

    assert list(form.errors) == [at]
    assert {name: form[name].value() for name in wrong} == wrong


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("๒๕๖๗", "2024"), ("ก.ย. 2567", "2024-09"), ("17/9/2567", "2024-09-17"), ("๑๗ กันยายน ๒๕๖๗", "2024-09-17")],
)
def test_form_reads_dates_as_people_type_them(city, source, typed, meant):
    form = tried("milestone", city, source, {"happened_on": typed})

    assert str(form.cleaned_data["happened_on"]) == meant


def test_form_reads_numbers_in_thai_digits(city, source):
    form = tried("city", city, source, {"latitude": "๑๖.๔๓๘"})

    assert str(form.cleaned_data["latitude"]) == "16.438"


@pytest.mark.parametrize("text", ["เหตุการณ์ภาษาไทยล้วน", "🎉🎉", "<script>alert(1)</script>"])
def test_form_takes_any_text_as_text(city, source, text):
    form = tried("milestone", city, source, {"text_th": text, "text_en": ""})

    assert form.errors == {}
    assert form.cleaned_data["text_th"] == text


def test_form_cleans_a_rich_text(city, source):
    form = tried("component", city, source, {"text_th": "<p>ศิลปะ<script>alert(1)</script></p>"})

    assert form.cleaned_data["text_th"] == "<p>ศิลปะ</p>"


def test_form_without_any_text_of_a_profile_says_so(city, source):
    empty = {name: "" for name in PROFILE if name.endswith(("_th", "_en"))}

    assert list(tried("profile", city, source, empty).errors) == ["vision_th"]


def test_form_of_an_office_leaves_the_names_of_somebody_known_alone(city, source):
    form = tried("office", city, source, {"person": make_office(city=city).person.slug})

    assert set(form.errors) == {name for name in PERSON if PERSON[name]}


def test_form_of_an_office_refuses_what_its_source_says_already(city):
    office = make_office(city=city, kind="focal_point")
    values = {**OFFICE, "person": office.person.slug, "source": office.source.slug, **SOURCE}

    assert list(filled("office", values, city.slug).errors) == ["source"]
    assert filled("office", values, city.slug, office).errors == {}


@pytest.mark.parametrize("kind", VALUES)
def test_form_without_anything_names_what_is_missing(city, kind):
    assert filled(kind, {}, city.slug).errors != {}


@pytest.mark.parametrize("kind", VALUES)
def test_form_shows_every_field_once_each_with_a_hint(city, kind):
    form = filled(kind, {}, city.slug)
    items = [item for _section, items in form.layout() for item in items]

    assert sorted(field.name for item in items for field in item.fields) == sorted(form.fields)
    bare = [item.name for item in items if not (item.pair.hint if item.pair else item.fields[0].help_text)]
    assert bare == []


def test_form_of_a_new_source_refuses_an_address_that_is_none(city):
    values = {**MILESTONE, **NEW_SOURCE, "source_url": "javascript:alert(1)"}

    assert list(filled("milestone", values, city.slug).errors) == ["source_url"]


def test_form_costs_the_same_with_many_records(city, source, django_assert_num_queries):
    make_milestone(city=city)
    make_alias(city=city)
    with django_assert_num_queries(7):
        tried("milestone", city, source)
    for _again in range(3):
        make_milestone(city=city)
    with django_assert_num_queries(7):
        tried("milestone", city, source)
