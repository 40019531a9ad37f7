"""Everything that somebody may type where it does not belong: the answer names it, and nothing breaks."""

import json

import pytest

from tests.factories import cities, opendata
from tests.interfaces.api.test_door import problem

pytestmark = pytest.mark.django_db
SQL = "' OR 1=1; DROP TABLE cities_city; --"
LISTS = (
    "cities milestones indicators observations practices sources organizations agreements commitments datasets search"
)


def parameters(client):
    """Return every address with the names of its parameters, those in the path filled in."""
    for path, said in json.loads(client.get("/api/v1/openapi.json").content)["paths"].items():
        names = [one["name"] for one in said["get"]["parameters"] if one["in"] == "query"]
        filled = path.format(slug="khon-kaen", name="table", id=1, number=1)
        yield f"/api/v1{filled}", names


@pytest.mark.parametrize(
    "value", [SQL, "😀" * 20, "-1", "9" * 30, "x" * 450, "null", "%", "\\", '"', "[]", "{}", "1e400"]
)
def test_whatever_is_typed_into_any_parameter_breaks_nothing(client, monkeypatch, value):
    monkeypatch.setattr("learningcity.interfaces.queries.keys.WITHOUT_KEY", 10_000)
    cities.make_city(slug="khon-kaen")
    found = {
        client.get(path, {**({"q": "a"} if path.endswith("search") else {}), name: value}).status_code
        for path, names in parameters(client)
        for name in names
    }

    assert found <= {200, 400, 404}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=-1", "limit"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=1e2", "limit"),
        ("limit=5.0", "limit"),
        ("limit=%205", "limit"),
        ("limit=๕", "limit"),
        ("limit=", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("total=yes", "total"),
        ("fields=slug,secret", "fields"),
        ("fields=", "fields"),
        ("kind=village", "kind"),
        ("province=%27%3B--", "province"),
        ("rows=5", "rows"),
        ("limit=5&limit=6", "limit"),
        ("ขอนแก่น=1", "ขอนแก่น"),
    ],
)
def test_what_a_parameter_cannot_be_is_refused_by_its_name(client, query, parameter):
    status, said = problem(client.get(f"/api/v1/cities?{query}"))

    assert status == 400
    assert [error["parameter"] for error in said["errors"]] == [parameter]


@pytest.mark.parametrize("name", LISTS.split())
def test_unknown_parameters_are_named_everywhere(client, name):
    status, said = problem(
        client.get(f"/api/v1/{name}?q=a&frobnicate=1" if name == "search" else f"/api/v1/{name}?frobnicate=1")
    )

    assert (status, [error["parameter"] for error in said["errors"]]) == (400, ["frobnicate"])


def next_of(client, query):
    return json.loads(client.get(f"/api/v1/cities?{query}").content)["next"].partition("cursor=")[2]


def test_a_cursor_that_is_forged_old_or_of_another_question_leads_nowhere(client, monkeypatch):
    cities.make_city(kind="province"), cities.make_city(kind="province")
    cursor = next_of(client, "limit=1")
    tried = [
        f"cursor={cursor}x",
        f"cursor={cursor[1:]}",
        "cursor=WyJhIiwiYiJd:1abc:def",
        "cursor=a",
        f"kind=province&cursor={cursor}",
    ]
    answers = [problem(client.get(f"/api/v1/cities?{query}"))[0] for query in tried]
    monkeypatch.setattr("learningcity.interfaces.api.cursors.LONGEST_LIFE", -1)

    assert answers == [404] * 5
    assert problem(client.get(f"/api/v1/cities?cursor={cursor}"))[0] == 404


@pytest.mark.parametrize("key", ["-1", "0", "x", "99999999999999999999", "1.5", "١"])
def test_numbers_that_no_record_has(client, key):
    opendata.make_observation()

    assert client.get(f"/api/v1/observations/{key}").status_code in {400, 404}


def test_a_withdrawn_dataset_says_why_it_is_gone_and_a_private_one_nothing(client):
    from learningcity.opendata.actions import withdraw_dataset
    from tests.factories.accounts import make_user
    from tests.factories.cities import make_role

    by = make_user()
    make_role(user=by, kind="secretariat", city=None)
    gone = opendata.make_version().dataset
    withdraw_dataset(gone, "นับผิด", "Counted wrongly.", by=by)
    secret = opendata.make_dataset(category="personal")

    status, said = problem(client.get(f"/api/v1/datasets/{gone.slug}"))
    assert (status, said["detail"]) == (410, "Withdrawn. / นับผิด / Counted wrongly.")
    for part in ("", "/files", "/versions", "/tables", "/versions/1", "/tables/table"):
        assert problem(client.get(f"/api/v1/datasets/{secret.slug}{part}"))[0] == 404
