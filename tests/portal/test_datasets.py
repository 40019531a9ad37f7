"""The catalog of data and the page of each dataset, as people read them."""

import pytest

from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.enums import License
from learningcity.portal.queries.datasets import cell_text
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.tables import ROWS, make_table_part

pytestmark = pytest.mark.django_db


def slugs(response):
    return [entry.dataset.slug for entry, _formats in response.context["entries"]]


@pytest.fixture
def version():
    return make_version(dataset=make_dataset(slug="schools", title_en="Schools"), parts=[make_table_part()])


def test_catalog_shows_what_is_public_newest_first(client):
    make_version(dataset=make_dataset(slug="older"))
    make_version(dataset=make_dataset(slug="newer"), parts=[make_table_part()])
    make_dataset(slug="hidden", category="personal")

    response = client.get("/en/data/")

    assert slugs(response) == ["newer", "older"]
    assert [formats for _entry, formats in response.context["entries"]] == [["csv", "json", "parquet", "xlsx"], ["csv"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "นักเรียน"}, ["pupils"]),
        ({"words": "KEYWORD pupils"}, ["pupils"]),
        ({"words": "nothing"}, []),
        ({"words": "'; DROP TABLE --"}, []),
        ({"place": "khon-kaen"}, ["pupils"]),
        ({"place": "network"}, ["places"]),
        ({"data_type": "geodata"}, ["places"]),
        ({"license": "CC0-1.0"}, ["pupils"]),
        ({"format": "parquet"}, ["pupils"]),
        ({"format": "pdf"}, ["places"]),
        ({"format": "geojson"}, ["places", "pupils"]),
        ({"place": "atlantis", "format": "exe"}, ["places", "pupils"]),
    ],
)
def test_catalog_is_narrowed(client, asked, found):
    make_city(slug="khon-kaen")
    words = {"title_th": "นักเรียน", "title_en": "Pupils", "keywords_en": ["keyword"]}
    dataset = make_dataset(slug="pupils", place="khon-kaen", license="CC0-1.0", **words)
    make_version(dataset=dataset, parts=[make_table_part()])
    make_version(dataset=make_dataset(slug="places", data_type="geodata"), parts=[make_part(format="pdf")])

    assert slugs(client.get("/data/", asked)) == found


def test_catalog_says_what_is_unknown_and_what_to_do_where_nothing_fits(client, version):
    unknown = client.get("/en/data/", {"license": "found"})
    nothing = client.get("/en/data/", {"words": "unicorns"}).content.decode()

    assert "“found”" in str(unknown.context["form"].errors["license"])
    assert "No dataset fits these filters" in nothing


def test_catalog_leads_to_what_else_can_be_found(client):
    page = client.get("/en/data/").content.decode()

    assert [f'href="{address}"' in page for address in ("/en/indicators/", "/en/library/", "/api/v1/docs?lang=en")] == [
        True
    ] * 3


def test_catalog_without_any_data_says_what_it_is_for(client):
    page = client.get("/en/data/").content.decode()

    assert ("No data are published yet" in page, "/en/help/publish-data/" in page) == (True, True)


def test_catalog_fragment_is_part_of_the_whole_page(client, version):
    whole = client.get("/data/").content.decode()
    fragment = client.get("/data/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 30])
def test_catalog_has_no_other_pages_than_it_has(client, version, page):
    assert client.get("/data/", {"page": page}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_catalog_takes_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _number in range(count):
        make_version()

    # Two facets, all formats at once, two for who publishes; the number of datasets; four for the entries.
    with django_assert_num_queries(10):
        client.get("/data/")


def test_dataset_shows_what_it_is_and_what_is_in_it(client, version):
    page = client.get("/en/data/schools/").content.decode()

    for words in (
        "A description.",
        "วัดกลาง",
        "<code>pupils</code>",
        "whole number (คน)",
        "Creative Commons Attribution 4.0",
    ):
        assert words in page
    for form in ("csv", "xlsx", "json", "parquet"):
        assert f'href="/data/schools/1/schools.{form}"' in page
    assert "&lt;b&gt;บ้านโนน&lt;/b&gt;" in page
    assert 'href="/data/schools/1/datapackage.zip"' in page


def test_dataset_is_cited_by_the_address_of_its_version(client, version, settings):
    settings.SITE_URL = "https://example.org"
    citation = client.get("/data/schools/").context["citation"]

    assert citation.url == "https://example.org/data/schools/1/"
    assert citation.bibtex.splitlines()[0] == "@misc{schools-v1,"
    year = version.made_at.year
    assert f" (พ.ศ. {year + 543}). " in citation.line
    assert citation.line.endswith(", ฉบับที่ 1. https://example.org/data/schools/1/")
    assert f" ({year}). " in client.get("/en/data/schools/").context["citation"].line


@pytest.mark.parametrize("name", License)
def test_every_license_is_said_in_plain_words(client, name):
    make_version(dataset=make_dataset(slug="schools", license=name))

    response = client.get("/en/data/schools/")

    assert response.status_code == 200
    assert len(response.context["may"]) >= 1


def test_dataset_without_data_says_so(client):
    make_dataset(slug="empty")

    assert "No data yet" in client.get("/en/data/empty/").content.decode()


def test_dataset_of_the_platform_is_always_fresh(client):
    make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")
    make_dataset(slug="cities", publication="cities")

    page = client.get("/en/data/cities/").content.decode()

    assert 'href="/data/cities/latest/cities.csv"' in page
    assert 'href="/en/data/cities/latest/cities/"' in page
    assert "khon-kaen" in page


@pytest.mark.parametrize(
    "path",
    ["hidden/", "hidden/1/", "hidden/1/table/", "hidden/1..1/", "none/", "schools/2/", "schools/99999999999999/"],
)
def test_dataset_that_is_not_public_or_not_there_is_not_found(client, version, path):
    make_version(dataset=make_dataset(slug="hidden", category="personal"))

    assert client.get(f"/data/{path}").status_code == 404


def test_version_keeps_its_words_and_leads_to_the_newest(client, version):
    dataset = version.dataset
    dataset.title_en = "Renamed"
    dataset.save()
    make_version(dataset=dataset, parts=[make_table_part(ROWS[:1])])

    page = client.get("/en/data/schools/1/").content.decode()

    assert ("<h1>Schools</h1>" in page, "This is an older version." in page) == (True, True)
    assert "<h1>Renamed</h1>" in client.get("/en/data/schools/").content.decode()


def test_withdrawn_dataset_leaves_a_tombstone_at_each_of_its_pages(client, version):
    boss = make_role(user=make_user(), kind="secretariat", city=None).user
    withdraw_dataset(version.dataset, "", "Counted wrongly.", by=boss)

    for path in ("", "1/", "1/schools/", "1..1/", "9/"):
        response = client.get(f"/en/data/schools/{path}")
        page = response.content.decode()
        assert (path, response.status_code, "Counted wrongly." in page) == (path, 410, True)
        assert "@misc{schools-v1," in page
        assert "วัดกลาง" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_dataset_takes_the_same_queries_however_many_tables_it_has(client, count, django_assert_num_queries):
    parts = [make_table_part(name=f"table-{number}", row_count=3) for number in range(count)]
    make_version(dataset=make_dataset(slug="schools"), parts=parts)
    client.get("/data/schools/")

    # The dataset; the entry; the versions; and where the rows of each table lie.
    with django_assert_num_queries(6 + 2 * count):
        client.get("/data/schools/")


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (102909.0, "102909"), (0.5, "0.5"), (1e300, "1e+300"), (True, "true"), ("ก", "ก")]
)
def test_values_stand_on_the_page_as_in_the_table(value, text):
    assert cell_text(value) == text


EVIL = [
    "\x00",
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "9" * 5_000,
    "-1",
    "\u0e33" * 300,
    "<script>",
    "{{ 1 }}",
    "1e999",
    "²",
    "\U0001f600",
]


@pytest.mark.parametrize("value", EVIL)
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/data/", ["words", "place", "data_type", "format", "license", "page"]),
        ("/data/schools/1/schools/", ["text", "column", "operator", "sort", "page"]),
        ("/data/schools/compare/", ["from", "to"]),
    ],
)
def test_nothing_that_stands_in_an_address_does_harm(client, version, path, names, value):
    answers = [client.get(path, {name: value}) for name in names]
    answers.append(client.get(path, {"column": "school", "operator": "has", "value": value}))

    assert {answer.status_code for answer in answers} <= {200, 400, 404}
