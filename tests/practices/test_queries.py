import datetime as dt

import pytest

from learningcity.practices.queries import practice_in_focus, practices_of_city
from tests.factories.cities import make_city
from tests.factories.practices import make_practice

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 16)


def test_practices_of_a_city_stand_in_its_own_order():
    city = make_city()
    second, first = make_practice(city=city, position=2), make_practice(city=city, position=1)
    make_practice()

    assert list(practices_of_city(city)) == [first, second]


def test_practice_in_focus_stays_for_a_week_and_then_makes_room():
    practices = [make_practice() for _ in range(3)]

    shown = [practice_in_focus(MONDAY + dt.timedelta(weeks=week)) for week in range(3)]

    assert sorted(practice.pk for practice in shown) == [practice.pk for practice in practices]
    assert practice_in_focus(MONDAY + dt.timedelta(days=5)) == shown[0]


def test_practice_in_focus_is_none_where_there_are_no_practices():
    assert practice_in_focus(MONDAY) is None
