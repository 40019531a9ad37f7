import datetime as dt
from xml.etree import ElementTree

import pytest

from learningcity.audit.actions import write
from learningcity.portal.queries.addresses import PAGES
from learningcity.portal.views import feeds
from tests.factories.accounts import make_user
from tests.factories.awards import make_edition
from tests.factories.cities import make_city, make_membership, make_milestone
from tests.factories.opendata import make_dataset, make_version
from tests.factories.practices import make_practice

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def feed(client, path="/changes.atom"):
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client, path="/changes.atom"):
    return feed(client, path).findall(f"{ATOM}entry")


def test_changes_have_what_an_atom_feed_must_have(client):
    make_milestone()

    root = feed(client)

    assert root.tag == f"{ATOM}feed"
    for element in (root, root.find(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.find(f"{ATOM}{name}").text
        dt.datetime.fromisoformat(element.find(f"{ATOM}updated").text)
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"alternate", "self"}


@pytest.mark.parametrize(
    ("path", "language", "home"), [("/changes.atom", "th", "/"), ("/en/changes.atom", "en", "/en/")]
)
def test_changes_are_in_the_language_of_their_address(client, path, language, home):
    make_milestone(text_th="เหตุ", text_en="An event")

    root = feed(client, path)

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.find(f"{ATOM}link[@rel='alternate']").get("href") == f"http://localhost:8000{home}"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://localhost:8000{path}"
    assert root.find(f"{ATOM}entry/{ATOM}summary").text == {"th": "เหตุ", "en": "An event"}[language]


def test_changes_tell_what_happened_newest_first(client):
    make_milestone(happened_on=dt.date(2023, 1, 1))
    make_membership(("active", dt.date(2024, 2, 14)))
    make_edition(held_on=dt.date(2025, 10, 31))

    dates = [entry.find(f"{ATOM}updated").text for entry in entries(client)]

    assert dates == ["2025-10-31T00:00:00+07:00", "2024-02-14T00:00:00+07:00", "2023-01-01T00:00:00+07:00"]


def test_changes_tell_when_data_were_loaded_and_nothing_of_what_people_did(client):
    user = make_user()
    write("load data", "data", by=None, files={"cities.csv": [3, 1], "sources.csv": [2, 0]})
    write("sign in", user, by=user)

    (entry,) = entries(client, "/en/changes.atom")

    assert entry.find(f"{ATOM}summary").text == "5 records added, 1 changed."


def test_changes_leave_out_what_lies_ahead(client):
    make_milestone(happened_on=dt.date(2126, 1, 1))

    assert entries(client) == []


def test_changes_keep_their_ids(client):
    city = make_city(slug="yala")
    make_milestone(city=city, slug="first")

    ids = [[entry.find(f"{ATOM}id").text for entry in entries(client)] for _ in range(2)]

    assert ids == [["tag:localhost,2026:th/milestone/yala/first"]] * 2


def test_changes_survive_markup_and_letters_that_xml_cannot_hold(client):
    make_milestone(text_th="ก & <b>ข</b>\x0b")

    assert entries(client)[0].find(f"{ATOM}summary").text == "ก &amp; &lt;b&gt;ข&lt;/b&gt;"


@pytest.mark.parametrize("count", [1, 3])
def test_changes_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_milestone()

    with django_assert_num_queries(5):
        client.get("/changes.atom")


def test_changes_of_data_tell_what_is_new_and_what_was_withdrawn(client):
    at = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    make_dataset(title_en="Gone", withdrawn_at=at, changed_at=at, reason_en="Counted wrongly.")
    make_dataset(title_en="Secret", category="secret")
    dataset = make_version(dataset=make_dataset(title_en="Pupils"), note_en="The year 2025.").dataset

    first, second = entries(client, "/en/data/changes.atom")

    assert [one.find(f"{ATOM}title").text for one in (first, second)] == ["Pupils", "Gone"]
    assert first.find(f"{ATOM}summary").text == "The year 2025."
    assert second.find(f"{ATOM}summary").text == "Withdrawn: Counted wrongly."
    assert first.find(f"{ATOM}id").text == f"tag:localhost,2026:en/dataset/{dataset.uid}/1"
    assert first.find(f"{ATOM}link").get("href") == f"http://localhost:8000/en/data/{dataset.slug}/"


@pytest.mark.parametrize(("path", "home"), [("/data/changes.atom", "/data/"), ("/en/data/changes.atom", "/en/data/")])
def test_changes_of_data_are_a_feed_of_their_own_in_each_language(client, path, home):
    root = feed(client, path)

    assert root.find(f"{ATOM}link[@rel='alternate']").get("href") == f"http://localhost:8000{home}"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://localhost:8000{path}"
    assert root.find(f"{ATOM}id").text != feed(client).find(f"{ATOM}id").text


@pytest.mark.parametrize("count", [1, 3])
def test_changes_of_data_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_version()

    with django_assert_num_queries(5):
        client.get("/data/changes.atom")


def sitemap(client, query=""):
    response = client.get(f"/sitemap.xml{query}")
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def test_sitemap_names_every_page_in_both_languages(client):
    practice, dataset = make_practice(), make_dataset()
    make_dataset(slug="secret", category="secret")

    addresses = [loc.text for loc in sitemap(client).iter(f"{MAP}loc")]

    wanted = ["/", "/cities/", f"/cities/{practice.city.slug}/", f"/practices/{practice.slug}/"]
    wanted += ["/data/", f"/data/{dataset.slug}/"]
    for path in wanted:
        assert addresses.count(f"http://localhost:8000{path}") == 1
        assert addresses.count(f"http://localhost:8000/en{path}") == 1
    assert len(addresses) == len(set(addresses))
    assert [one for one in addresses if "secret" in one] == []


def test_sitemap_leads_only_to_pages_that_exist(client):
    make_practice()
    make_edition()
    make_version()

    paths = [loc.text.removeprefix("http://localhost:8000") for loc in sitemap(client).iter(f"{MAP}loc")]

    assert {client.get(path).status_code for path in paths} == {200}


def test_sitemap_says_of_each_page_where_its_other_language_is(client):
    first = sitemap(client).find(f"{MAP}url")

    assert [(link.get("hreflang"), link.get("href")) for link in first.findall(LINK)] == [
        ("th", "http://localhost:8000/"),
        ("en", "http://localhost:8000/en/"),
        ("x-default", "http://localhost:8000/"),
    ]


def test_sitemap_of_many_pages_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr(feeds, "PAGES_IN_SITEMAP", 5)

    parts = [loc.text.partition("/sitemap.xml")[2] for loc in sitemap(client).iter(f"{MAP}loc")]
    pages = [loc.text for part in parts for loc in sitemap(client, part).iter(f"{MAP}loc")]

    assert parts == [f"?part={number}" for number in range(1, -(-len(PAGES) // 5) + 1)]
    assert len(pages) == len(set(pages)) == 2 * len(PAGES)


@pytest.mark.parametrize("part", ["0", "2", "x", "-1", "99999999999"])
def test_sitemap_has_no_part_beyond_its_last(client, part):
    assert client.get("/sitemap.xml", {"part": part}).status_code == 404


def test_robots_may_read_all_but_the_private_pages(client):
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /account",
        "Disallow: /en/account",
        "Disallow: /admin/",
        "Disallow: /en/admin/",
        "",
        "Sitemap: http://localhost:8000/sitemap.xml",
    ]
