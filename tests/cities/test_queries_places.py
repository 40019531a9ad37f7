import datetime as dt

import pytest

from learningcity.cities.models import City
from learningcity.cities.queries import CitySelection, cities_in_order, cities_named, select_cities, similar_cities
from tests.factories.cities import (
    make_alias,
    make_city,
    make_membership,
    make_policy,
    make_profile,
    make_province,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


def test_cities_stand_in_the_order_of_a_thai_dictionary():
    for name in ("แพร่", "พะเยา", "เชียงใหม่", "ชุมพร", "เชียงราย"):
        make_city(name_th=name)

    names = [city.name_th for city in cities_in_order(City.objects.all(), "th")]

    assert names == ["ชุมพร", "เชียงราย", "เชียงใหม่", "พะเยา", "แพร่"]


def test_cities_stand_in_the_order_of_the_english_alphabet_in_english():
    for name in ("Yala", "Bangkok", "Khon Kaen"):
        make_city(name_en=name)

    assert [city.name_en for city in cities_in_order(City.objects.all(), "en")] == ["Bangkok", "Khon Kaen", "Yala"]


def test_select_cities_without_a_wish_returns_all():
    make_city()

    assert select_cities(CitySelection(), on=DAY).count() == 1


@pytest.mark.parametrize(
    "selection",
    [
        CitySelection(region="south"),
        CitySelection(kind="province"),
        CitySelection(stage="member"),
        CitySelection(since=2024),
        CitySelection(theme="decent_work"),
        CitySelection(words="สตูล"),
        CitySelection(words="satun"),
        CitySelection(words="Mueang  Satul"),
        CitySelection(region="south", kind="province", stage="member", since=2024, theme="decent_work", words="ูล"),
    ],
)
def test_select_cities_by_each_wish_finds_the_one_that_fits(selection):
    wanted = make_city(name_th="สตูล", name_en="Satun", kind="province", province=make_province(region="south"))
    make_alias(city=wanted, name="Mueang Satul")
    make_membership(("active", dt.date(2024, 2, 14)), city=wanted)
    make_policy(profile=make_profile(city=wanted), theme="decent_work")
    other = make_city()
    make_membership(("applied", dt.date(2024, 2, 14)), city=other)
    make_policy(profile=make_profile(city=other), theme="equity_inclusion")

    assert list(select_cities(selection, on=DAY)) == [wanted]


def test_select_cities_by_the_name_of_their_province():
    city = make_city(name_en="Hat Yai", province=make_province(name_en="Songkhla"))

    assert list(select_cities(CitySelection(words="songkhla"), on=DAY)) == [city]


def test_select_cities_finds_one_with_many_aliases_once():
    city = make_city()
    make_alias(city=city, name="Old Town")
    make_alias(city=city, name="Old Capital")

    assert list(select_cities(CitySelection(words="old"), on=DAY)) == [city]


@pytest.mark.parametrize(
    "text", ["khon-kaen", "KHON-KAEN", "Khon Kaen", "khonkaen", "ขอนแก่น", "Khon Khaen", "มข.ก.", "มขก"]
)
def test_cities_named_understands_every_way_to_write_a_name(text):
    city = make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")
    make_alias(city=city, name="Khon Khaen")
    make_alias(city=city, name="มข.ก.")
    make_city()

    assert cities_named(text) == [city]


@pytest.mark.parametrize("text", ["", "-", "khon", "x" * 10_000])
def test_cities_named_finds_nothing_for_what_is_no_name(text):
    make_city(slug="khon-kaen")

    assert cities_named(text) == []


def test_cities_named_returns_all_that_share_a_name():
    cities = [make_city(name_th=name) for name in ("ก", "ข")]
    for city in cities:
        make_alias(city=city, name="Muang")

    assert cities_named("muang") == cities


def test_similar_cities_come_best_first():
    best = make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")
    good = make_city(slug="khan-kan", name_th="ขันกัน", name_en="Khan Kan")
    make_city(slug="yala", name_th="ยะลา", name_en="Yala")

    assert similar_cities("khonkean") == [best, good]


def test_similar_cities_are_few():
    for number in range(5):
        make_city(slug=f"khon-kaen-{number}")

    assert len(similar_cities("khon-kaen")) == 3


def test_similar_cities_are_none_where_nothing_is_alike():
    make_city(slug="yala", name_th="ยะลา", name_en="Yala")

    assert similar_cities("wxqz") == []
