"""Numbers of some of the people: typed, kept apart from those of a city, and hidden where the people are few."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from learningcity.moderation.registry import kind_named
from learningcity.opendata.models import Dataset, Observation
from learningcity.opendata.queries import (
    disclosed,
    entry_of,
    observations_of_city,
    people_counted,
    public_numbers,
    said_of_the_same,
    series,
)
from learningcity.search.models import Document
from tests.factories.cities import make_city, make_network, make_province
from tests.factories.content import SOURCE, filled, values_of, written
from tests.factories.opendata import make_catalog, make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

GIRLS = {
    "value": "43",
    "qualifier": "exact",
    "observed_on": "2024",
    "certainty": "stated",
    "note_th": "",
    "note_en": "",
    "sex": "female",
    "age_from": "6",
    "age_to": "11",
    "disability": "with",
    "district_code": "0901",
    "district_th": "เมืองขอนแก่น",
    "district_en": "Mueang Khon Kaen",
}


@pytest.fixture
def city():
    # The codes of the factory begin with 10.
    return make_city(slug="khon-kaen", province=make_province(code="09"))


@pytest.fixture
def values(city):
    return {**GIRLS, "indicator": make_indicator().slug, "source": make_source().slug, **SOURCE}


@pytest.fixture
def cells(city):
    """A number and its parts, said by one source: cells(40, female=25, male=15)."""
    same = {"indicator": make_indicator(), "city": city, "source": make_source()}

    def make(total, **by_sex):
        parts = [make_observation(value=value, sex=sex, note_en="A note.", **same) for sex, value in by_sex.items()]
        return [make_observation(value=total, **same), *parts]

    return make


def shown(numbers):
    return {number.sex: (number.value, number.qualifier) for number in numbers}


def test_number_of_some_people_comes_back_as_it_was_typed(values, city):
    number = written("fact", values, "khon-kaen")

    assert (values_of("fact", number), number.is_total) == (values, False)


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"sex": "queen"}, "sex"),
        ({"disability": "maybe"}, "disability"),
        ({"age_from": "-1"}, "age_from"),
        ({"age_from": "131"}, "age_from"),
        ({"age_from": "six"}, "age_from"),
        ({"age_from": ""}, "age_from"),
        ({"age_to": "5"}, "age_to"),
        ({"age_to": "999999999999999999999"}, "age_to"),
        ({"district_code": "09"}, "district_code"),
        ({"district_code": "ก001"}, "district_code"),
        ({"district_code": "5001"}, "district_code"),
        ({"district_code": ""}, "district_code"),
        ({"district_th": "", "district_en": ""}, "district_th"),
    ],
)
def test_people_that_are_no_group_are_refused_at_their_field(values, wrong, at):
    assert list(filled("fact", values | wrong, "khon-kaen").errors) == [at]


def test_same_source_may_count_several_groups_but_each_once(values, city):
    written("fact", values, "khon-kaen")

    assert list(filled("fact", values, "khon-kaen").errors) == ["source"]
    assert filled("fact", values | {"sex": "male"}, "khon-kaen").errors == {}
    assert filled("fact", values | {"age_to": ""}, "khon-kaen").errors == {}


def test_number_of_some_people_is_not_one_of_the_city(cells, city):
    total, girls, boys = cells(100, female=60, male=40)

    assert list(Observation.totals.all()) == list(observations_of_city(city)) == [total]
    assert [one.is_contradicted for one in series(observations_of_city(city))] == [False]
    assert (said_of_the_same(girls), said_of_the_same(boys)) == ([total], [total])


def test_number_of_some_people_cannot_be_found_by_searching(values, city):
    number = written("fact", values, "khon-kaen")

    assert not Document.objects.filter(kind="figure").exists()
    kind_named("fact").remove(number)
    assert not Observation.objects.exists()


def test_number_of_some_people_is_told_in_words(values):
    number = written("fact", values, "khon-kaen")

    with translation.override("en"):
        assert people_counted(number) == "Mueang Khon Kaen, women and girls, 6–11 years, with a disability"
        title = kind_named("fact").title_of(number)
        assert title.endswith(": Mueang Khon Kaen, women and girls, 6–11 years, with a disability (2024)")
        assert people_counted(make_observation(age_from=60)) == "60 years and over"
        assert people_counted(make_observation(age_from=6, age_to=6)) == "6 years old"
        assert people_counted(make_observation()) == "All"


def test_small_group_is_told_as_a_bound_and_what_covers_it_not_at_all(cells):
    cells(100, female=4, male=96)

    assert shown(public_numbers(Observation.objects.all())) == {
        "": (100, "exact"),
        "female": (10, "less_than"),
        "male": (None, "exact"),
    }


def test_note_of_a_hidden_number_is_hidden_too(cells):
    cells(100, female=4, male=96)

    assert [str(one.note) for one in public_numbers(Observation.objects.order_by("pk"))] == ["", "", ""]


def test_what_one_source_hides_is_not_told_by_another(cells):
    total, *_parts = cells(100, female=4, male=96)
    same = {"indicator": total.indicator, "city": total.city}
    make_observation(value=96, sex="male", source=make_source(), **same)
    make_observation(value=101, source=make_source(), **same)

    said = [(one.sex, one.value) for one in public_numbers(Observation.objects.order_by("pk"))]

    assert sorted(said, key=str) == [("", 100), ("", 101), ("female", 10), ("male", None), ("male", None)]


def test_total_of_one_source_and_a_part_of_another_do_not_tell_the_rest(cells):
    total, *_parts = cells(100, female=4)
    boys = make_observation(value=96, sex="male", source=make_source(), indicator=total.indicator, city=total.city)

    assert shown(public_numbers(Observation.objects.all())) == {
        "": (100, "exact"),
        "female": (10, "less_than"),
        "male": (None, "exact"),
    }
    assert shown(disclosed([boys])) == {"male": (None, "exact")}


@pytest.mark.parametrize(("unit", "value"), [("%", None), ("per 1,000 learners", None), ("schools", 4)])
def test_share_beside_a_hidden_number_is_hidden_with_it(cells, unit, value):
    total, *_parts = cells(100, female=4, male=96)
    of_girls = make_observation(
        value=4, sex="female", city=total.city, indicator=make_indicator(unit_th="", unit_en=unit), source=make_source()
    )

    assert [one.value for one in disclosed([of_girls])] == [value]
    assert [one.value for one in public_numbers(Observation.objects.filter(pk=of_girls.pk))] == [value]


def test_share_of_a_group_that_is_shown_or_of_another_day_is_shown(cells):
    total, *_parts = cells(100, female=4, male=96)
    share = {
        "value": 40,
        "sex": "female",
        "indicator": make_indicator(unit_th="", unit_en="%"),
        "source": make_source(),
    }
    numbers = [
        make_observation(city=make_city(), **share),
        make_observation(city=total.city, **share | {"sex": "", "age_from": 60}),
        make_observation(city=total.city, observed_on=dt.date(2020, 1, 1), **share),
    ]

    assert [one.value for one in disclosed(numbers)] == [40, 40, 40]


# A number that nothing else says, hidden because it would tell the three girls.
COVERED = 7_919_773
OUTPUTS = (
    "/en/indicators/{indicator}/",
    "/en/indicators/{indicator}/?q=khon",
    "/en/indicators/compare/?indicator={indicator}&city=khon-kaen",
    "/en/cities/khon-kaen/",
    "/en/cities/khon-kaen/indicators/",
    "/indicators/{indicator}.svg",
    "/indicators/{indicator}.csv",
    "/indicators/{indicator}.json",
    "/data/observations/latest/observations.csv",
    "/data/observations/latest/observations.json",
    "/data/sdmx.csv",
    "/api/v1/observations?limit=100",
    "/api/v1/datasets/observations/tables/observations?limit=100",
    "/api/3/action/datastore_search?resource_id={resource}",
)


@pytest.mark.parametrize("address", OUTPUTS)
def test_every_output_hides_the_same_numbers(client, city, address):
    same = {"indicator": make_indicator(slug="learners"), "city": city, "source": make_source()}
    for number, sex in ((3, "female"), (COVERED, "male"), (COVERED + 3, "")):
        make_observation(value=number, sex=sex, **same)
    make_catalog()
    offer = next(one for one in entry_of(Dataset.objects.get(publication="observations")).offers if one.format == "csv")

    answer = client.get(address.format(indicator="learners", resource=offer.uid))

    content = (b"".join(answer) if answer.streaming else answer.content).decode()
    assert answer.status_code == 200
    # Numbers are told with commas on pages, and digit by digit elsewhere.
    assert "7919773" not in content.replace(",", "").replace("\u202f", "")


def test_part_of_a_table_is_hidden_as_in_the_whole(cells):
    _total, girls, boys = cells(100, female=4, male=96)

    assert shown(disclosed([boys])) == {"male": (None, "exact")}
    assert shown(public_numbers(Observation.objects.filter(pk=boys.pk))) == {"male": (None, "exact")}
    girls.refresh_from_db()
    assert girls.value == 4


def test_small_number_of_a_city_or_a_network_is_hidden_without_looking_anything_up(django_assert_num_queries):
    numbers = [make_observation(value=9), make_observation(value=9, network=make_network(), city=None)]

    with django_assert_num_queries(0):
        assert [one.value for one in disclosed(numbers)] == [10, 10]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"unit_th": "คน", "unit_en": ""}, 10),
        ({"unit_th": "", "unit_en": "people"}, 10),
        ({"unit_th": "แห่ง", "unit_en": "schools"}, 9),
        ({"unit_th": "แห่ง", "unit_en": "schools", "counts_people": True}, 10),
        ({"unit_th": "คน", "unit_en": "people", "counts_people": False}, 9),
    ],
)
def test_only_numbers_of_people_are_hidden(said, value):
    number = make_observation(value=9, indicator=make_indicator(**said))

    assert [one.value for one in disclosed([number])] == [value]
    assert [one.value for one in public_numbers(Observation.objects.all())] == [Decimal(value)]


def test_tables_of_different_dates_and_places_do_not_touch_each_other(cells):
    _total, girls, _boys = cells(100, female=60, male=40)
    make_observation(
        indicator=girls.indicator,
        city=girls.city,
        source=girls.source,
        sex="female",
        value=4,
        observed_on=dt.date(2020, 1, 1),
    )
    make_observation(indicator=girls.indicator, network=make_network(), sex="female", value=3)

    values = [one.value for one in public_numbers(Observation.objects.order_by("pk"))]

    assert sorted(values) == [10, 10, 40, 60, 100]


def test_numbers_take_the_same_queries_however_many_there_are(cells):
    with CaptureQueriesContext(connection) as none:
        list(public_numbers(Observation.objects.all()))
    cells(100, female=4, male=96)

    with CaptureQueriesContext(connection) as some:
        list(public_numbers(Observation.objects.all()))

    assert (len(none), len(some)) == (3, 3)


@pytest.mark.parametrize(
    "said",
    [
        {"age_from": 131},
        {"age_from": 5, "age_to": 4},
        {"age_from": 5, "age_to": 131},
        {"district_code": "04x1", "district_th": "อำเภอ"},
        {"district_th": "อำเภอ"},
    ],
)
def test_people_that_are_no_group_cannot_be_stored_past_the_form(said):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_observation(**said)
