"""Envelopes, errors and ways of calling, to the letter."""

import json

import pytest

from learningcity.interfaces.views.ckan.answering import ACTIONS
from tests.factories.opendata import make_dataset

JSON = "application/json"
HELP = "http://localhost:8000/api/3/action/help_show?name="
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/action/site_read", "/api/3/action/site_read"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_way_of_calling_gives_the_same(client, path, slash):
    ways = [
        client.get(path + slash),
        client.post(path + slash),
        client.post(path + slash, "{}", content_type=JSON),
        client.post(path + slash, {"a": "b"}),
        client.post(path + slash, "a=b", content_type="application/x-www-form-urlencoded"),
    ]

    assert {(one.status_code, one["Content-Type"]) for one in ways} == {(200, "application/json;charset=utf-8")}
    assert [one.json() for one in ways] == [{"help": f"{HELP}site_read", "success": True, "result": True}] * 5
    assert {one["Access-Control-Allow-Origin"] for one in ways} == {"*"}


def test_parameters_come_in_every_shape(client):
    make_dataset(slug="one", title_th="หนึ่ง")
    shapes = [
        client.get("/api/3/action/package_show", {"id": "one"}),
        client.get("/api/3/action/package_show", {"name_or_id": "one"}),
        client.post("/api/3/action/package_show", {"id": "one"}),
        client.post("/api/3/action/package_show", '{"id": "one"}', content_type="application/x-www-form-urlencoded"),
        client.post("/api/3/action/package_show", '{"id": "one"}', content_type="text/plain"),
        client.post("/api/3/action/package_show?id=other", '{"id": "one"}', content_type=JSON),
    ]

    assert [one.json()["result"]["name"] for one in shapes] == ["one"] * 6
    assert "หนึ่ง" in shapes[0].content.decode()


@pytest.mark.parametrize(
    ("name", "given", "status", "error"),
    [
        ("package_show", {"id": "x"}, 404, {"__type": "Not Found Error", "message": "Not found"}),
        ("package_show", {}, 409, {"__type": "Validation Error", "name_or_id": ["Missing value"]}),
        ("resource_show", {}, 409, {"__type": "Validation Error", "id": ["Missing value"]}),
        ("help_show", {}, 409, {"__type": "Validation Error", "name": ["Missing value"]}),
        ("package_search", {"rows": -1}, 409, {"__type": "Validation Error", "rows": ["Must be a natural number"]}),
        ("package_search", {"rows": "x"}, 409, {"__type": "Validation Error", "rows": ["Invalid integer"]}),
        ("package_search", {"start": [1]}, 409, {"__type": "Validation Error", "start": ["Invalid integer"]}),
        ("package_search", {"rows": 1.5}, 409, {"__type": "Validation Error", "rows": ["Invalid integer"]}),
        ("package_search", {"q": {}}, 409, {"__type": "Validation Error", "q": ["Must be a text"]}),
        (
            "package_search",
            {"facet.field": "[1]"},
            409,
            {"__type": "Validation Error", "facet.field": ["Not a list of strings"]},
        ),
        (
            "package_search",
            {"facet.field": "[1"},
            409,
            {"__type": "Validation Error", "facet.field": ["Cannot parse JSON"]},
        ),
        ("package_search", {"fq_list": 5}, 409, {"__type": "Validation Error", "fq_list": ["Not a list of strings"]}),
        (
            "package_search",
            {"defType": "x"},
            400,
            {"__type": "Search Query Error", "message": "Invalid search parameters: ['defType']"},
        ),
        (
            "package_search",
            {"sort": "nothing asc"},
            400,
            {
                "__type": "Search Query Error",
                "message": "Search Query is invalid: Invalid sort parameter 'nothing asc'",
            },
        ),
        (
            "package_create",
            {"name": "x"},
            403,
            {
                "__type": "Authorization Error",
                "message": "Access denied: this catalog is only read here; it is changed by its editors on the site",
            },
        ),
        ("user_show", {"id": "admin"}, 404, {"__type": "Not Found Error", "message": "Not found: User"}),
        (
            "tag_list",
            {"vocabulary_id": "x"},
            404,
            {"__type": "Not Found Error", "message": "Not found: there are no vocabularies"},
        ),
        (
            "resource_search",
            {"query": "x"},
            409,
            {"__type": "Validation Error", "query": ["Must be <field>:<value> pair(s)"]},
        ),
        (
            "resource_search",
            {"query": [5]},
            409,
            {"__type": "Validation Error", "query": ["Must be <field>:<value> pair(s)"]},
        ),
        ("resource_search", {}, 409, {"__type": "Validation Error", "query": ["Missing value"]}),
        (
            "resource_search",
            {"query": "secret:x"},
            409,
            {"__type": "Validation Error", "query": ['Field "secret" not recognised in resource_search.']},
        ),
    ],
)
def test_errors_have_their_envelopes(client, name, given, status, error):
    answer = client.post(f"/api/action/{name}", json.dumps(given), content_type=JSON)

    assert answer.status_code == status
    assert answer.json() == {"help": f"{HELP}{name}", "success": False, "error": error}


@pytest.mark.parametrize("name", ["nothing", "package_show/x", "../etc/passwd", "package_show'; DROP", "x" * 3_000])
def test_an_unknown_action_is_a_plain_text_in_json(client, name):
    answer = client.get(f"/api/3/action/{name}")

    assert (answer.status_code, answer.json()) == (400, f"Bad request - Action name not known: {name}")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"id": NaN}',
        b"[" * 100_000,
        b'{"id": ' + b"1" * 10_000 + b"}",
        b'{"id": "\\u0000"}',
        b'{"id": "\\ud800"}',
        b'{"\\u0000": 1}',
        b'{"id": {"a": ["\\ud800"]}}',
        b"\xff\xfe{",
        b"%PDF-1.7",
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_used(client, body):
    answer = client.post("/api/3/action/package_show", body, content_type=JSON)

    assert answer.status_code == 400
    assert answer.json().startswith("Bad request - ")


def test_a_huge_body_is_refused(client):
    answer = client.post("/api/3/action/package_show", b'{"id": "' + b"a" * 3_000_000 + b'"}', content_type=JSON)

    assert (answer.status_code, answer.json()) == (413, "Bad request - The request is too large")


def test_a_broken_form_is_refused(client):
    answer = client.post("/api/3/action/package_show", b"x", content_type="multipart/form-data; boundary=")

    assert answer.status_code == 400


def test_other_methods_are_told_which_there_are(client):
    refused, asked = client.delete("/api/3/action/package_show"), client.options("/api/3/action/package_show")

    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (
        200,
        "Authorization, Content-Type, X-CKAN-API-Key",
    )


SQL = "x' OR 1=1; DROP TABLE opendata_dataset; --"
ODD = [SQL, 10**30, True, [SQL], {"a": SQL}, "๑๒\u202e%_\\" * 2_000]
CATALOG = [
    "id",
    "name",
    "limit",
    "offset",
    "rows",
    "start",
    "q",
    "query",
    "fq",
    "fq_list",
    "sort",
    "facet.field",
    "facet.limit",
]
CATALOG += ["all_fields", "groups", "organizations", "include_datasets"]
TABLES = ["id", "limit", "offset", "q", "filters", "fields", "sort", "distinct", "include_total"]


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_nothing_that_is_given_breaks_an_action(client, resource, name, monkeypatch):
    monkeypatch.setattr("learningcity.interfaces.queries.keys.WITHOUT_KEY", 10_000)
    of_a_table = {"resource_id": resource} if name.startswith("datastore") else {}
    for parameter in TABLES if of_a_table else CATALOG:
        for odd in ODD:
            answer = client.post(f"/api/action/{name}", json.dumps(of_a_table | {parameter: odd}), content_type=JSON)

            assert answer.status_code in {200, 400, 403, 404, 409}, (parameter, odd)


def test_help_is_there_for_every_action(call):
    assert call("action_list") == sorted(ACTIONS)
    assert all(len(call("help_show", name=name)) > 20 for name in ACTIONS)


def test_organizations_groups_and_tags_are_what_packages_say(call, table):
    package = call("package_show", id="pupils")
    organization = call("organization_show", id=package["owner_org"], include_datasets=True)
    group = call("group_show", id=package["groups"][0]["name"], include_datasets=True)
    tag = call("tag_show", id=package["tags"][0]["id"], include_datasets=True)

    assert organization["name"] == package["organization"]["name"] == table.dataset.place
    assert (organization["package_count"], organization["packages"]) == (1, [package])
    assert (group["id"], group["packages"], tag["packages"]) == (package["groups"][0]["id"], [package], [package])
    assert call("organization_list") == sorted([table.dataset.place, "network"])
    assert call("organization_list", organizations=["network"], all_fields=True)[0]["package_count"] == 0
    assert call("group_list", all_fields=True, groups="records")[0]["package_count"] == 1
    assert call("group_list", limit=2, offset=1) == ["statistics", "geodata"]
    assert (call("tag_list"), call("tag_list", all_fields=True)[0]["name"]) == (["ตัวอย่าง"], "ตัวอย่าง")
    assert (call("tag_search", query="ตัว")["count"], call("tag_autocomplete", q="ไม่มี")) == (1, [])
    assert [call(f"{kind}_show", id="no")[0] for kind in ("organization", "group", "tag")] == [404] * 3


def test_resources_are_found_by_what_they_say(call, table):
    assert call("resource_search", query="format:csv")["count"] == 1
    assert (
        call("resource_search", query=["format:parquet", "url:/pupils"], limit=1)["results"][0]["format"] == "PARQUET"
    )
    assert call("resource_search", query="name:นักเรียน")["count"] == 0


def test_what_the_site_says_of_itself(call):
    status = call("status_show")

    assert (status["ckan_version"], status["site_url"], status["extensions"]) == (
        "2.11.0",
        "http://localhost:8000",
        ["datastore"],
    )
    assert {one["id"] for one in call("license_list")} >= {"อื่นๆ", "License not specified"}
    assert call("user_list") == []
