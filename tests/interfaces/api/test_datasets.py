"""Datasets with their versions and files, the rows of their tables, and the search."""

import duckdb
import pytest

from learningcity.opendata.actions import keep_file
from tests.factories import cities, opendata
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.interfaces.api.test_door import problem
from tests.interfaces.api.test_lists import path_of, read

pytestmark = pytest.mark.django_db
SCHEMA = {
    "fields": [
        {"name": "city", "type": "string", "title": "เมือง", "title_th": "เมือง", "title_en": "City"},
        {"name": "year", "type": "integer", "title": "ปี"},
        {"name": "pupils", "type": "number", "title": "นักเรียน"},
    ]
}
ROWS = "('ขอนแก่น', 2023, 10.5), ('ขอนแก่น', 2024, 12), ('เชียงใหม่', 2024, 7), ('พะเยา', 2024, NULL)"


def make_table(tmp_path, rows=ROWS, **changes):
    """Make a dataset with one table of pupils."""
    path = tmp_path / "rows.parquet"
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {rows}) t(city, year, pupils)) TO '{path}' (FORMAT parquet)")
    with path.open("rb") as file:
        table = keep_file(file, "application/vnd.apache.parquet")
    count = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
    dataset = changes.pop("dataset", None) or make_dataset(slug="pupils")
    part = make_part(rows.encode(), name="pupils", table=table, schema=SCHEMA, row_count=count)
    return make_version(dataset=dataset, parts=[part])


def test_a_dataset_is_told_with_its_files_and_the_way_to_its_rows(client, tmp_path):
    make_table(tmp_path)
    one = read(client, "/api/v1/datasets/pupils")

    assert (one["version"], one["license"]["code"], one["publisher"]["slug"]) == (1, "CC-BY-4.0", "network")
    assert [file["format"] for file in one["files"]] == ["csv", "xlsx", "json", "parquet"]
    assert one["files"][0]["url"] == "http://localhost:8000/data/pupils/1/pupils.csv"
    assert len(one["files"][0]["sha256"]) == 64
    assert read(client, path_of(one["files"][0]["table"]))["columns"][0] == {"name": "city", "type": "string"}
    assert one["links"]["th"] == "http://localhost:8000/data/pupils/"


def test_versions_keep_their_own_words_and_files(client, tmp_path):
    first = make_table(tmp_path)
    first.dataset.title_en = "Renamed"
    make_table(tmp_path, rows="('พะเยา', 2025, 1.5)", dataset=first.dataset)
    first.dataset.save()

    assert [one["number"] for one in read(client, "/api/v1/datasets/pupils/versions")["items"]] == [1, 2]
    assert read(client, "/api/v1/datasets/pupils/versions/1?fields=number,title")["title"]["en"] != "Renamed"
    assert read(client, "/api/v1/datasets/pupils/versions/2/files")["items"][0]["url"].endswith(
        "/data/pupils/2/pupils.csv"
    )
    assert len(read(client, "/api/v1/datasets/pupils/tables/pupils?version=1")["items"]) == 4
    assert len(read(client, "/api/v1/datasets/pupils/tables/pupils")["items"]) == 1
    assert read(client, "/api/v1/datasets/pupils/tables?version=1")["items"][0]["rows"] == 4
    assert problem(client.get("/api/v1/datasets/pupils/tables?version=3"))[0] == 404


def test_datasets_are_chosen_by_publisher_keyword_and_license(client):
    city = cities.make_city(slug="phayao")
    make_dataset(slug="one", place=city.slug, keywords_th=["โรงเรียน"], license="CC0-1.0")
    make_dataset(slug="two")

    for query in ("publisher=phayao", "keyword=โรงเรียน", "license=CC0-1.0"):
        assert [one["slug"] for one in read(client, f"/api/v1/datasets?{query}")["items"]] == ["one"]
    assert [one["slug"] for one in read(client, "/api/v1/datasets?publisher=network")["items"]] == ["two"]


def rows(client, query):
    return read(client, f"/api/v1/datasets/pupils/tables/pupils?{query}")["items"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("where=year:eq:2023&columns=pupils", [{"pupils": 10.5}]),
        ("where=pupils:ge:10&sort=-pupils&columns=pupils", [{"pupils": 12}, {"pupils": 10.5}]),
        ("where=city:in:พะเยา,ลำปาง&columns=city", [{"city": "พะเยา"}]),
        ("where=city:starts:เชียง&where=year:gt:2000&columns=city", [{"city": "เชียงใหม่"}]),
        ("where=pupils:missing&columns=city", [{"city": "พะเยา"}]),
        ("where=pupils:missing:false&measure=count", [{"count": 3}]),
        ("q=แก่น&measure=sum:pupils", [{"sum_pupils": 22.5}]),
        ("columns=year&distinct=true&sort=year", [{"year": 2023}, {"year": 2024}]),
        ("group=year&measure=count,max:pupils&sort=-count&limit=1", [{"year": 2024, "count": 3, "max_pupils": 12}]),
    ],
)
def test_questions_to_a_table(client, tmp_path, query, found):
    make_table(tmp_path)

    assert rows(client, query) == found


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("columns=nix", 409, "columns"),
        ("where=nix:eq:1", 409, "where"),
        ("where=year", 400, "where"),
        ("where=year:eq", 400, "where"),
        ("where=year:like:1", 400, "where"),
        ("where=year:eq:abc", 409, "where"),
        ('where=city:in:"a', 409, "where"),
        ("where=pupils:missing:x", 400, "where"),
        ("where=city:eq:'; DROP TABLE x; --&where=year:eq:1; DROP", 409, "where"),
        ("sort=nix", 409, "sort"),
        ("measure=sum:city", 409, "measure"),
        ("measure=median:year", 409, "measure"),
        ("group=nix", 409, "group"),
        ("limit=10001", 400, "limit"),
        ("&".join(["where=year:eq:1"] * 21), 400, "where"),
    ],
)
def test_a_question_that_does_not_fit_names_its_part(client, tmp_path, query, status, parameter):
    make_table(tmp_path)
    found, said = problem(client.get(f"/api/v1/datasets/pupils/tables/pupils?{query}"))

    assert (found, [error["parameter"] for error in said["errors"]]) == (status, [parameter])


def test_rows_come_in_pages_of_the_same_state(client, tmp_path):
    version = make_table(tmp_path)
    whole = rows(client, "sort=city,-year")
    found, url = (
        [],
        "/api/v1/datasets/pupils/tables/pupils?sort=city,-year&limit=3&total=true&where=year:gt:1&where=year:lt:3000",
    )
    while url:
        page = read(client, path_of(url))
        found += page["items"]
        url = page["next"]
    first = read(client, "/api/v1/datasets/pupils/tables/pupils?limit=3")["next"]
    make_table(tmp_path, rows="('พะเยา', 2025, 1.5)", dataset=version.dataset)

    assert (found, page["total"]) == (whole, 4)
    assert len(read(client, path_of(first))["items"]) == 1


def test_what_the_platform_itself_knows_is_asked_as_it_is_now(client):
    make_dataset(slug="cities", publication="cities")
    cities.make_city(slug="phayao", name_th="พะเยา")

    assert read(client, "/api/v1/datasets/cities/tables/cities?columns=slug,name_th&where=slug:eq:phayao")["items"] == [
        {"slug": "phayao", "name_th": "พะเยา"}
    ]
    assert problem(client.get("/api/v1/datasets/cities/tables/users"))[0] == 404


@pytest.mark.parametrize("count", [1, 3])
def test_versions_cost_the_same_however_many(client, count, django_assert_num_queries):
    dataset = make_dataset()
    for number in range(count):
        make_version(dataset=dataset, parts=[make_part(f"a\n{number}\n".encode())])
    read(client, "/api/v1/")

    with django_assert_num_queries(3):
        assert len(read(client, f"/api/v1/datasets/{dataset.slug}/versions")["items"]) == count


def test_the_search_answers_in_both_languages(client):
    from learningcity.search.actions import index

    index(cities.make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen"))
    (hit,) = read(client, "/api/v1/search?q=ขอนแก่น&total=true")["items"]

    assert (hit["kind"], hit["title"]) == ("city", {"th": "ขอนแก่น", "en": "Khon Kaen"})
    assert hit["links"]["en"] == "http://localhost:8000/en/cities/khon-kaen/"
    assert read(client, "/api/v1/search?q=ขอนแก่น&kind=practice") == {"items": [], "next": None}
    assert problem(client.get("/api/v1/search"))[0] == 400


def test_the_search_comes_in_pages(client):
    from learningcity.search.actions import index

    for _number in range(12):
        index(cities.make_city())
    first = read(client, "/api/v1/search?q=เมือง")
    second = read(client, path_of(first["next"]))

    assert (len(first["items"]), len(second["items"]), second["next"]) == (10, 2, None)


def test_numbers_of_few_people_are_not_told(client):
    indicator = opendata.make_indicator(unit_th="คน")
    opendata.make_observation(indicator=indicator, value=3, note_th="สามคน")
    (item,) = read(client, "/api/v1/observations")["items"]

    assert (item["value"], item["qualifier"]["code"], item["hiding"]) == (10, "less_than", "small")
    assert item["note"] == {"th": None, "en": None}
    assert read(client, "/api/v1/observations?fields=value")["items"] == [{"value": 10}]
    assert read(client, path_of(item["links"]["self"]))["value"] == 10


@pytest.mark.parametrize("count", [1, 3])
def test_one_dataset_its_rows_and_the_search_cost_the_same_however_many(
    client, tmp_path, count, django_assert_num_queries
):
    from learningcity.search.actions import index

    version = make_table(tmp_path, rows=", ".join(["('พะเยา', 2024, 1.5)"] * count))
    for _number in range(count):
        index(cities.make_city())
    read(client, "/api/v1/")

    with django_assert_num_queries(6):
        read(client, f"/api/v1/datasets/{version.dataset.slug}")
    with django_assert_num_queries(5):
        assert len(rows(client, "limit=10")) == count
    with django_assert_num_queries(8):
        assert len(read(client, "/api/v1/search?q=เมือง")["items"]) == count
