"""What the owner of a host asks of programs is kept."""

import time

import pytest

from learningcity.common.addresses import NotFetched
from learningcity.harvest.models import Origin
from learningcity.harvest.tasks import robots
from learningcity.harvest.tasks.robots import Harvester, Rules, rules_of
from learningcity.opendata.models import Distribution
from tests.harvest.catalogs import TABLE, counts, resource
from tests.harvest.servers import Said
from tests.proofs import proves

pytestmark = proves("robots.txt (RFC 9309)", by="pytest")
# What every CKAN says from the day it is set up.
CKAN = """User-agent: *
Disallow: /dataset/rate/
Disallow: /revision/
Disallow: /dataset/*/history
Disallow: /api/
Crawl-Delay: 10
"""


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("", "/a.csv", True),
        ("User-agent: *\nDisallow: /", "/a.csv", False),
        ("User-agent: *\nDisallow:", "/a.csv", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: LearningCityHarvester/1.0\nAllow: /", "/a.csv", True),
        ("User-agent: LearningCityHarvester\nUser-agent: Other\nDisallow: /a", "/a.csv", False),
        ("User-agent: Other\nDisallow: /", "/a.csv", True),
        ("user-AGENT: *  # all\ndisALLOW : /private # not this", "/private/a.csv", False),
        ("User-agent: *\nDisallow: /data\nAllow: /data/open", "/data/open/a.csv", True),
        ("User-agent: *\nAllow: /data\nDisallow: /data/closed", "/data/closed/a.csv", False),
        ("User-agent: *\nDisallow: /*.csv$", "/data/a.csv", False),
        ("User-agent: *\nDisallow: /*.csv$", "/data/a.csv.zip", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*/x/*y", "/a/x/b/y/c", False),
        ("User-agent: *\nDisallow: /ข้อมูล", "/%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5/a.csv", False),
        ("User-agent: *\nDisallow: /a?b=", "/a?b=c", False),
        ("Disallow: /", "/a.csv", True),
        ("nonsense\0\n::::\nUser-agent\nDisallow: /", "/a.csv", True),
        ("User-agent: *\nDisallow: /" + "*" * 5000 + "x", "/" + "a" * 1500, True),
        (CKAN, "/dataset/a/history", False),
        (CKAN, "/dataset/a/resource/b/download/c.csv", True),
    ],
)
def test_robots_are_read_as_the_standard_says(text, path, said):
    assert rules_of(text).permit(f"https://data.example.org{path}") is said


@pytest.mark.parametrize(
    ("text", "delay"), [(CKAN, 10.0), ("User-agent: *\nCrawl-delay: -1", 0.0), ("User-agent: *\nCrawl-delay: nan", 0.0)]
)
def test_pause_between_two_requests_is_read(text, delay):
    assert rules_of(text).delay == delay


@pytest.fixture
def fetcher(server):
    return Harvester(frozenset([server.site]), pause=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "works"),
    [
        (Said(status=404), True),
        (Said(status=403), True),
        (Said(status=302, headers={"Location": "https://elsewhere.example.org/robots.txt"}), True),
        (Said(status=500), False),
        (Said(b"#" * 1_100_000), False),
        (Said(b"\xff\xfe\0binary"), True),
    ],
)
def test_host_that_cannot_say_what_it_wants_is_left_alone(server, fetcher, catalog, said, works):
    catalog.files["/a.csv"] = TABLE
    server.robots = said

    if works:
        assert fetcher.get_document(server.at("/a.csv")).read() == TABLE
    else:
        with pytest.raises(NotFetched, match="robots"):
            fetcher.get_document(server.at("/a.csv"))


@pytest.mark.django_db
def test_delay_of_the_host_holds_for_interfaces_too(server, fetcher, catalog, monkeypatch):
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    server.robots = Said(CKAN.encode())

    fetcher.get(server.at("/api/3/action/package_list"))

    assert [round(seconds) for seconds in waited] == [10]
    assert fetcher.pause == 0


@pytest.mark.django_db
def test_host_that_wants_hours_between_two_requests_does_not_want_programs(server, fetcher):
    fetcher.rules[server.at("")] = Rules(delay=robots.LONGEST_DELAY + 1)

    with pytest.raises(NotFetched, match="robots"):
        fetcher.get_document(server.at("/a.csv"))


@pytest.mark.django_db
def test_interface_is_asked_and_a_forbidden_file_stays_where_it_is(catalog, server, origin, harvest):
    server.robots = Said(b"User-agent: *\nDisallow: /api/\nDisallow: /closed/")
    catalog.files = {"/closed/a.csv": TABLE, "/open.csv": TABLE}
    catalog.put(1, resources=[resource(server, "/closed/a.csv"), resource(server, "/open.csv", name="Open")])

    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [1, 1, 0, 0, 0, 0])
    assert run.findings.get().left == [{"address": server.at("/closed/a.csv"), "why": "robots"}]
    assert [part.title_en for part in Distribution.objects.all()] == ["Open"]
    assert "/closed/a.csv" not in server.paths


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["table", "dcat"])
def test_forbidden_document_is_not_asked_for(server, origin, harvest, kind):
    server.robots = Said(b"User-agent: *\nDisallow: /closed")
    Origin.objects.update(kind=kind, address=server.at("/closed.csv"), license="CC-BY-4.0")

    run = harvest(origin)

    why = run.problem or run.findings.get().left[0]["why"]
    assert (why, server.paths) == ("robots", [])
