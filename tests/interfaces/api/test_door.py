"""What holds at every address: methods, kinds of answers, ETags, other sites, how often one may ask."""

import gzip
import json

import pytest
from django.core.cache import cache

from learningcity.interfaces.actions import allowances
from learningcity.interfaces.models import ApiKey
from learningcity.interfaces.queries import keys
from tests.factories.accounts import make_user
from tests.factories.cities import make_city
from tests.factories.interfaces import make_key
from tests.factories.opendata import make_dataset

pytestmark = pytest.mark.django_db
CITIES = "/api/v1/cities"


def problem(response):
    """Return the status and the words of a problem, and see that it is told as one."""
    said = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert said["status"] == response.status_code
    return response.status_code, said


def test_who_has_the_answer_is_told_so_at_the_cost_of_one_query(client, django_assert_num_queries):
    make_city()
    mark = client.get(CITIES)["ETag"]
    with django_assert_num_queries(1):
        again = client.get(CITIES, headers={"If-None-Match": f'"other", {mark}'})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)


def test_after_any_change_the_answer_has_another_mark(client):
    mark = client.get(CITIES)["ETag"]
    make_city()

    assert client.get(CITIES, headers={"If-None-Match": mark}).status_code == 200
    assert client.get(f"{CITIES}?limit=1")["ETag"] != client.get(CITIES)["ETag"]


def test_head_says_what_get_would(client):
    make_city()
    whole, head = client.get(CITIES), client.head(CITIES)

    assert head.content == b""
    assert [head[name] for name in ("ETag", "Content-Length")] == [whole["ETag"], str(len(whole.content))]


def test_programs_of_other_sites_may_read(client):
    asked = client.options(CITIES, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})

    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    assert "ETag" in client.get(CITIES)["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_but_reading_is_allowed(client, method):
    response = getattr(client, method)(CITIES)

    assert problem(response)[0] == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/cities/", "/api/v1/cities/nowhere", "/api/v1/cities/a/b"])
def test_where_nothing_is_a_program_is_told_so_and_led_nowhere(client, path):
    assert problem(client.get(path))[0] == 404


@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "application/json;q=0"])
def test_who_takes_no_json_is_told_so(client, accept):
    assert problem(client.get(CITIES, headers={"Accept": accept}))[0] == 406


@pytest.mark.parametrize("accept", ["*/*", "application/*", "text/html, application/json;q=0.5", "application/json"])
def test_who_takes_json_gets_it(client, accept):
    assert client.get(CITIES, headers={"Accept": accept}).status_code == 200


def test_a_session_makes_no_difference(client, django_assert_num_queries):
    client.force_login(make_user())
    client.get(CITIES)
    with django_assert_num_queries(2):
        response = client.get(f"{CITIES}?fields=slug,stage")

    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("gzip, deflate, br", "gzip"),
        ("*", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_long_answers_are_packed_for_who_can_unpack_them(client, accepted, said):
    plain = client.get("/api/v1/openapi.json")
    response = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": accepted})

    content = gzip.decompress(response.content) if said else response.content
    assert (response.get("Content-Encoding", ""), content) == (said, plain.content)
    assert (response["ETag"], "Accept-Encoding" in response["Vary"]) == (plain["ETag"], True)
    assert int(response.get("Content-Length", len(response.content))) == len(response.content)


@pytest.mark.parametrize(
    "path", ["/catalog.ttl", "/ogc/", "/oai?verb=Identify", "/api/3/action/package_list", "/data/sdmx.csv"]
)
def test_answers_to_programs_are_the_same_whoever_asks_and_in_no_language(client, path):
    make_dataset(slug="observations", publication="observations")

    response = client.get(path)

    assert ("Cookie" in response.get("Vary", ""), "Content-Language" in response) == (False, False)
    assert "Cookie" in client.get("/data/")["Vary"]


def test_whoever_asks_too_often_is_told_when_to_come_again(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 2)
    answers = [client.get(CITIES) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert problem(answers[2])[1]["title"] == "Too Many Requests"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert answers[0]["RateLimit-Policy"] == "2;w=60"


def test_what_is_known_already_does_not_count(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)
    mark = client.get(CITIES)["ETag"]

    assert [client.get(CITIES, headers={"If-None-Match": mark}).status_code for _time in range(3)] == [304] * 3


def test_all_processes_count_together(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 2)
    client.get(CITIES)
    allowances.forget()
    client.get(CITIES)
    allowances.forget()

    assert client.get(CITIES).status_code == 429
    cache.clear()


def test_most_questions_cost_no_look_at_the_shared_count(client, django_assert_num_queries):
    client.get(CITIES)
    with django_assert_num_queries(2):
        client.get(f"{CITIES}?fields=slug")


def test_who_brings_a_key_may_ask_more_often(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)
    key = make_key("lc_mine")
    answers = [client.get(CITIES, headers={"Authorization": "Bearer lc_mine"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0]["RateLimit-Limit"] == "3000"
    assert client.get(CITIES, headers={"X-API-Key": "lc_mine"}).status_code == 200
    assert ApiKey.objects.get().last_used_on is not None
    assert key.last_used_on is None


@pytest.mark.parametrize("token", ["lc_unknown", "x" * 5000, "ก", "lc_'; DROP TABLE cities_city"])
def test_a_key_that_is_none_is_refused(client, token):
    response = client.get(CITIES, headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")})

    assert problem(response)[0] == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_key_is_worth_nothing_as_soon_as_it_is_revoked(client):
    from learningcity.interfaces.actions import revoke_key

    key = make_key("lc_mine")
    headers = {"Authorization": "Bearer lc_mine"}
    before = client.get(CITIES, headers=headers).status_code
    revoke_key(key, by=key.user)

    assert (before, client.get(CITIES, headers=headers).status_code) == (200, 401)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", f"q={'x' * 9000}", "%00=1"])
def test_what_is_refused_in_front_of_it_is_told_as_a_problem(client, query):
    assert problem(client.get(f"/api/v1/search?{query}"))[0] == 400


def test_what_breaks_is_told_as_a_problem(client, monkeypatch):
    monkeypatch.setattr("learningcity.interfaces.api.door.content_version", lambda: 1 / 0)
    client.raise_request_exception = False

    assert problem(client.get(CITIES))[0] == 500


def test_what_is_too_large_is_told_as_a_problem(client):
    response = client.generic("POST", CITIES, b"", CONTENT_LENGTH="99999999")

    assert problem(response)[0] == 413


def test_the_description_is_openapi_3_1_and_names_every_address(client):
    said = json.loads(client.get("/api/v1/openapi.json").content)

    assert said["openapi"] == "3.1.0"
    assert said["servers"] == [{"url": "http://localhost:8000/api/v1"}]
    assert {"/cities", "/cities/{slug}", "/datasets/{slug}/tables/{name}", "/search"} <= set(said["paths"])


def test_a_process_remembers_its_answers_until_anything_changes(client, django_assert_num_queries):
    city = make_city(name_en="Before")
    make_city()
    first = client.get(f"{CITIES}?limit=1")
    with django_assert_num_queries(1):
        again = client.get(f"{CITIES}?limit=1")
    city.name_en = "After"
    city.save()

    assert (again.content, again["Link"], again["ETag"]) == (first.content, first["Link"], first["ETag"])
    assert b"After" in client.get(f"{CITIES}?limit=1").content


def test_memory_forgets_what_was_asked_longest_ago():
    from learningcity.interfaces.api.memory import LARGEST, MOST_BYTES, Memory, Remembered

    memory = Memory()
    memory.put("huge", Remembered(b"x" * (LARGEST + 1), ""))
    for number in range(MOST_BYTES // LARGEST + 1):
        memory.put(str(number), Remembered(b"x" * LARGEST, ""))
        memory.get("1")

    assert [memory.get(mark) is None for mark in ("huge", "0", "1", "2")] == [True, True, False, False]
