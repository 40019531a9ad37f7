import datetime as dt

import pytest
from django.utils import timezone

from tests.factories.awards import make_category, make_edition
from tests.factories.cities import make_city, make_membership, make_milestone, make_network, make_profile
from tests.factories.practices import make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

JOINED = dt.date(2024, 2, 14)


@pytest.fixture
def unesco():
    return make_network(scope="global", name_en="GNLC")


def page_of(client, path="/en/"):
    return client.get(path).context["page"]


def test_home_counts_the_members_of_today_and_of_the_day_of_the_award(client, unesco):
    make_membership(("active", JOINED), network=unesco)
    make_membership(("active", dt.date(2025, 12, 4)), network=unesco)
    make_membership(("active", timezone.localdate() + dt.timedelta(days=1)), network=unesco)
    make_edition(held_on=dt.date(2025, 10, 31), network=unesco)

    page = page_of(client)

    assert (page.members, page.members_at_award) == (2, 1)
    assert page.by_year == [(2024, 1), (2025, 1)]


def test_home_shows_the_members_in_the_order_of_a_thai_dictionary(client, unesco):
    for name in ("ยะลา", "เชียงราย", "ขอนแก่น"):
        make_membership(city=make_city(name_th=name), network=unesco)
    make_city(name_th="ปัตตานี")

    assert [city.name_th for city in page_of(client, "/").cities] == ["ขอนแก่น", "เชียงราย", "ยะลา"]


def test_home_shows_so_many_members_and_says_how_many_more(client, unesco):
    city = make_city()
    for _ in range(26):
        make_membership(city=make_city(province=city.province), network=unesco)

    page = page_of(client)

    assert (len(page.cities), page.more_cities) == (24, 2)


def test_home_tells_what_happened_lately_from_the_dates_of_facts(client, unesco):
    status = make_membership(("active", JOINED), network=unesco).city
    milestone = make_milestone(happened_on=dt.date(2025, 1, 1))
    make_milestone(happened_on=timezone.localdate() + dt.timedelta(days=1))
    profile = make_profile(as_of=dt.date(2023, 1, 1))
    edition = make_edition(network=unesco)

    facts = page_of(client).facts

    assert [(fact.kind, fact.city) for fact in facts] == [
        ("award", None),
        ("milestone", milestone.city),
        ("membership", status),
        ("profile", profile.city),
    ]
    assert facts[0].text == edition.name


def test_home_does_not_tell_of_a_joining_twice(client, unesco):
    city = make_membership(("active", JOINED), network=unesco).city
    make_milestone(city=city, happened_on=JOINED)

    assert [fact.kind for fact in page_of(client).facts] == ["milestone"]


def test_home_shows_a_practice_and_the_award_with_what_is_not_known(client):
    practice = make_practice()
    category = make_category(edition=make_edition(unknown_en="Who won."))

    response = client.get("/en/")

    assert response.context["page"].practice == practice
    html = response.content.decode()
    assert ("Who won." in html, category.name_en in html) == (True, True)


def test_home_of_an_empty_site_still_says_what_it_is(client):
    html = client.get("/en/").content.decode()

    assert "Learning cities of Thailand" in html
    assert html.count("To come") == 4


@pytest.mark.parametrize("rows", [1, 3])
def test_home_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries, unesco, rows):
    for _ in range(rows):
        place = {"latitude": "16.43", "longitude": "102.83", "location_source": make_source()}
        make_membership(city=make_city(**place), network=unesco)
        make_milestone()
        make_profile()
        make_practice()
    make_category(edition=make_edition(network=unesco))

    with django_assert_num_queries(14):
        client.get("/")


def test_home_in_each_language_has_its_own_address(client):
    assert [client.get(path).headers["Content-Language"] for path in ("/", "/en/")] == ["th", "en"]
