"""Lists and single records: pages, fields, filters, links, and what stands in them."""

import datetime as dt
import json
from functools import partial

import pytest

from tests.factories import cities, library, opendata, partners, practices, sources
from tests.factories.opendata import make_observation

pytestmark = pytest.mark.django_db
LISTS = (
    "cities",
    "milestones",
    "indicators",
    "observations",
    "practices",
    "learning-resources",
    "learning-places",
    "sources",
    "organizations",
    "agreements",
    "commitments",
    "datasets",
)
MAKERS = {
    "cities": cities.make_city,
    "milestones": cities.make_milestone,
    "indicators": opendata.make_indicator,
    "observations": opendata.make_observation,
    "practices": practices.make_practice,
    "learning-resources": library.make_resource,
    "learning-places": library.make_place,
    "sources": sources.make_source,
    "organizations": partners.make_organization,
    "agreements": partners.make_agreement,
    "commitments": partial(partners.make_commitment, state="confirmed"),
    "datasets": opendata.make_version,
}


def read(client, path):
    """Return an answer in JSON."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), response.content.decode()
    return json.loads(response.content)


def path_of(url):
    return url.removeprefix("http://localhost:8000")


def test_the_index_leads_to_every_list_and_each_of_them_answers(client):
    index = read(client, "/api/v1/")

    assert set(index["lists"]) == {*LISTS, "search"}
    assert [read(client, path_of(index["lists"][name])) for name in LISTS] == [{"items": [], "next": None}] * len(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_in_pages_that_hold_each_record_once(client, name):
    for _number in range(5):
        MAKERS[name]()
    keys, url = [], f"/api/v1/{name}?limit=2"
    while url:
        page = read(client, path_of(url))
        keys += [item["links"]["self"] for item in page["items"]]
        url = page["next"]

    whole = [item["links"]["self"] for item in read(client, f"/api/v1/{name}?limit=1000")["items"]]
    assert keys == whole
    assert len(set(keys)) == len(keys) >= 5


@pytest.mark.parametrize("name", LISTS)
def test_each_record_is_found_where_its_list_says(client, name):
    MAKERS[name]()
    for item in read(client, f"/api/v1/{name}")["items"]:
        one = read(client, path_of(item["links"]["self"]))
        assert {key: one[key] for key in item} == item


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_many(client, name, count, django_assert_num_queries):
    for _number in range(count):
        MAKERS[name]()
    read(client, "/api/v1/")

    # Of the newest entry and of the rows; of cities how far they have come, of numbers which are hidden.
    with django_assert_num_queries({"cities": 3, "observations": 4, "datasets": 5}.get(name, 2)):
        assert len(read(client, f"/api/v1/{name}")["items"]) >= count


def test_what_is_added_or_taken_away_meanwhile_moves_nothing(client):
    made = [cities.make_city(slug=slug) for slug in ("b", "d", "f")]
    first = read(client, "/api/v1/cities?limit=2")
    cities.make_city(slug="a")
    cities.make_city(slug="c")
    made[0].delete()

    assert [item["slug"] for item in first["items"]] == ["b", "d"]
    assert [item["slug"] for item in read(client, path_of(first["next"]))["items"]] == ["f"]


def test_the_next_page_is_named_in_the_head_too(client):
    cities.make_city(), cities.make_city()
    response = client.get("/api/v1/cities?limit=1")

    assert response["Link"] == f'<{json.loads(response.content)["next"]}>; rel="next"'


def test_only_the_fields_that_are_asked_for_are_told_and_the_rest_is_not_read(client, django_assert_num_queries):
    cities.make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")
    read(client, "/api/v1/")

    with django_assert_num_queries(2):
        page = read(client, "/api/v1/cities?fields=name,slug")
    assert page["items"] == [{"slug": "khon-kaen", "name": {"th": "ขอนแก่น", "en": "Khon Kaen"}}]


def test_the_total_is_told_to_who_asks(client):
    cities.make_city(), cities.make_city()

    assert "total" not in read(client, "/api/v1/cities")
    assert read(client, "/api/v1/cities?limit=1&total=true")["total"] == 2


def test_thai_letters_stand_as_they_are(client):
    cities.make_city(name_th="ขอนแก่น")

    assert "ขอนแก่น".encode() in client.get("/api/v1/cities").content


def test_contradicting_numbers_both_stay_with_their_sources(client):
    first = make_observation(value=102_909, observed_on=dt.date(2024, 1, 1), observed_precision="year")
    make_observation(
        value=110_000,
        indicator=first.indicator,
        city=first.city,
        observed_on=dt.date(2024, 1, 1),
        observed_precision="year",
    )
    found = read(client, f"/api/v1/observations?city={first.city.slug}&indicator={first.indicator.slug}&year=2024")

    assert [item["value"] for item in found["items"]] == [102_909, 110_000]
    assert len({item["source"]["slug"] for item in found["items"]}) == 2
    assert found["items"][0]["observed"] == {"date": "2024", "precision": "year"}


def test_filters_choose(client):
    city = cities.make_city(kind="province")
    cities.make_milestone(city=city, happened_on=dt.date(2020, 5, 1), happened_precision="month")
    cities.make_milestone(happened_on=dt.date(2024, 9, 17))

    assert [item["slug"] for item in read(client, "/api/v1/cities?kind=province")["items"]] == [city.slug]
    assert read(client, "/api/v1/cities?stage=member")["items"] == []
    (item,) = read(client, f"/api/v1/milestones?city={city.slug}&year=2020")["items"]
    assert item["happened"] == {"date": "2020-05", "precision": "month"}
    assert read(client, "/api/v1/milestones?year=2021")["items"] == []


def test_a_city_is_told_with_all_that_hangs_on_it(client):
    city = cities.make_city(slug="khon-kaen")
    cities.make_membership(("active", dt.date(2024, 2, 14)), city=city)
    cities.make_profile(city=city), cities.make_component(city=city), cities.make_driving_body(city=city)
    cities.make_alias(city=city, name="KK"), cities.make_alias(city=city, name="Wrong", kind="misnomer")
    one = read(client, "/api/v1/cities/khon-kaen")

    assert one["other_names"] == ["KK"]
    assert [len(one[name]) for name in ("memberships", "profiles", "components", "driving_bodies")] == [1, 1, 1, 1]
    assert one["memberships"][0]["since"] == {"date": "2024-02-14", "precision": "day"}
    assert one["links"] == {
        "self": "http://localhost:8000/api/v1/cities/khon-kaen",
        "th": "http://localhost:8000/cities/khon-kaen/",
        "en": "http://localhost:8000/en/cities/khon-kaen/",
    }


def test_promises_are_told_once_both_sides_said_yes(client):
    partners.make_commitment(state="proposed")

    assert read(client, "/api/v1/commitments")["items"] == []
