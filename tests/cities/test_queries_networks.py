import datetime as dt

import pytest

from learningcity.cities.enums import Stage
from learningcity.cities.models import City
from learningcity.cities.queries import (
    attach_stage,
    cities_in_stage,
    joining_years,
    member_count,
    members,
    members_by_year,
    membership_history,
    stage_from,
)
from tests.factories.cities import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2024, 2, 13)
DAY = dt.date(2024, 2, 14)
LATER = dt.date(2025, 12, 4)


@pytest.fixture
def unesco():
    return make_network(scope="global")


@pytest.fixture
def thailand():
    return make_network(scope="national")


def test_members_are_counted_from_the_day_they_join(unesco):
    make_membership(("active", DAY), network=unesco)
    make_membership(("active", LATER), network=unesco)

    assert [member_count(unesco, on=day) for day in (BEFORE, DAY, LATER)] == [0, 1, 2]


def test_members_are_only_the_active_ones_of_this_network(unesco, thailand):
    active = make_membership(("active", DAY), network=unesco)
    make_membership(("applied", DAY), network=unesco)
    make_membership(("active", DAY), ("left", LATER), network=unesco)
    make_membership(("active", DAY), network=thailand)

    assert list(members(unesco, on=LATER)) == [active.city]
    assert member_count(unesco, on=LATER) == 1


@pytest.mark.parametrize(
    ("scope", "state", "stage"),
    [
        ("global", "active", Stage.MEMBER),
        ("global", "applied", Stage.APPLICANT),
        ("global", "inactive", Stage.ASPIRING),
        ("global", "left", Stage.ASPIRING),
        ("national", "active", Stage.LOCAL_NETWORK),
        ("national", "applied", Stage.ASPIRING),
    ],
)
def test_stage_follows_from_the_membership(scope, state, stage):
    city = make_membership((state, DAY), network=make_network(scope=scope)).city

    assert stage_from(membership_history(city), on=DAY) == stage


def test_stage_is_the_highest_that_holds(unesco, thailand):
    city = make_city()
    make_membership(("applied", DAY), ("active", LATER), city=city, network=unesco)
    make_membership(("active", BEFORE), city=city, network=thailand)

    days = (dt.date(2020, 1, 1), BEFORE, DAY, LATER)

    stages = ["aspiring", "local_network", "applicant", "member"]
    assert [stage_from(membership_history(city), on=day) for day in days] == stages


@pytest.mark.parametrize("stage", Stage.values)
def test_cities_in_stage_are_those_whose_stage_it_is(stage, unesco, thailand):
    make_city()
    city = make_membership(("active", DAY), network=unesco).city
    make_membership(("active", DAY), network=thailand, city=city)
    make_membership(("active", DAY), network=thailand)
    make_membership(("applied", DAY), network=unesco)

    found = cities_in_stage(City.objects.all(), Stage(stage), on=DAY)

    cities = list(City.objects.order_by("pk"))
    attach_stage(cities, on=DAY)
    assert [city.pk for city in found] == [city.pk for city in cities if city.stage == stage]
    assert found.count() == 1


def test_attached_since_is_the_first_day_without_a_break(unesco, django_assert_num_queries):
    stayed = make_membership(("active", BEFORE), ("inactive", DAY), ("active", LATER), network=unesco).city
    returned = make_membership(("active", BEFORE), ("left", DAY), ("active", LATER), network=unesco).city
    gone = make_membership(("active", BEFORE), ("left", DAY), network=unesco).city
    cities = [stayed, returned, gone]

    with django_assert_num_queries(1):
        attach_stage(cities, on=LATER)

    assert [city.since for city in cities] == [BEFORE, LATER, None]
    assert [city.stage for city in cities] == [Stage.MEMBER, Stage.MEMBER, Stage.ASPIRING]


def test_attached_since_ignores_the_national_network_and_the_future(thailand, unesco):
    cities = [
        make_membership(("active", DAY), network=thailand).city,
        make_membership(("active", LATER), network=unesco).city,
    ]

    attach_stage(cities, on=DAY)

    assert [(city.stage, city.since) for city in cities] == [(Stage.LOCAL_NETWORK, None), (Stage.ASPIRING, None)]


def test_members_by_year_leave_out_who_has_left_and_count_returns_anew(unesco):
    make_membership(("active", DAY), network=unesco)
    make_membership(("active", BEFORE), ("left", DAY), network=unesco)
    make_membership(("active", dt.date(2020, 1, 1)), ("left", BEFORE), ("active", LATER), network=unesco)
    make_membership(("active", dt.date(2020, 1, 1)), ("inactive", BEFORE), network=unesco)

    assert members_by_year(on=LATER) == [(2024, 1), (2025, 1)]


def test_joining_years_are_distinct_and_latest_first(unesco, thailand):
    for day in (DAY, DAY, LATER, dt.date(2030, 1, 1)):
        make_membership(("active", day), network=unesco)
    make_membership(("active", dt.date(2021, 1, 1)), network=thailand)

    assert joining_years(on=dt.date(2026, 11, 21)) == [2025, 2024]


def test_membership_history_is_told_from_the_beginning(unesco):
    membership = make_membership(("active", LATER), ("applied", DAY), network=unesco)

    assert [status.state for status in membership_history(membership.city)] == ["applied", "active"]
