"""Real clients of CKAN over HTTP: ckanapi, and what ckanext-harvest asks for, request by request."""

import datetime as dt
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from ckanapi import NotFound, RemoteCKAN, SearchQueryError, ValidationError
from ckanapi.cli.dump import dump_things_worker
from ckanapi.cli.search import search_datasets
from ckanapi.datapackage import (
    create_resource,
    dataset_to_datapackage,
    populate_schema_from_datastore,
    resource_filename,
)

from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset
from tests.proofs import proves

pytestmark = pytest.mark.django_db(transaction=True)
STANDARD = "CKAN API 3"


@pytest.fixture
def ckan(live_server, settings):
    settings.SITE_URL = live_server.url
    with RemoteCKAN(live_server.url) as remote:
        yield remote


@pytest.fixture
def many():
    """130 datasets in two cities."""
    cities = [make_city(), make_city()]
    for number in range(130):
        make_dataset(slug=f"d{number:03}", place=cities[number % 2].slug)
    return cities


def answer_of(do):
    """Return the lines of JSON that a command of ckanapi writes."""
    said = io.BytesIO()
    do(said)
    return [json.loads(line) for line in said.getvalue().splitlines()]


@proves(STANDARD, by="ckanapi")
def test_ckanapi_searches_everything(ckan, many):
    arguments = {"--insecure": False, "--input-json": False, "--input": None, "KEY=STRING": ["sort=name asc"]}
    arguments |= {"--output": None, "--gzip": False}
    found = answer_of(lambda said: search_datasets(ckan, arguments, stdout=said))

    assert [one["name"] for one in found] == [f"d{number:03}" for number in range(130)]


@proves(STANDARD, by="ckanapi")
def test_ckanapi_dumps_everything(ckan, many):
    arguments = {"--insecure": False, "--include-users": False, "--datastore-fields": True, "--resource-views": True}
    for thing, names in (
        ("datasets", "package_list"),
        ("organizations", "organization_list"),
        ("groups", "group_list"),
    ):
        wanted = ckan.call_action(names)[:20]
        lines = io.BytesIO(b"".join(json.dumps(name).encode() + b"\n" for name in wanted))
        dumped = answer_of(
            lambda said, lines=lines, thing=thing: dump_things_worker(ckan, thing, arguments, lines, said)
        )

        assert [(error, record["name"]) for _at, error, record in dumped] == [(None, name) for name in wanted]


@proves(STANDARD, by="ckanapi")
def test_ckanapi_as_a_program(ckan, many):
    program = str(Path(sys.executable).with_name("ckanapi"))
    asked = [program, "action", "status_show", "--get-request", "-r", ckan.address]
    said = subprocess.run(asked, capture_output=True, check=True, timeout=60)

    assert json.loads(said.stdout)["site_url"] == ckan.address


@proves(STANDARD, by="ckanapi")
def test_ckanapi_knows_our_errors(ckan, live_server):
    with pytest.raises(NotFound):
        ckan.action.package_show(id="nothing")
    with pytest.raises(ValidationError) as wrong:
        ckan.action.package_search(rows=-1)
    with pytest.raises(SearchQueryError):
        ckan.action.package_search(fq="title:x")
    with pytest.raises(NotFound), RemoteCKAN(live_server.url, get_only=True) as reader:
        reader.action.package_show(id="nothing")

    assert wrong.value.error_dict["rows"] == ["Must be a natural number"]


@proves(STANDARD, by="ckanapi")
@proves("Data Package 2.0", by="frictionless")
def test_a_dumped_package_is_a_valid_data_package(ckan, table, tmp_path):
    from frictionless import Package

    arguments = {"--insecure": False, "--include-users": False, "--datastore-fields": True, "--resource-views": False}
    lines = io.BytesIO(b'"pupils"\n')
    [(_at, _error, record)] = answer_of(
        lambda said: dump_things_worker(ckan, "datasets", arguments, stdin=lines, stdout=said)
    )
    # The program itself fetches the last resource again and again, for all of them: each is fetched here as it means to.
    (tmp_path / "data").mkdir()
    described = dataset_to_datapackage(record)
    for said, told in zip(record["resources"], described["resources"], strict=True):
        create_resource(said, resource_filename(told), str(tmp_path), sys.stderr, "")
        told["path"] = f"data/{resource_filename(told)}"
        populate_schema_from_datastore(said, told)
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert report.flatten(["title", "message"]) == []
    # What was brought is there byte for byte.
    assert report.tasks[0].stats["sha256"] == table.distributions.get().file_id


# --- As ckanext-harvest asks ---


class Harvester:
    """The requests of ckanext-harvest's CKANHarvester: search page by page until one is empty, each dataset once."""

    def __init__(self, url, **config):
        self.api, self.config = f"{url}/api/3/action", config

    def get(self, name, **given):
        answer = requests.get(f"{self.api}/{name}", given, timeout=20, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()["result"]

    def filters(self):
        included, excluded = self.config.get("include", []), self.config.get("exclude", [])
        terms = [" OR ".join(f"organization:{name}" for name in included)] if included else []
        return terms + [f"-organization:{name}" for name in excluded]

    def search(self, terms):
        found, ids, start = [], set(), 0
        while True:
            given = {"rows": 100, "start": start, "sort": "id asc"} | ({"fq": " ".join(terms)} if terms else {})
            page = [one for one in self.get("package_search", **given)["results"] if one["id"] not in ids]
            if not page:
                return found
            ids |= {one["id"] for one in page}
            found += page
            start += 100

    def gather(self, since=None):
        changed = [f"metadata_modified:[{since.isoformat()}Z TO *]"] if since else []
        return self.search(self.filters() + changed)


@proves(STANDARD, by="pytest")
def test_a_harvester_takes_everything_once_or_some_organizations(ckan, many):
    found = Harvester(ckan.address).gather()

    assert [one["id"] for one in found] == sorted(str(uid) for uid in Dataset.objects.values_list("uid", flat=True))
    assert all(one["state"] == "active" and not one["private"] and one["type"] != "harvest" for one in found)
    first, second = (city.slug for city in many)
    assert len(Harvester(ckan.address, include=[first]).gather()) == 65
    assert len(Harvester(ckan.address, include=[first, second]).gather()) == 130
    assert {one["organization"]["name"] for one in Harvester(ckan.address, exclude=[first]).gather()} == {second}


@proves(STANDARD, by="pytest")
def test_a_harvester_takes_only_what_changed_and_misses_what_went(ckan, many):
    then = dt.datetime(2030, 1, 1, 12, 0, 0, 123456)
    changed = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)
    Dataset.objects.filter(slug__in=["d007", "d008"]).update(changed_at=changed)
    approver = make_user()
    make_role(user=approver, kind="approver", city=many[1])
    withdraw_dataset(Dataset.objects.get(slug="d009"), "", "Counted wrongly.", by=approver)
    harvester = Harvester(ckan.address, include=[city.slug for city in many])

    assert sorted(one["name"] for one in harvester.gather(then)) == ["d007", "d008"]
    # A vanished dataset is told of by OAI-PMH alone, and by whoever asks for it by name.
    assert len(harvester.gather()) == 129
    with pytest.raises(NotFound, match="Counted wrongly"):
        ckan.action.package_show(id="d009")


@proves(STANDARD, by="pytest")
def test_a_harvester_makes_organizations_and_groups_as_they_are_here(ckan, many):
    harvester = Harvester(ckan.address)
    one = harvester.get("package_show", id="d000")
    organization = harvester.get("organization_show", id=one["owner_org"])
    group = harvester.get("group_show", id=one["groups"][0]["id"])

    assert (organization["id"], organization["name"]) == (one["owner_org"], many[0].slug)
    assert group["name"] == one["groups"][0]["name"] == "statistics"
    # Where its filter is not understood, it is told so, and takes everything.
    with pytest.raises(requests.HTTPError) as refused:
        harvester.search(["title:x"])
    assert refused.value.response.json()["error"]["__type"] == "Search Query Error"
