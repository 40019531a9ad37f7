import datetime as dt

import pytest

from learningcity.cities.enums import Theme
from tests.factories.cities import (
    make_alias,
    make_city,
    make_membership,
    make_network,
    make_policy,
    make_profile,
    make_province,
)
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def names(response, language="th"):
    return [getattr(city.name, language) for city in response.context["page"]]


def make_placed_city(**changes):
    return make_city(latitude="16.43", longitude="102.83", location_source=make_source(), **changes)


def test_cities_stand_in_the_order_of_a_thai_dictionary(client):
    for name in ("พะเยา", "เชียงใหม่", "ขอนแก่น"):
        make_city(name_th=name)

    assert names(client.get("/cities/")) == ["ขอนแก่น", "เชียงใหม่", "พะเยา"]


def test_cities_stand_in_the_order_of_the_english_alphabet_in_english(client):
    for name in ("Yala", "Bangkok"):
        make_city(name_en=name)

    assert names(client.get("/en/cities/"), "en") == ["Bangkok", "Yala"]


@pytest.mark.parametrize(
    "query",
    [
        {"region": "south"},
        {"kind": "province"},
        {"stage": "member"},
        {"since": "2024"},
        {"theme": Theme.DECENT_WORK},
        {"q": "satul"},
        {"region": "south", "kind": "province", "stage": "member", "since": "2024", "theme": "decent_work", "q": "สตูล"},
    ],
)
def test_cities_are_narrowed_by_each_filter(client, query):
    wanted = make_city(name_th="สตูล", kind="province", province=make_province(region="south"))
    make_alias(city=wanted, name="Satul")
    make_membership(("active", dt.date(2024, 2, 14)), city=wanted)
    make_policy(profile=make_profile(city=wanted), theme="decent_work")
    make_city()

    assert names(client.get("/cities/", query)) == ["สตูล"]


@pytest.mark.parametrize("name", ["region", "kind", "stage", "since", "theme"])
def test_cities_say_that_a_filter_is_unknown_and_leave_it_out(client, name):
    city = make_city()

    response = client.get("/en/cities/", {name: "atlantis"})

    assert (response.status_code, names(response)) == (200, [city.name_th])
    assert "“atlantis”" in str(response.context["form"].errors[name])


def test_cities_explain_a_buddhist_year(client):
    make_membership(("active", dt.date(2024, 2, 14)))

    response = client.get("/en/cities/", {"since": "2567"})

    assert list(response.context["form"].errors["since"]) == ["2567 is a Buddhist year; did you mean 2024?"]
    assert len(names(response)) == 1


@pytest.mark.parametrize("year", ["99999999999999999999", "²", "-1", "2567.5", "٢٠٢٤"])
def test_cities_survive_strange_years(client, year):
    assert client.get("/cities/", {"since": year}).status_code == 200


def test_cities_without_a_fit_offer_all_of_them(client):
    make_city()

    response = client.get("/en/cities/", {"q": "atlantis"})

    assert names(response) == []
    assert "No city fits all of this" in response.content.decode()


def test_cities_come_in_pages(client):
    for _ in range(25):
        make_city(province=make_province())

    assert len(names(client.get("/cities/"))) == 24
    assert len(names(client.get("/cities/?page=2"))) == 1


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "1000000000", "9" * 500])
def test_cities_page_that_does_not_exist_is_a_clear_404(client, page):
    make_city()

    response = client.get("/en/cities/", {"page": page})

    assert response.status_code == 404
    assert "This list has no page" in response.content.decode()


def test_cities_fragment_is_part_of_the_whole_page(client):
    make_placed_city()

    whole = client.get("/cities/?kind=municipality").content.decode()
    fragment = client.get("/cities/?kind=municipality", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert fragment.strip() in whole


def test_cities_history_restore_gets_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get("/cities/", headers=headers).content.decode()


def test_cities_with_a_known_place_are_pinned_on_the_map(client):
    make_city()
    placed = make_placed_city(slug="khon-kaen")

    pins = client.get("/en/cities/").context["pins"]

    assert [(pin.label, pin.href) for pin in pins] == [(placed.name_en, "/en/cities/khon-kaen/")]


@pytest.mark.parametrize("rows", [1, 3])
def test_cities_take_the_same_queries_for_one_and_three(client, django_assert_num_queries, rows):
    network = make_network()
    for _ in range(rows):
        make_membership(city=make_placed_city(), network=network)

    # The version of all content, years to choose from, how many cities, these cities, their memberships, their tables.
    with django_assert_num_queries(6):
        client.get("/cities/")


def test_cities_refuse_to_be_posted_to(client):
    assert client.post("/cities/").status_code == 405
