import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.awards import make_category, make_edition
from tests.factories.opendata import make_observation

pytestmark = pytest.mark.django_db


def test_awards_show_the_latest_edition_first(client):
    early = make_edition(held_on=dt.date(2025, 10, 31))
    late = make_edition(held_on=dt.date(2026, 10, 31))

    assert list(client.get("/awards/").context["editions"]) == [late, early]


def test_awards_without_an_edition_say_what_will_stand_here(client):
    assert "When an award is held" in client.get("/en/awards/").content.decode()


def test_award_shows_its_categories_in_their_order(client):
    edition = make_edition()
    make_category(edition=edition, position=2, name_en="Equity")
    make_category(edition=edition, position=1, name_en="Children")

    page = client.get(f"/en/awards/{edition.slug}/").content.decode()

    assert 0 < page.index("Children") < page.index("Equity")


def test_award_says_what_is_not_known(client):
    edition = make_edition(unknown_en="Who won in which category is not published.", unknown_th="ไม่ทราบ")

    page = client.get(f"/en/awards/{edition.slug}/").content.decode()

    assert "What is not known" in page
    assert "Who won in which category is not published." in page


def test_award_shows_what_its_own_source_counts(client):
    edition = make_edition()
    number = make_observation(network=edition.network, source=edition.source)
    make_observation(network=edition.network)

    assert client.get(f"/awards/{edition.slug}/").context["figures"] == [[number]]


@pytest.mark.parametrize("count", [1, 3])
def test_awards_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_category()

    # The editions, their categories, their tables.
    with django_assert_num_queries(3):
        client.get("/awards/")


@pytest.mark.parametrize("count", [1, 3])
def test_award_takes_the_same_queries_however_many_categories_it_has(client, count, django_assert_num_queries):
    edition = make_edition()
    for _ in range(count):
        make_category(edition=edition)
        make_observation(network=edition.network, source=edition.source)

    # The edition, its categories, its numbers.
    with django_assert_num_queries(3):
        client.get(reverse("award", args=[edition.slug]))
