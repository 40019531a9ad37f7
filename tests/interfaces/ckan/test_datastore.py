"""Rows of tables, as CKAN's DataStore hands them out."""

import json
import uuid

import pytest

from learningcity.common.columnar.engine import TooSlow
from learningcity.interfaces.views.ckan import datastore
from learningcity.opendata.registry import publications
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_version

pytestmark = pytest.mark.django_db


def test_datastore_search_gives_the_first_hundred_rows(call, resource):
    said = call("datastore_search", resource_id=resource)

    assert (said["total"], len(said["records"]), said["limit"], said["offset"]) == (250, 100, 100, 0)
    assert said["records"][3] == {
        "_id": 4,
        "school": "โรงเรียนบ้าน 3",
        "year": 2563,
        "pupils": 21,
        "score": 0.75,
        "day": "2024-09-20",
        "open": False,
        "seen": "2024-09-17T04:02:03",
    }
    assert [(one["id"], one["type"]) for one in said["fields"]] == [
        ("_id", "int"),
        ("school", "text"),
        ("year", "int4"),
        ("pupils", "int8"),
        ("score", "float8"),
        ("day", "date"),
        ("open", "bool"),
        ("seen", "timestamp"),
    ]
    assert said["fields"][2]["info"]["label"] == "ปี"


def test_every_kind_of_file_of_a_table_can_be_asked(call, table):
    resources = call("package_show", id="pupils")["resources"]

    assert [one["datastore_active"] for one in resources] == [True] * 4
    assert [call("datastore_search", resource_id=one["id"], limit=0)["total"] for one in resources] == [250] * 4
    assert [call("resource_show", id=one["id"])["format"] for one in resources] == ["CSV", "XLSX", "JSON", "PARQUET"]
    assert call("resource_view_list", id=resources[0]["id"]) == []


@pytest.mark.parametrize("way", ["call", "read"])
def test_the_next_page_is_one_of_the_same_question(client, call, read, resource, way):
    asked = {"resource_id": resource, "filters": {"year": 2563}, "q": "โรงเรียน", "limit": 2, "sort": "_id desc"}
    first = call("datastore_search", **asked) if way == "call" else read("datastore_search", **as_texts(asked))
    second = client.get(first["_links"]["next"]).json()["result"]

    assert [row["_id"] for row in first["records"] + second["records"]] == [249, 244, 239, 234]
    assert client.get(first["_links"]["start"]).json()["result"]["records"] == first["records"]


def as_texts(asked):
    return {name: json.dumps(value) if isinstance(value, dict) else value for name, value in asked.items()}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"filters": {"year": 2563}, "limit": 2}, ([4, 9], 50)),
        ({"filters": {"year": ["2563", 2564], "open": True}, "limit": 2}, ([5, 9], 50)),
        ({"filters": {"_id": 7}}, ([7], 1)),
        ({"filters": {"day": "2024-09-20"}}, ([4], 1)),
        ({"filters": {"school": None}}, ([], 0)),
        ({"q": "โรงเรียน 24", "limit": 3}, ([25, 125, 225], 13)),
        ({"q": {"school": "249"}}, ([250], 1)),
        ({"sort": "score desc", "limit": 2}, ([250, 249], 250)),
        ({"sort": "year desc, _id asc", "limit": 2}, ([5, 10], 250)),
        ({"sort": ["_id desc nulls last"], "limit": 1, "offset": 249}, ([1], 250)),
        ({"offset": 249}, ([250], 250)),
        ({"offset": 10**12}, ([], 250)),
        ({"limit": 0}, ([], 250)),
        ({"fields": "_id,school", "limit": "1"}, ([1], 250)),
    ],
)
def test_datastore_search_finds(call, read, resource, asked, expected):
    found = call("datastore_search", resource_id=resource, **asked)
    by_address = read(
        "datastore_search",
        resource_id=resource,
        **{name: value if isinstance(value, str | int) else json.dumps(value) for name, value in asked.items()},
    )

    assert ([one["_id"] for one in found["records"]], found["total"]) == expected
    assert by_address["records"] == found["records"]


def test_words_are_found_anywhere_in_a_row(call, resource):
    found = call("datastore_search", resource_id=resource, q="บ้าน 24", limit=32_000)

    assert [one["_id"] for one in found["records"]] == [number + 1 for number in range(250) if "24" in str(number)]


def test_distinct_values_of_a_column(call, resource):
    found = call("datastore_search", resource_id=resource, fields=["year"], distinct=True, sort="year desc")

    assert (found["records"], found["total"]) == ([{"year": year} for year in range(2564, 2559, -1)], 5)


@pytest.mark.parametrize(
    ("form", "records"),
    [
        ("lists", [[2, "โรงเรียนบ้าน 1", False], [3, "โรงเรียนบ้าน 2", True]]),
        ("csv", "2,โรงเรียนบ้าน 1,False\n3,โรงเรียนบ้าน 2,True\n"),
        ("tsv", "2\tโรงเรียนบ้าน 1\tFalse\n3\tโรงเรียนบ้าน 2\tTrue\n"),
    ],
)
def test_records_in_other_shapes(call, resource, form, records):
    asked = {"fields": ["_id", "school", "open"], "limit": 2, "offset": 1, "records_format": form}
    found = call("datastore_search", resource_id=resource, include_total=False, **asked)

    assert found["records"] == records
    assert "total" not in found


def test_more_rows_than_anybody_gets_are_as_many_as_anybody_gets(call, resource):
    found = call("datastore_search", resource_id=resource, limit=10**9)

    assert (found["limit"], len(found["records"])) == (32_000, 250)


SQL = "1'; DROP TABLE opendata_dataset; SELECT '"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"resource_id": None}, "resource_id"),
        ({"limit": -1}, "limit"),
        ({"limit": SQL}, "limit"),
        ({"limit": [1]}, "limit"),
        ({"limit": 1.5}, "limit"),
        ({"offset": "x"}, "offset"),
        ({"offset": 10**9, "sort": "year"}, "offset"),
        ({"fields": SQL}, "fields"),
        ({"fields": [1]}, "fields"),
        ({"fields": ["school", "school"]}, "fields"),
        ({"sort": SQL}, "sort"),
        ({"sort": "score; DROP"}, "sort"),
        ({"sort": {"a": 1}}, "sort"),
        ({"filters": SQL}, "filters"),
        ({"filters": "{broken"}, "filters"),
        ({"filters": [1]}, "filters"),
        ({"filters": {SQL: 1}}, "filters"),
        ({"filters": {"year": SQL}}, "filters"),
        ({"filters": {"year": {"a": 1}}}, "filters"),
        ({"filters": {"year": []}}, "filters"),
        ({"filters": {"year": [[1]]}}, "filters"),
        ({"filters": {"pupils": 10**30}}, "filters"),
        ({"filters": {"school": list(map(str, range(2_000)))}}, "filters"),
        ({"q": ["a"]}, "q"),
        ({"q": {"year": "2563"}}, "filters"),
        ({"q": {SQL: "x"}}, "filters"),
        ({"q": "a " * 100}, "q"),
        ({"records_format": "xml"}, "records_format"),
        ({"records_format": {}}, "records_format"),
    ],
)
def test_what_cannot_be_asked_is_named(call, resource, asked, parameter):
    status, error = call("datastore_search", **{"resource_id": resource, **asked})

    assert (status, error["__type"], list(error)[1]) == (409, "Validation Error", parameter)


@pytest.mark.parametrize("text", [SQL, "no-such", str(uuid.UUID(int=1)), "x" * 5_000])
def test_a_table_that_is_not_there(call, text):
    for name, parameter in (("datastore_search", "resource_id"), ("datastore_info", "id"), ("resource_show", "id")):
        status, error = call(name, **{parameter: text})

        assert (status, error["__type"]) == (404, "Not Found Error")


def test_a_file_that_is_no_table_cannot_be_asked(call):
    part = make_version().distributions.get()

    assert call("resource_show", id=str(part.uid))["datastore_active"] is False
    assert call("datastore_search", resource_id=str(part.uid))[0] == 404


def test_sql_in_words_is_only_words(call, resource):
    assert call("datastore_search", resource_id=resource, q=SQL)["total"] == 0
    assert call("datastore_search", resource_id=resource, filters={"school": SQL})["total"] == 0


def test_datastore_info_tells_columns_and_rows(call, resource):
    said = call("datastore_info", id=resource)

    assert (said["meta"]["count"], said["fields"][0]["id"]) == (250, "school")


def test_sql_is_refused_in_words(call):
    status, error = call("datastore_search_sql", sql="SELECT 1")

    assert (status, error["__type"]) == (403, "Authorization Error")
    assert error["message"].startswith("Access denied: SQL is not taken here")


def test_a_question_that_takes_too_long_is_an_error_of_the_search(call, resource, monkeypatch):
    def too_slow(*_args):
        raise TooSlow

    monkeypatch.setattr(datastore, "ask", too_slow)
    assert call("datastore_search", resource_id=resource)[1]["__type"] == "Search Error"


def test_what_the_platform_itself_knows_can_be_asked(call):
    city = make_city(name_th="ขอนแก่น")
    make_dataset(slug="cities", publication="cities")
    resources = call("package_show", id="cities")["resources"]
    found = call("datastore_search", resource_id=resources[-1]["id"], q="ขอนแก่น")

    assert (found["total"], found["records"][0]["slug"]) == (1, city.slug)
    assert call("datastore_info", id=resources[0]["id"])["meta"]["count"] == 1
    assert call("package_search", fq="res_format:geojson")["count"] == (
        "GEOJSON" in {one["format"] for one in resources}
    )
    assert call("package_search", fq="res_format:parquet")["count"] == 1


def test_every_table_of_the_platform_can_be_asked(call):
    for publication in publications():
        make_dataset(slug=f"all-{publication.name}", publication=publication.name)
    packages = call("package_search", rows=1_000, fq="res_format:csv")["results"]
    asked = [call("datastore_search", resource_id=one["resources"][0]["id"], limit=1) for one in packages]

    assert len(packages) == len(publications())
    assert [one for one in asked if not isinstance(one, dict)] == []
