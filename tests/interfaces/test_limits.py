"""How often anybody may ask: one count for all interfaces, each of which says "too often" in the manner of its standard."""

import json
import time
import warnings

import pytest
from django.core.cache import cache

from learningcity.interfaces.actions import allowances
from learningcity.interfaces.actions.allowances import QUESTION, RECORD, TABLE, draw
from learningcity.interfaces.queries import keys
from learningcity.opendata.queries import entry_of
from tests.factories.interfaces import make_key
from tests.factories.opendata import make_dataset, make_version

pytestmark = pytest.mark.django_db
# Where -> status and media type of "too often".
PLAIN, JSON = "text/plain; charset=utf-8", "application/json"
MANNERS = {
    "/api/v1/cities": (429, "application/problem+json"),
    "/api/3/action/package_show?id=pupils": (429, "application/json;charset=utf-8"),
    "/api/action/datastore_search?resource_id=x": (429, "application/json;charset=utf-8"),
    "/catalog.ttl": (429, PLAIN),
    "/data/pupils.jsonld": (429, PLAIN),
    "/data/pupils/croissant.json": (429, PLAIN),
    "/ogc/": (429, JSON),
    "/ogc/collections/cities/items": (429, JSON),
    # As the protocol says it, and as harvesters understand it.
    "/oai?verb=Identify": (503, PLAIN),
    "/oai?verb=ListRecords&metadataPrefix=oai_dc": (503, PLAIN),
}


@pytest.fixture(autouse=True)
def _minute(monkeypatch):
    """All of a test happens in one minute, and no key is known."""
    now = time.time() // 60 * 60 + 10
    monkeypatch.setattr(time, "time", lambda: now)
    keys._holder_of.cache_clear()


@pytest.fixture
def _poor(monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 0)


def statuses(client, address, times=1, **more):
    return {client.get(address, **more).status_code for _time in range(times)}


@pytest.mark.usefixtures("_poor")
@pytest.mark.parametrize("address", MANNERS)
def test_whoever_asks_too_often_is_told_so_in_the_manner_of_the_standard(client, address, caplog):
    make_version(dataset=make_dataset(slug="pupils"))
    draw("address 127.0.0.1", 0, RECORD)

    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == MANNERS[address]
    assert (answer["Retry-After"], answer["Access-Control-Allow-Origin"]) == ("50", "*")
    assert answer["Cache-Control"] == "no-store"
    # Whoever floods us calls nobody out of bed.
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.usefixtures("_poor")
def test_client_of_ckan_finds_its_envelope(client):
    draw("address 127.0.0.1", 0, RECORD)
    answer = client.post("/api/action/package_show", json.dumps({"id": "pupils"}), content_type="application/json")

    said = answer.json()
    assert (said["success"], said["error"]["__type"]) == (False, "Too Many Requests Error")
    assert said["error"]["message"].endswith("Ask again in 50 seconds.")
    assert said["help"].endswith("help_show?name=package_show")


def test_all_interfaces_count_together_and_a_key_opens_another_count(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 3)
    make_key("lc_mine")

    first = [
        client.get(address).status_code for address in ("/catalog.ttl", "/api/v1/cities", "/ogc/collections/x/items")
    ]
    assert first == [200, 200, 404]
    assert statuses(client, "/oai?verb=ListSets") == {503}
    for name, value in (
        ("Authorization", "Bearer lc_mine"),
        ("Authorization", "lc_mine"),
        ("X-CKAN-API-Key", "lc_mine"),
    ):
        assert statuses(client, "/api/action/status_show", headers={name: value}) == {200}
    # A key that is none of ours neither helps nor harms.
    assert statuses(client, "/api/action/status_show", headers={"X-CKAN-API-Key": "another's"}) == {429}


def test_ten_thousand_records_are_harvested_in_a_minute_however_they_are_asked_for():
    ways = {
        "package_show, GetRecord": (10_000, RECORD),
        "package_search by 10": (1_000, 10),
        "package_search by 100, OAI-PMH by 200, DCAT by 50": (200, QUESTION),
    }

    granted = {
        name: not any(draw(name, keys.WITHOUT_KEY * QUESTION, price).is_spent for _time in range(times))
        for name, (times, price) in ways.items()
    }

    assert granted == dict.fromkeys(ways, True)


@pytest.mark.parametrize(
    ("given", "price"),
    [({}, 10), ({"rows": 5}, 10), ({"rows": "25"}, 25), ({"rows": 1000}, 40), ({"rows": "-1"}, 40), ({"rows": []}, 40)],
)
def test_a_search_costs_as_many_records_as_it_asks_for(client, given, price):
    client.post("/api/action/package_search", json.dumps(given), content_type="application/json")

    assert draw("address 127.0.0.1", 12_000, RECORD).remaining == 12_000 - price - RECORD


def test_tables_cost_more_than_lists_and_lists_more_than_records(client):
    resource = str(entry_of(make_version(dataset=make_dataset(slug="pupils")).dataset).offers[0].uid)
    left = []
    for address in (
        "/data/pupils.ttl", "/api/3/action/package_list", f"/api/3/action/datastore_search?id={resource}",
        "/api/v1/datasets/pupils/tables/pupils",
    ):  # fmt: skip
        client.get(address)
        left.append(draw("address 127.0.0.1", 12_000, 0 + RECORD).remaining)

    costs = [before - after - RECORD for before, after in zip([12_000, *left], left, strict=False)]
    assert costs == [RECORD, QUESTION, TABLE, TABLE]


def test_who_asks_little_costs_no_query_and_who_asks_too_much_costs_none_any_more(django_assert_num_queries):
    with django_assert_num_queries(0):
        for _time in range(keys.WITHOUT_KEY // allowances.LOTS):
            assert not draw("somebody", keys.WITHOUT_KEY * QUESTION, QUESTION).is_spent
    while not draw("somebody", keys.WITHOUT_KEY * QUESTION, QUESTION).is_spent:
        pass
    with django_assert_num_queries(0):
        assert draw("somebody", keys.WITHOUT_KEY * QUESTION, QUESTION).is_spent


def test_one_process_gives_exactly_what_is_promised_and_several_hardly_more():
    def asked():
        count = 0
        while not draw("somebody", keys.WITHOUT_KEY * QUESTION, QUESTION).is_spent:
            count += 1
        return count

    first = asked()
    allowances.forget()
    second = asked()
    cache.clear()

    assert (first, second) == (300, 15)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.1", "203.0.113.1", True),
        ("203.0.113.1", "203.0.113.2", False),
    ],
)
def test_one_household_is_counted_once(client, monkeypatch, one, other, is_same):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)

    assert statuses(client, "/api/action/package_list", REMOTE_ADDR=one) == {200}
    assert statuses(client, "/api/action/package_list", REMOTE_ADDR=other) == {429 if is_same else 200}


def test_behind_a_proxy_what_the_proxy_says_counts_and_not_what_the_visitor_says(client, monkeypatch, settings):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answers = [
        client.get("/api/action/package_list", headers={"X-Forwarded-For": said}).status_code
        for said in ("1.1.1.1, 203.0.113.1", "2.2.2.2, 203.0.113.1", "1.1.1.1, 203.0.113.2", "nonsense", "")
    ]

    assert answers == [200, 429, 200, 200, 200]


def test_without_a_proxy_nobody_chooses_the_address(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)

    said = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(2)]

    assert [statuses(client, "/api/action/package_list", headers=one) for one in said] == [{200}, {429}]


def test_trying_keys_counts_for_the_address(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 2)

    answers = [
        client.get("/api/v1/cities", headers={"Authorization": f"Bearer lc_{number}"}).status_code
        for number in range(3)
    ]

    assert answers == [401, 401, 429]


def test_programs_may_ask_first_what_they_may(client, monkeypatch):
    monkeypatch.setattr(keys, "WITHOUT_KEY", 0)

    assert [client.options(address).status_code for address in ("/api/v1/cities", "/api/action/package_list")] == [
        204,
        200,
    ]


@pytest.mark.django_db(transaction=True)
def test_harvester_waits_as_it_is_asked_to_and_goes_on(live_server, monkeypatch):
    with warnings.catch_warnings():
        # Its own code has escapes that are none.
        warnings.simplefilter("ignore")
        from sickle import Sickle
    make_version(dataset=make_dataset(slug="pupils"))
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1)
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        allowances.forget()
        cache.clear()

    monkeypatch.setattr("sickle.app.time.sleep", sleep)
    harvester = Sickle(f"{live_server.url}/oai", max_retries=3)

    found = [len(list(harvester.ListIdentifiers(metadataPrefix="oai_dc"))) for _time in range(2)]

    assert (found, pauses) == ([1, 1], [50])
