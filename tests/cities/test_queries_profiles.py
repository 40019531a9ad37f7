import datetime as dt

import pytest

from learningcity.cities.enums import Theme
from learningcity.cities.queries import latest_profile, people_in_office, profile_versions, word_counts
from tests.factories.cities import make_city, make_office, make_policy, make_profile

pytestmark = pytest.mark.django_db


def test_latest_profile_is_the_newest_version():
    city = make_city()
    old = make_profile(city=city, version=1)
    new = make_profile(city=city, version=2)
    make_profile()

    assert latest_profile(city) == new
    assert list(profile_versions(city)) == [new, old]


def test_latest_profile_of_a_city_without_one_is_none():
    assert latest_profile(make_city()) is None


def test_word_counts_count_thai_words_without_spaces():
    profile = make_profile(
        introduction_th="", introduction_en="", vision_th="เมืองแห่งการเรียนรู้", vision_en="A city of learning, for all."
    )

    assert [(count.th, count.en) for count in word_counts(profile)] == [(3, 6)]


def test_word_counts_name_the_themes_in_their_fixed_order():
    profile = make_profile(introduction_th="", introduction_en="", vision_th="", vision_en="")
    for theme in ("decent_work", "sustainability_health", "equity_inclusion"):
        make_policy(profile=profile, theme=theme, text_th="", text_en="One two.")

    names = [count.name for count in word_counts(profile)]

    assert names == [theme.label for theme in Theme]


def test_people_in_office_are_the_latest_known_first():
    city = make_city()
    old = make_office(city=city, as_of=dt.date(2020, 1, 1), ends_on=dt.date(2021, 3, 1))
    new = make_office(city=city, as_of=dt.date(2024, 1, 1))
    make_office()

    assert list(people_in_office(city)) == [new, old]


@pytest.mark.parametrize(("day", "left"), [(dt.date(2021, 3, 1), 2), (dt.date(2021, 3, 2), 1)])
def test_people_in_office_on_a_day_are_those_who_had_not_left(day, left):
    city = make_city()
    make_office(city=city, ends_on=dt.date(2021, 3, 1))
    make_office(city=city)

    assert people_in_office(city, on=day).count() == left
