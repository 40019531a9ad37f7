"""The pages on which catalogs of others are harvested."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learningcity.harvest.actions import work_on
from learningcity.harvest.models import Copy, Host, Origin, Run, Twin
from learningcity.opendata.models import Dataset
from tests.factories.cities import make_city, make_role
from tests.factories.harvest import make_copy, make_finding, make_host, make_origin, make_run, make_twin
from tests.factories.opendata import make_dataset
from tests.harvest.catalogs import Catalog
from tests.harvest.servers import serving

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/harvest/"


@pytest.fixture
def catalog():
    return Catalog()


@pytest.fixture
def server(catalog, settings):
    settings.HARVEST_PAUSE = 0
    with serving(catalog.answer) as running:
        settings.HARVEST_TEST_SERVERS = [running.site]
        make_host(name=running.site, note="A sample")
        yield running


@pytest.fixture
def secretariat():
    from allauth.mfa.models import Authenticator

    user = make_role(kind="secretariat", city=None).user
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    return user


def typed(server, **changes):
    said = {"place": "khon-kaen", "title": "Province", "kind": "ckan", "address": server.at("/"), "often": "week"}
    return {**said, "license": "", "active": "on", **changes}


def test_empty_list_says_what_it_is_for(desk_of, officer):
    page = desk_of(officer).get(LIST).content.decode()

    assert ("Nothing is harvested yet" in page, "Harvest another catalog" in page, "noindex" in page) == (
        True,
        True,
        True,
    )
    assert "Allowed hosts" not in page


def test_list_tells_the_last_run_in_words(desk_of, officer, city):
    origin = make_origin(place=city.slug, title="Province")
    run = make_run(origin=origin, found=12, new=3, changed=1, unchanged=7, gone=2, refused=1)
    make_finding(run=run, outcome="refused", reason="no_license")

    page = desk_of(officer).get(LIST).content.decode()

    assert "12 found, 3 new, 1 changed, 7 unchanged, 2 gone, 1 refused: no license" in page


def test_list_costs_the_same_for_one_and_three(desk_of, officer, city):
    desk, counts = desk_of(officer), []
    for number in (1, 2):
        for _ in range(number):
            make_run(origin=make_origin(place=city.slug), found=1, new=1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_looking_first_shows_what_would_come_and_stores_nothing(desk_of, officer, server, catalog):
    for number in range(7):
        catalog.put(number, resources=[{"url": server.at("/a.csv")}])
    catalog.put(1, license_id="gfdl", license_url="")

    page = desk_of(officer).post(f"{LIST}new/", typed(server, look="1"))
    text = page.content.decode()

    assert (page.status_code, "ชุดข้อมูล 0" in text, "ชุดข้อมูล 4" in text, "ชุดข้อมูล 5" in text) == (200, True, True, False)
    assert "a license that we do not know (gfdl)" in text
    assert (Origin.objects.exists(), Dataset.objects.exists(), len(server.asked)) == (False, False, 1)


def test_looking_at_what_is_no_catalog_says_why(desk_of, officer, server):
    page = desk_of(officer).post(f"{LIST}new/", typed(server, kind="oai", look="1"))

    assert (page.status_code, "the other side refuses (404)" in page.content.decode()) == (400, True)


def test_origin_is_entered_and_harvested(desk_of, officer, server, catalog):
    catalog.put(1)
    desk = desk_of(officer)

    entered = desk.post(f"{LIST}new/", typed(server))
    origin = Origin.objects.get()
    begun = desk.post(f"{LIST}{origin.pk}/begin/")
    run = Run.objects.get()
    waiting = desk.get(begun["Location"]).content.decode()
    work_on(run.pk)
    done = desk.get(begun["Location"]).content.decode()

    assert (entered["Location"], origin.by, origin.place) == (f"{LIST}{origin.pk}/", officer, "khon-kaen")
    assert begun["Location"] == f"{LIST}runs/{run.pk}/"
    assert ("Waits: 0 records so far" in waiting, "Stop" in waiting, 'content="5"' in waiting) == (True, True, True)
    assert ("1 found, 1 new" in done, "ชุดข้อมูล 1" in done, 'http-equiv="refresh"' in done) == (True, True, False)


def test_run_page_gives_progress_to_htmx_and_itself_at_the_end(desk_of, officer, city):
    run = make_run(origin=make_origin(place=city.slug), found=4, new=1, state="importing")
    path, htmx = f"{LIST}runs/{run.pk}/", {"HX-Request": "true"}

    part = desk_of(officer).get(path, headers=htmx).content.decode()
    desk_of(officer).post(f"{path}stop/")
    done = desk_of(officer).get(path, headers=htmx)

    assert ("1 of 4 records are settled" in part, "<html" in part) == (True, False)
    assert (Run.objects.get().state, done.headers["HX-Refresh"]) == ("stopped", "true")
    assert "It was over already." in desk_of(officer).post(f"{path}stop/", follow=True).content.decode()


def test_log_is_filtered_and_paged(desk_of, officer, city):
    run = make_run(origin=make_origin(place=city.slug), found=61)
    for number in range(60):
        make_finding(run=run, title=f"Record {number:02}", outcome="new")
    left = [{"address": "https://a.example.org/big.csv", "why": "size"}]
    make_finding(run=run, title="Refused one", outcome="refused", reason="not_public", left=left)
    desk, path = desk_of(officer), f"{LIST}runs/{run.pk}/"

    refused = desk.get(f"{path}?show=refused").content.decode()
    second = desk.get(f"{path}?page=2").content.decode()

    assert ("Refused one" in refused, "Record 00" in refused) == (True, False)
    assert "stays where it is: https://a.example.org/big.csv (it is too large)" in refused
    assert ("Record 00" in second, "Record 59" in second) == (False, True)
    for odd in ("?show=nonsense", "?page=x", "?page=-1", "?show=&page=999999999999999999999"):
        assert desk.get(path + odd).status_code == 200


def test_failed_run_says_why(desk_of, officer, city):
    run = make_run(
        origin=make_origin(place=city.slug), state="failed", ended_at="2026-01-01T00:00Z", problem="host", detail="a.b"
    )

    page = desk_of(officer).get(f"{LIST}runs/{run.pk}/").content.decode()

    assert "the secretariat has not allowed this host (a.b)" in page


def test_gone_datasets_are_listed_for_a_person(desk_of, officer, approver, city):
    origin = make_origin(place=city.slug)
    dataset = make_dataset(place=city.slug, title_en="Lost schools")
    make_copy(origin=origin, dataset=dataset, gone_at="2026-01-01T00:00Z")
    path = f"{LIST}{origin.pk}/"

    pages = [desk_of(person).get(path).content.decode() for person in (officer, approver)]

    assert ["Lost schools" in page for page in pages] == [True, True]
    assert [f"/en/workspace/datasets/{dataset.pk}/withdraw/" in page for page in pages] == [False, True]


def brought(city, count, **changes):
    origin = make_origin(place=city.slug, title="Province")
    return [make_copy(origin=origin, dataset=make_dataset(place=city.slug), **changes) for _ in range(count)]


def test_newest_datasets_wait_for_a_second_pair_of_eyes(desk_of, officer, approver, city):
    first, second = brought(city, 2)
    brought(make_city(), 1)
    desk, path = desk_of(approver), f"{LIST}newest/"

    listed = desk.get(LIST).content.decode()
    page = desk.get(path)
    nothing = desk.post(path, {}, follow=True).content.decode()
    done = desk.post(path, {"copy": [second.pk, "x", "9" * 30]}, follow=True).content.decode()

    assert ("Look after 2 new datasets" in listed, [copy for copy, _may in page.context["lines"]]) == (
        True,
        [second, first],
    )
    assert ("checked" in page.content.decode(), "Mark what you have looked at." in nothing) == (False, True)
    assert ("1 dataset is looked after." in done, Copy.objects.exclude(looked_at=None).get().looked_by) == (
        True,
        approver,
    )
    assert "somebody else" in desk_of(officer).get(path).content.decode()
    assert desk_of(officer).post(path, {"copy": [first.pk]}).status_code == 403
    desk_of(approver).post(path, {"copy": [first.pk]})
    assert "Everything was looked after" in desk_of(approver).get(path).content.decode()


@pytest.mark.parametrize("page", ["newest/", "{origin}/"])
def test_pages_of_what_came_cost_the_same_for_one_and_three(desk_of, approver, city, page):
    desk, counted = desk_of(approver), []
    origin = brought(city, 1)[0].origin
    copy = brought(city, 1)[0]
    make_twin(origin=origin, copy=copy)
    for more in (0, 2):
        for _ in range(more):
            make_twin(origin=origin, copy=copy)
            make_copy(origin=origin, dataset=make_dataset(place=city.slug))
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST + page.format(origin=origin.pk))
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_record_that_stands_here_already_is_shown_and_can_be_followed_there(desk_of, officer, city):
    copy = brought(city, 1, looked_at=None)[0]
    twin = make_twin(origin=make_origin(place=city.slug, title="Country"), copy=copy, title="The same")
    desk = desk_of(officer)

    page = desk.get(f"{LIST}{twin.origin_id}/").content.decode()
    cared = desk.get(f"/en/workspace/datasets/{copy.dataset_id}/").content.decode()
    said = desk.post(f"{LIST}twins/{twin.pk}/take/", follow=True).content.decode()

    assert ("Here already, from another catalog" in page, "from Province" in page) == (True, True)
    assert ("It stands in these catalogs too: Country." in cared, "Nobody has looked after it yet." in cared) == (
        True,
        True,
    )
    assert "From now on this dataset follows Country." in said
    assert (Copy.objects.get().origin, Twin.objects.get().origin) == (twin.origin, copy.origin)


def test_notice_of_what_is_gone_leads_to_the_run(desk_of, approver, city):
    from learningcity.notices.actions import notify

    run = make_run(origin=make_origin(place=city.slug, title="Province"), gone=2)
    notify(approver, "harvest.gone", run)

    page = desk_of(approver).get("/en/notices/").content.decode()

    assert "2 datasets are gone from “Province”: withdraw them here too?" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "https://elsewhere.example.org/"},
        {"address": "http://127.0.0.1/"},
        {"address": "http://2130706433/"},
        {"address": "file:///etc/passwd"},
        {"address": "https://user:secret@data.example.org/"},
        {"address": "nonsense"},
        {"address": ""},
        {"kind": "ftp"},
        {"kind": "table"},
        {"license": "notspecified"},
        {"often": "hour"},
        {"title": ""},
        {"title": "x" * 201},
        {"place": "another"},
        {"place": ""},
        {"title": "a\x00b"},
    ],
)
def test_what_cannot_be_is_refused_with_words(desk_of, officer, server, changes):
    for look in ({}, {"look": "1"}):
        page = desk_of(officer).post(f"{LIST}new/", typed(server, **changes, **look))
        if look and changes == {"kind": "table"}:
            continue
        assert (page.status_code, Origin.objects.exists()) == (400, False)


def test_same_address_twice_is_refused_with_words(desk_of, officer, server):
    desk_of(officer).post(f"{LIST}new/", typed(server))
    page = desk_of(officer).post(f"{LIST}new/", typed(server))

    assert (page.status_code, "is harvested for this place already" in page.content.decode()) == (400, True)


def test_origin_is_changed_and_switched_off(desk_of, officer, server, city):
    origin = make_origin(place=city.slug, address=server.at("/"), memory={"since": "2026"})
    desk, path = desk_of(officer), f"{LIST}{origin.pk}/"

    shown = desk.get(f"{path}change/").content.decode()
    desk.post(f"{path}change/", typed(server, title="New", active=""))
    refused = desk.post(f"{path}begin/", follow=True).content.decode()

    origin.refresh_from_db()
    assert (server.at("/") in shown, origin.title, origin.active, origin.memory) == (
        True,
        "New",
        False,
        {"since": "2026"},
    )
    assert "It is being harvested already, or it is switched off." in refused


def test_secretariat_allows_and_forbids_hosts(desk_of, secretariat):
    desk, path = desk_of(secretariat), f"{LIST}hosts/"

    empty = desk.get(path).content.decode()
    desk.post(path, {"name": " Data.GO.th. ", "note": "DGA"})
    listed = desk.get(path).content.decode()
    host = Host.objects.get()
    desk.post(f"{path}{host.pk}/drop/")

    assert ("No host is allowed yet" in empty, "data.go.th" in listed, host.allowed_by) == (True, True, secretariat)
    assert not Host.objects.exists()


@pytest.mark.parametrize(
    "name", ["", "*", "*.go.th", "127.0.0.1", "0x7f.1", "localhost", "https://data.go.th", "a.th:80", "a..th"]
)
def test_host_that_is_no_name_is_refused(desk_of, secretariat, name):
    page = desk_of(secretariat).post(f"{LIST}hosts/", {"name": name})

    assert (page.status_code, Host.objects.exists()) == (400, False)


def test_cities_to_harvest_for_stand_in_the_order_of_the_dictionary(desk_of, secretariat):
    for slug, name in (("chiang-mai", "เชียงใหม่"), ("hat-yai", "หาดใหญ่"), ("tak", "ตาก")):
        make_city(slug=slug, name_th=name)

    form = desk_of(secretariat).get("/workspace/harvest/new/").context["form"]

    assert [slug for slug, _name in form.fields["place"].choices] == ["", "chiang-mai", "tak", "hat-yai"]


def test_secretariat_enters_an_origin_for_the_network(desk_of, secretariat, city, server):
    desk_of(secretariat).post(f"{LIST}new/", typed(server, place=""))

    assert Origin.objects.get().place == ""


def test_stranger_and_officer_of_another_city_see_no_origin_and_no_form_for_it(client, stranger, city, server):
    origin = make_origin(place=city.slug, title="Province")
    client.force_login(stranger)

    page = client.get(LIST).content.decode()
    answers = [client.get(f"{LIST}{origin.pk}/"), client.post(f"{LIST}{origin.pk}/begin/"), client.get(f"{LIST}hosts/")]
    entered = client.post(f"{LIST}new/", typed(server, place=city.slug))

    assert ("Province" in page, [answer.status_code for answer in answers]) == (False, [404, 404, 403])
    assert (entered.status_code, Origin.objects.count()) == (400, 1)


def test_whoever_holds_no_role_may_enter_nothing(client, django_user_model):
    from tests.factories.accounts import make_user

    make_city()
    client.force_login(make_user())

    assert [client.get(f"{LIST}new/").status_code, client.post(f"{LIST}new/").status_code] == [403, 403]
