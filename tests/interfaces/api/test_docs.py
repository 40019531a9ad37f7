"""The page on which the API is told of and can be tried."""

import pytest

from learningcity.interfaces.api.addresses import ADDRESSES
from tests.factories import cities

pytestmark = pytest.mark.django_db
DOCS = "/api/v1/docs"


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "th"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de", "th"),
        ("?lang=en", "th", "en"),
        ("?lang=th", "en", "th"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_it_speaks_the_language_of_its_reader(client, query, accepted, language):
    page = client.get(f"{DOCS}{query}", headers={"Accept-Language": accepted})

    assert (page.status_code, page["Content-Language"]) == (200, language)
    assert f'<html lang="{language}">' in page.content.decode()
    assert "Accept-Language" in page["Vary"]


def test_it_stands_on_its_own_without_script_or_style_in_it(client):
    text = client.get(f"{DOCS}?lang=en").content.decode()

    assert "<script" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text


def test_every_address_stands_on_it_with_a_form(client):
    page = client.get(f"{DOCS}?lang=en")
    names = [one.name for some in page.context["groups"].values() for one in some]

    assert sorted(names) == sorted(address.name for address in ADDRESSES)
    assert page.content.decode().count('action="/api/v1/docs#answer"') == len(ADDRESSES)


def test_what_is_asked_on_it_is_answered_on_it(client):
    cities.make_city(slug="khon-kaen", name_th="ขอนแก่น")
    page = client.get(f"{DOCS}?lang=en&operation=city&slug=khon-kaen&fields=name")

    assert page.context["shown"].status == 200
    assert "ขอนแก่น" in page.content.decode()
    assert "http://localhost:8000/api/v1/cities/khon-kaen?fields=name" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("operation=city&slug=nowhere", 404),
        ("operation=city", 404),
        ("operation=city&slug=<script>", 400),
        ("operation=cities&limit=-1", 400),
        ("operation=search&q=😀", 200),
        ("operation=observation&id=x", 404),
        ("operation=index", 200),
    ],
)
def test_a_bad_question_is_answered_too(client, query, status):
    page = client.get(f"{DOCS}?{query}")

    assert (page.status_code, page.context["shown"].status) == (200, status)
    assert "<script" not in page.content.decode()


def test_an_unknown_operation_asks_nothing(client):
    assert client.get(f"{DOCS}?operation=frobnicate").context["shown"] is None


def test_it_leads_to_what_other_software_speaks(client):
    text = client.get(f"{DOCS}?lang=en").content.decode()

    assert all(
        name in text for name in ("CKAN", "DCAT-AP 3", "OAI-PMH 2.0", "OGC API Features", "/api/v1/openapi.json")
    )


def test_it_is_for_reading_only(client):
    assert client.post(DOCS).status_code == 405
    assert client.post(DOCS)["Content-Type"] == "application/problem+json"
