import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.utils import translation

from learningcity.moderation.actions import begin
from learningcity.moderation.models import Revision
from learningcity.moderation.registry import kind_named
from learningcity.opendata.models import DIMENSIONS, Observation
from learningcity.opendata.queries import sources_of
from learningcity.search.models import Document
from learningcity.search.queries import keys_found
from learningcity.sources.models import Source
from tests.factories.cities import make_city, make_network, make_role
from tests.factories.content import NEW_SOURCE, SOURCE, filled, make_officers, publish, values_of, written
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.practices import make_figure
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

FACT = {
    "value": "102909",
    "qualifier": "exact",
    "observed_on": "2024",
    "certainty": "stated",
    "note_th": "",
    "note_en": "The source bears no date.",
    "district_th": "",
    "district_en": "",
    **dict.fromkeys(DIMENSIONS, ""),
}
INDICATOR = {
    "name_th": "ประชากร",
    "name_en": "Population",
    "definition_th": "นิยาม",
    "definition_en": "A definition.",
    "unit_th": "คน",
    "unit_en": "people",
    "position": "10",
    "counts_people": "",
}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.fixture
def values(city):
    return {**FACT, "indicator": make_indicator(slug="population").slug, "source": make_source().slug, **SOURCE}


def test_fact_comes_back_as_it_was_typed(city, values):
    number = written("fact", values, "khon-kaen")

    assert (values_of("fact", number), number.city) == (values, city)


def test_fact_of_a_network_comes_back_as_it_was_typed(values):
    values["network"] = make_network().slug

    number = written("fact", values, "")

    assert (values_of("fact", number), number.city) == (values, None)
    assert list(kind_named("fact").records_in("")) == [number]


def test_fact_of_a_network_can_be_found_to_be_of_another_one(values):
    number = written("fact", values | {"network": make_network().slug}, "")
    other = make_network()

    assert written("fact", values | {"network": other.slug}, "", number).network == other
    assert Observation.objects.count() == 1


def test_indicator_comes_back_as_it_was_typed():
    indicator = written("indicator", INDICATOR, "", make_indicator())

    assert values_of("indicator", indicator) == INDICATOR
    assert (kind_named("indicator").place_of(indicator), list(kind_named("indicator").records_in("x"))) == ("", [])


def test_indicator_is_begun_by_the_whole_network_alone(city):
    secretary = make_role(kind="secretariat").user
    editor, _approver = make_officers(city)

    begin(("indicator", "", ""), uuid.uuid4(), by=secretary)
    with pytest.raises(PermissionDenied):
        begin(("indicator", "khon-kaen", ""), uuid.uuid4(), by=editor)
    with pytest.raises(PermissionDenied):
        begin(("indicator", "", ""), uuid.uuid4(), by=editor)


def test_indicator_called_as_another_page_gets_an_address_of_its_own(client):
    indicator = written("indicator", INDICATOR | {"name_en": "Compare"}, "")

    assert client.get(indicator.get_absolute_url()).context["indicator"] == indicator
    indicator.slug = "compare"
    with pytest.raises(ValidationError, match="Another page stands at this address"), translation.override("en"):
        indicator.full_clean()


def test_indicator_is_found_by_the_words_of_its_definition():
    indicator = written("indicator", INDICATOR | {"definition_en": "Counts bookmobiles and nothing else."}, "")

    assert keys_found("bookmobiles", "indicator") == [str(indicator.pk)]
    assert Document.objects.get(kind="indicator").address == f"/indicators/{indicator.slug}/"


def test_new_indicator_comes_back_as_it_was_typed():
    indicator = written("indicator", INDICATOR, "")

    assert (values_of("indicator", indicator), indicator.slug) == (INDICATOR, "population")


def test_fact_with_the_same_source_is_put_right(values, city):
    number = written("fact", values, "khon-kaen")

    again = written("fact", values | {"value": "102,910", "qualifier": "about"}, "khon-kaen", number)

    assert (again.pk, again.value, again.qualifier, Observation.objects.count()) == (number.pk, 102910, "about", 1)


def test_fact_with_another_source_stands_beside_the_first(values, city):
    number = written("fact", values, "khon-kaen")

    other = written("fact", values | {"value": "99000", **NEW_SOURCE}, "khon-kaen", number)

    assert set(Observation.objects.values_list("pk", "value")) == {(number.pk, 102909), (other.pk, 99000)}
    assert other.source == Source.objects.get(url="https://example.org/report")


def test_fact_of_another_source_has_a_history_of_its_own(values, city):
    number = written("fact", values, "khon-kaen")

    proposal = publish("fact", city, {"value": "99000", **NEW_SOURCE}, number)

    other = Observation.objects.exclude(pk=number.pk).get()
    assert proposal.key == str(other.pk)
    said = {(key, values["value"]) for key, values in Revision.objects.values_list("key", "values")}
    assert said == {(str(number.pk), "102909"), (str(other.pk), "99000")}


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"value": ""}, "value"),
        ({"value": "ประมาณ 59"}, "value"),
        ({"value": "1.234,5"}, "value"),
        ({"value": "1.23456"}, "value"),
        ({"value": "9" * 25}, "value"),
        ({"observed_on": "31 กุมภาพันธ์ 2567"}, "observed_on"),
        ({"observed_on": ""}, "observed_on"),
        ({"indicator": "happiness"}, "indicator"),
        ({"indicator": ""}, "indicator"),
        ({"qualifier": "roughly"}, "qualifier"),
        ({"source": ""}, "source"),
        ({"source": "new"}, "source_title"),
        ({"note_th": "ก" * 60_000}, "note_th"),
    ],
)
def test_fact_that_is_wrong_is_refused_at_its_field_and_keeps_what_was_typed(values, wrong, at):
    form = filled("fact", {**values, **wrong}, "khon-kaen")

    assert list(form.errors) == [at]
    assert {name: form[name].value() for name in wrong} == wrong


@pytest.mark.parametrize(("typed", "meant"), [("๑๐๒,๙๐๙", "102909"), ("๑๓.๗๕", "13.75"), ("-3", "-3")])
def test_fact_reads_numbers_as_people_type_them(values, typed, meant):
    assert values_of("fact", written("fact", values | {"value": typed}, "khon-kaen"))["value"] == meant


def test_fact_that_its_source_gives_already_is_refused(values, city):
    number = written("fact", values, "khon-kaen")

    assert list(filled("fact", values, "khon-kaen").errors) == ["source"]
    assert filled("fact", values, "khon-kaen", number).errors == {}


def test_fact_beside_another_one_of_the_same_new_source_is_refused(values, city):
    first = written("fact", values, "khon-kaen")
    other = written("fact", values | {"source": make_source().slug}, "khon-kaen")

    form = filled("fact", values | {"source": other.source.slug}, "khon-kaen", first)

    assert list(form.errors) == ["source"]


@pytest.mark.parametrize("place", ["khon-kaen", ""])
def test_fact_form_shows_every_field_once_each_with_a_hint(city, place):
    form = filled("fact", {}, place)
    items = [item for _section, items in form.layout() for item in items]

    assert sorted(field.name for item in items for field in item.fields) == sorted(form.fields)
    assert [item.name for item in items if not (item.pair.hint if item.pair else item.fields[0].help_text)] == []
    assert ("network" in form.fields) == (not place)


def test_fact_can_be_found_until_it_is_removed(values, city):
    def keys():
        return list(Document.objects.filter(kind="figure").values_list("key", flat=True))

    first = written("fact", values, "khon-kaen")
    second = written("fact", values | {"source": make_source().slug}, "khon-kaen", first)
    assert keys() == [str(first.pk)]
    kind_named("fact").remove(first)
    assert keys() == [str(second.pk)]
    kind_named("fact").remove(second)
    assert (keys(), Observation.objects.count()) == ([], 0)


def test_fact_that_comes_to_count_something_else_leaves_the_others_findable(values, city):
    first = written("fact", values, "khon-kaen")
    second = written("fact", values | {"source": make_source().slug}, "khon-kaen", first)

    written("fact", values | {"indicator": make_indicator().slug}, "khon-kaen", first)

    assert set(Document.objects.filter(kind="figure").values_list("key", flat=True)) == {str(first.pk), str(second.pk)}


def test_fact_that_a_practice_rests_on_cannot_be_removed():
    number = make_figure().observation

    with pytest.raises(ProtectedError):
        kind_named("fact").remove(number)


def test_sources_of_a_city_are_those_of_its_numbers(city):
    number = make_observation(city=city)
    make_observation()

    assert list(sources_of("khon-kaen")) == [number.source_id]


def test_title_of_a_fact_names_the_number(values, city):
    number = written("fact", values, "khon-kaen")

    with translation.override("en"):
        assert kind_named("fact").title_of(number) == f"{number.indicator.name_en}: 102,909 people (2024)"
