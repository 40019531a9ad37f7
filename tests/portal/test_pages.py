import datetime as dt
from pathlib import Path

import pytest

from learningcity.imports.actions import PATIENCE as LIFE_OF_UPLOADS
from learningcity.notices.tasks.rounds import LIFE_OF_LETTERS, LIFE_OF_NOTICES
from learningcity.partners.actions.clerks import VALID_FOR
from tests.factories.cities import make_membership, make_network
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

STORE = Path(__file__).parents[2] / "learningcity/workspace/static/workspace/store.js"
PAGES = ["about", "accessibility", "privacy"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_there_in_both_languages(client, page, prefix):
    response = client.get(f"{prefix}/{page}/")

    assert (response.status_code, response["Content-Language"]) == (200, "en" if prefix else "th")


def test_about_counts_the_members_of_each_network_today(client):
    network = make_network()
    make_membership(network=network)
    make_membership(("active", dt.date(2020, 1, 1)), ("left", dt.date(2021, 1, 1)), network=network)

    assert client.get("/about/").context["networks"] == [(network, 1)]


def test_about_names_the_source_of_the_six_components(client):
    source = make_source(slug="eef-awards-2025")

    assert client.get("/about/").content.decode().count(f'href="/sources/{source.slug}/"') == 2


def test_about_gives_the_address_of_those_who_run_the_site(client, settings):
    settings.CONTACT_EMAIL = "hello@example.org"

    page = client.get("/en/about/").content.decode()

    assert "have not given an address yet" not in page
    assert 'href="mailto:hello@example.org"' in page


def test_about_without_an_address_says_so(client, settings):
    settings.CONTACT_EMAIL = ""

    assert "have not given an address yet" in client.get("/en/about/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_reading_sets_no_cookie(client, page):
    assert not client.get(f"/{page}/").cookies


def test_privacy_says_how_long_things_are_kept(client):
    page = client.get("/en/privacy/").content.decode()

    kept = [LIFE_OF_LETTERS.days, LIFE_OF_NOTICES.days, LIFE_OF_UPLOADS.days, VALID_FOR.days]
    assert kept == [90, 365, 90, 14]
    assert [page.count(words) for words in ("90 days", "after a year", "within 14 days", "after 30 days")] == [
        3,
        1,
        1,
        1,
    ]
    assert "const DAYS = 30;" in STORE.read_text()
