"""What stands here already is not taken over again: our own on its way back, and one record in two catalogs."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from learningcity.harvest import actions
from learningcity.harvest.actions import importing
from learningcity.harvest.models import Copy, Run, Twin
from learningcity.harvest.tasks.marks import mark_of
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset
from tests.factories.cities import make_city
from tests.factories.harvest import make_copy, make_host, make_origin, make_twin
from tests.factories.moderation import make_officer
from tests.factories.opendata import make_dataset
from tests.harvest.catalogs import TABLE, Catalog, counts, package, resource
from tests.harvest.servers import serving
from tests.proofs import proves

pytestmark = [pytest.mark.django_db, proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest")]
UID = "5a1d3ab8-33a0-4c0e-9a3c-3a5c8d0a7f11"


@pytest.fixture
def other(server, settings, city, officer):
    """A second catalog, such as that of the country, and what it lists."""
    listed = Catalog()
    with serving(listed.answer) as running:
        running.catalog = listed
        settings.HARVEST_TEST_SERVERS = [server.site, running.site]
        make_host(name=running.site)
        running.origin = make_origin(title="Country", address=running.at("/"), place=city.slug, by=officer)
        yield running


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        (UID.upper(), UID),
        ("https://doi.org/10.5281/Zenodo.1", "doi:10.5281/zenodo.1"),
        ("doi:10.5281/zenodo.1", "doi:10.5281/zenodo.1"),
        ("oai:example.org:1", "oai:example.org:1"),
        ("HTTP://Data.Example.org:80/dataset/a/", "//data.example.org/dataset/a"),
        ("https://data.example.org/dataset/a", "//data.example.org/dataset/a"),
        ("https://data.example.org/", ""),
        ("dataset-1", ""),
        ("17", ""),
        ("https://[", ""),
        (f"https://data.example.org/{'a' * 700}", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_only_names_of_the_world_tell_one_record_from_another(name, mark):
    assert mark_of(name) == mark


@pytest.mark.parametrize(
    "said",
    [
        lambda dataset: {"id": str(dataset.uid)},
        lambda dataset: {"extras": [{"key": "identifier", "value": str(dataset.uid)}]},
        lambda dataset: {"extras": [{"key": "uri", "value": "https://lc.example.org/data/pupils/"}]},
        lambda dataset: {"url": "https://lc.example.org/data/pupils/"},
        lambda dataset: {"extras": [{"key": "guid", "value": f"oai:lc.example.org:dataset/{dataset.pk}"}]},
        lambda dataset: {"resources": [{"url": "https://lc.example.org/data/pupils/latest/pupils.csv"}]},
    ],
)
def test_our_own_dataset_does_not_come_back_from_a_catalog_that_harvested_us(catalog, origin, harvest, settings, said):
    settings.SITE_URL = "https://lc.example.org"
    ours = make_dataset(slug="pupils")
    catalog.packages = {"x": package(1, **said(ours))}

    run = harvest(origin)

    assert (counts(run), run.findings.get().reason) == ([1, 0, 0, 0, 0, 1], "ours")
    assert (list(Dataset.objects.all()), Copy.objects.exists()) == ([ours], False)


def test_record_that_only_names_a_file_of_ours_among_others_is_not_ours(catalog, server, origin, harvest, settings):
    settings.SITE_URL = "https://lc.example.org"
    catalog.put(
        1, resources=[{"url": "https://lc.example.org/data/pupils/latest/pupils.csv"}, {"url": server.at("/b")}]
    )

    assert counts(harvest(origin)) == [1, 1, 0, 0, 0, 0]


# What the first catalog says of a record, and the second one.
IDENTIFIED = {"extras": [{"key": "identifier", "value": UID}]}
TWINS = {
    "id": lambda first, second: ({"id": UID}, {"id": UID}),
    "identifier": lambda first, second: (IDENTIFIED, IDENTIFIED),
    "page": lambda first, second: ({}, {"url": first.at("/dataset/dataset-001")}),
    "files": lambda first, second: (
        {"resources": [resource(first, "/a.csv")]},
        {"resources": [resource(first, "/a.csv")]},
    ),
    "contents": lambda first, second: (
        {"resources": [resource(first, "/a.csv")]},
        {"resources": [resource(second, "/b.csv")]},
    ),
}


@pytest.fixture
def twice(catalog, server, other):
    """One record in both catalogs, recognised in one of these ways."""

    def put(way):
        catalog.files["/a.csv"] = other.catalog.files["/b.csv"] = TABLE
        here, there = TWINS[way](server, other)
        catalog.put(1, **here)
        other.catalog.put(7, **there)

    return put


@pytest.mark.parametrize("way", TWINS)
def test_record_in_two_catalogs_is_taken_over_once_and_people_see_it(twice, other, origin, harvest, way):
    twice(way)

    before, after = harvest(origin), harvest(other.origin)
    del other.asked[:]
    again = harvest(other.origin, "everything")

    finding, twin = after.findings.get(), Twin.objects.get()
    assert (counts(before), counts(after)) == ([1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1])
    assert (finding.reason, finding.detail, finding.dataset) == ("twin", origin.title, Dataset.objects.get())
    assert (twin.origin, twin.copy, again.findings.get().reason) == (other.origin, Copy.objects.get(), "twin")
    assert "/b.csv" not in other.paths


@pytest.mark.django_db(transaction=True)
def test_two_catalogs_that_bring_one_record_at_once_bring_it_once(twice, other, origin, officer, monkeypatch):
    twice("id")
    whole = importing.begun

    def slowly(*words):
        time.sleep(1)
        return whole(*words)

    def work(run):
        try:
            actions.work_on(run.pk)
        finally:
            connections.close_all()

    monkeypatch.setattr(importing, "begun", slowly)
    runs = [actions.begin_run(one, "changes", by=officer) for one in (origin, other.origin)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, runs))

    assert sorted((run.state, run.new) for run in Run.objects.all()) == [("done", 0), ("done", 1)]
    assert (Copy.objects.count(), Dataset.objects.count(), Twin.objects.count()) == (1, 1, 1)


def test_record_that_was_withdrawn_here_does_not_come_by_another_way(twice, other, origin, harvest, approver):
    twice("id")
    harvest(origin)
    withdraw_dataset(Dataset.objects.get(), "ผิด", "Wrong.", by=approver)

    assert harvest(other.origin).findings.get().reason == "withdrawn_here"
    assert Dataset.objects.count() == 1


def test_files_without_a_table_and_front_pages_make_no_twins(catalog, server, other, origin, harvest):
    catalog.files["/a.pdf"] = other.catalog.files["/a.pdf"] = b"%PDF-1.4 the same leaflet"
    catalog.put(1, url="https://www.example.org/", resources=[resource(server, "/a.pdf", format="PDF")])
    other.catalog.put(7, url="https://www.example.org", resources=[resource(other, "/a.pdf", format="PDF")])

    assert [counts(harvest(one)) for one in (origin, other.origin)] == [[1, 1, 0, 0, 0, 0]] * 2


def test_twin_that_left_the_other_catalog_is_forgotten(twice, other, origin, harvest):
    twice("id")
    harvest(origin)
    harvest(other.origin)
    other.catalog.packages.clear()
    other.catalog.put(9)

    harvest(other.origin, "everything")

    assert not Twin.objects.exists()


def test_dataset_follows_the_other_catalog_when_a_person_says_so(twice, other, origin, harvest, officer):
    twice("contents")
    harvest(origin)
    harvest(other.origin)
    other.catalog.put(7, title="ชื่อที่ใหม่กว่า", resources=[resource(other, "/b.csv")])

    actions.take_from_here(Twin.objects.get(), by=officer)
    run, before = harvest(other.origin), harvest(origin, "everything")

    copy, twin = Copy.objects.get(), Twin.objects.get()
    assert (copy.origin, copy.remote_id, copy.dataset.title_th) == (other.origin, "id-007", "ชื่อที่ใหม่กว่า")
    assert (counts(run), before.findings.get().reason) == ([1, 0, 1, 0, 0, 0], "twin")
    assert (twin.origin, twin.remote_id) == (origin, "id-001")


def test_stranger_takes_nothing_from_another_catalog(officer, city, stranger):
    mine, foreign = (make_origin(place=place, by=officer) for place in (city.slug, make_city().slug))
    twin = make_twin(origin=mine, copy=make_copy(origin=foreign))

    for person in (stranger, officer):
        with pytest.raises(PermissionDenied):
            actions.take_from_here(twin, by=person)


def test_stranger_and_whoever_had_it_harvested_are_no_second_pair_of_eyes(
    officer, approver, stranger, city, secretariat
):
    origin = make_origin(place=city.slug, by=approver)
    copies = [make_copy(origin=origin, dataset=make_dataset(place=city.slug)) for _ in range(3)]

    for person in (stranger, officer, approver):
        with pytest.raises(PermissionDenied):
            actions.look_after([copies[0].pk], by=person)
    another = make_officer(city, kind="approver")
    counted = [actions.look_after([copies[0].pk, copies[0].pk, 10**12], by=who) for who in (another, secretariat)]

    copies[0].refresh_from_db()
    assert (counted, copies[0].looked_by) == ([1, 0], another)
    assert Copy.objects.filter(looked_at=None).count() == 2
