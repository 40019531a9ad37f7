"""Runs against a live catalog that behaves like CKAN."""

import pytest
from django.db import connection
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.harvest import actions
from learningcity.harvest.actions import runs
from learningcity.harvest.actions.stages import Work
from learningcity.harvest.models import Copy, Finding, Host, Origin, Run
from learningcity.notices.models import Notice
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset, Distribution, File
from learningcity.opendata.queries import entry_of, newest_version
from tests.factories.opendata import make_part, make_version
from tests.harvest.catalogs import package
from tests.harvest.servers import Said

pytestmark = pytest.mark.django_db
TABLE = "โรงเรียน,นักเรียน\nวัดกลาง,120\nเทศบาล 1,90\n".encode()


def counts(run):
    return [getattr(run, name) for name in ("found", "new", "changed", "unchanged", "gone", "refused")]


def resource(server, path, **changes):
    return {"id": path, "url": server.at(path), "name": "โรงเรียน", "format": "CSV", **changes}


def test_first_run_takes_over_everything_in_pages(catalog, server, origin, harvest):
    for number in range(5):
        catalog.put(number)
    catalog.rows = 2

    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [5, 5, 0, 0, 0, 0])
    assert [path.partition("?")[2] for path in server.paths] == [
        f"rows=100&start={start}&sort=id+asc" for start in (0, 2, 4, 5)
    ]
    assert Copy.objects.count() == Dataset.objects.count() == 5


def test_record_becomes_a_dataset_in_our_words(catalog, server, origin, harvest):
    gdc = {
        "data_type": "ข้อมูลสถิติ",
        "objective": ["พันธกิจหน่วยงาน", "?"],
        "update_frequency_unit": "ปี",
        "update_frequency_interval": "2",
        "geo_coverage": "จังหวัด",
        "data_category": "ข้อมูลสาธารณะ",
        "first_year_of_data": "2565",
        "last_year_of_data": "2023",
    }
    catalog.put(1, extras=[{"key": "title_en", "value": "Schools"}], **gdc)

    harvest(origin)

    dataset = Dataset.objects.get()
    assert (dataset.title_th, dataset.title_en, dataset.slug, dataset.place) == (
        "ชุดข้อมูล 1",
        "Schools",
        "schools",
        "khon-kaen",
    )
    assert (dataset.notes_th, dataset.keywords_th, dataset.keywords_en) == ("คำอธิบาย\nสองบรรทัด", ["ตัวอย่าง"], ["sample"])
    assert (dataset.data_type, dataset.objectives, dataset.rhythm, dataset.interval) == (
        "statistics",
        ["mission"],
        "year",
        2,
    )
    assert (dataset.coverage, dataset.first_year, dataset.last_year) == ("province", 2022, 2023)
    assert (dataset.origin_th, dataset.maintainer_th, dataset.license) == ("เทศบาลตัวอย่าง", "ฝ่ายข้อมูล", "CC-BY-4.0")
    assert (dataset.landing_page, dataset.allow_harvest) == (server.at("/dataset/dataset-001"), False)
    assert entry_of(dataset).version is None


def test_file_is_fetched_read_as_a_table_and_published(catalog, server, origin, harvest):
    catalog.files["/a/schools.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a/schools.csv"), resource(server, "/a/schools.json", format="JSON")])

    harvest(origin)

    version = newest_version(Dataset.objects.get())
    part = version.distributions.get()
    assert (part.title_th, part.format, part.row_count, part.file.size) == ("โรงเรียน", "csv", 2, len(TABLE))
    assert part.schema["fields"][1]["title_th"] == "นักเรียน"
    assert server.paths[-1] == "/a/schools.csv"


def test_files_that_stay_where_they_are_are_told_with_the_reason(catalog, server, origin, harvest):
    catalog.files = {"/page.csv": b"<html>", "/good.csv": TABLE}
    names = ("/page.csv", "/gone.csv", "/good.csv")
    others = [
        resource(server, "/map", format="WMS"),
        {"url": "https://elsewhere.example.org/a.csv"},
        {"url": "http://169.254.169.254/a.csv"},
        {"url": "javascript:alert(1)"},
        {"url": 5},
        None,
    ]
    catalog.put(1, resources=[*(resource(server, name) for name in names), *others])

    run = harvest(origin)

    assert [each["why"] for each in run.findings.get().left] == ["content", "status", "kind", "host", "address"]
    assert (run.state, Distribution.objects.count()) == ("done", 1)


def test_second_run_asks_only_for_what_changed(catalog, server, origin, harvest):
    for number in range(3):
        catalog.put(number)
    harvest(origin)
    catalog.put(1, title="ชื่อใหม่", metadata_modified="2026-02-01T00:00:00.000000")
    del server.asked[:]

    run = harvest(origin)

    assert counts(run) == [2, 0, 1, 1, 0, 0]
    assert "fq=metadata_modified%3A%5B2026-01-01T00%3A00%3A02.000000Z+TO+%2A%5D" in server.paths[0]
    assert server.paths[-1] == "/api/3/action/package_list"
    assert sorted(Dataset.objects.values_list("title_th", flat=True)) == ["ชื่อใหม่", "ชุดข้อมูล 0", "ชุดข้อมูล 2"]


def test_catalog_that_cannot_tell_what_changed_is_read_whole(catalog, server, origin, harvest):
    catalog.put(1)
    harvest(origin)
    catalog.knows_fq = False

    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [1, 0, 0, 1, 0, 0])


def test_nothing_new_makes_no_version_and_fetches_no_file(catalog, server, origin, harvest):
    catalog.files["/a.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a.csv")])
    harvest(origin)
    del server.asked[:]

    run = harvest(origin, "everything")

    assert (counts(run), Dataset.objects.get().versions.count()) == ([1, 0, 0, 1, 0, 0], 1)
    assert "/a.csv" not in server.paths


def test_changed_file_becomes_the_next_version_and_one_that_did_not_change_is_not_sent_again(
    catalog, server, origin, harvest
):
    catalog.files = {"/a.csv": TABLE, "/b.csv": TABLE + b"C,3\n"}
    resources = [resource(server, "/a.csv"), resource(server, "/b.csv", name="B")]
    catalog.put(1, resources=resources)
    harvest(origin)
    catalog.files["/a.csv"] = TABLE + "ใหม่,1\n".encode()
    catalog.put(1, resources=resources, notes="ใหม่", metadata_modified="2026-02-01T00:00:00.000000")

    run = harvest(origin)

    version = newest_version(Dataset.objects.get())
    assert (counts(run), version.number) == ([1, 0, 1, 0, 0, 0], 2)
    assert [(part.name, part.row_count) for part in version.distributions.all()] == [("rongrian", 3), ("b", 3)]


def test_what_an_editor_changed_by_hand_is_never_touched(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    Dataset.objects.update(title_th="ชื่อที่แก้เอง", notes_en="By hand.", first_year=2030)
    catalog.put(1, title="ชื่อใหม่", notes="ใหม่", last_year_of_data="2020", metadata_modified="2026-02-01T00:00:00.000000")

    runs = [harvest(origin), harvest(origin, "everything")]

    dataset = Dataset.objects.get()
    assert (dataset.title_th, dataset.notes_th, dataset.notes_en) == ("ชื่อที่แก้เอง", "ใหม่", "By hand.")
    assert (dataset.first_year, dataset.last_year) == (2030, None)
    assert [counts(run) for run in runs] == [[1, 0, 1, 0, 0, 0], [1, 0, 0, 1, 0, 0]]


def test_files_that_a_person_brought_stay(catalog, server, origin, harvest):
    catalog.files["/a.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a.csv")])
    harvest(origin)
    dataset = Dataset.objects.get()
    make_version(dataset=dataset, parts=[make_part(b"by,hand\n1,2\n", name="mine")])
    catalog.files["/a.csv"] = TABLE + b"D,1\n"
    catalog.put(1, notes="ใหม่", resources=[resource(server, "/a.csv")], metadata_modified="2026-02-01T00:00:00.000000")

    harvest(origin)

    version = newest_version(dataset)
    assert (version.number, version.metadata["notes_th"]) == (3, "ใหม่")
    assert [part.name for part in version.distributions.all()] == ["mine"]


@pytest.mark.parametrize(
    "said",
    [
        ({"license_id": "", "license_url": None}, "no_license", ""),
        ({"license_id": "notspecified", "license_url": ""}, "no_license", ""),
        ({"license_id": "gfdl", "license_url": ""}, "other_license", "gfdl"),
        (
            {"license_url": "https://creativecommons.org/licenses/by/3.0/th/"},
            "other_license",
            "https://creativecommons.org/licenses/by/3.0/th/",
        ),
        ({"private": True}, "not_public", ""),
        ({"data_category": "ข้อมูลส่วนบุคคล"}, "not_public", ""),
        ({"data_category": ["?"]}, "not_public", ""),
        ({"allow_harvest": "False"}, "not_offered", ""),
        ({"title": "", "name": ""}, "no_title", ""),
        ({"title": 5, "name": None}, "no_title", ""),
    ],
)
def test_record_is_refused_with_its_reason(catalog, origin, harvest, said):
    changes, reason, detail = said
    catalog.put(1, **changes)

    run = harvest(origin)

    finding = run.findings.get()
    assert (counts(run), finding.reason, finding.detail) == ([1, 0, 0, 0, 0, 1], reason, detail)
    assert not Dataset.objects.exists()


def test_license_of_the_origin_counts_only_where_the_record_names_none(catalog, origin, harvest):
    Origin.objects.update(license="OGL-TH")
    catalog.put(1, license_id="", license_url="")
    catalog.put(2, license_id="gfdl", license_url="")

    run = harvest(origin)

    assert (counts(run), Dataset.objects.get().license) == ([2, 1, 0, 0, 0, 1], "OGL-TH")


def test_gone_record_is_marked_and_proposed_to_a_person_and_its_dataset_stays(catalog, origin, harvest, approver):
    catalog.put(1)
    catalog.put(2)
    harvest(origin)
    del catalog.packages["id-001"]

    run = harvest(origin)

    gone = Copy.objects.get(remote_id="id-001")
    assert (counts(run), gone.gone_at is not None, gone.dataset.is_withdrawn) == ([1, 0, 0, 1, 1, 0], True, False)
    assert list(Notice.objects.values_list("kind", "recipient")) == [("harvest.gone", approver.pk)]
    assert counts(harvest(origin)) == [1, 0, 0, 1, 0, 0]


def test_record_that_only_the_list_forgot_is_not_gone(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    catalog.rows = 0

    run = harvest(origin, "everything")

    assert (run.state, counts(run), Copy.objects.get().gone_at) == ("done", [0, 0, 0, 0, 0, 0], None)


def test_record_that_comes_back_is_no_longer_gone(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    del catalog.packages["id-001"]
    harvest(origin)
    catalog.put(1)

    run = harvest(origin, "everything")

    assert (counts(run), Copy.objects.get().gone_at) == ([1, 0, 1, 0, 0, 0], None)


@pytest.mark.parametrize("changes", [{"private": True}, {"state": "deleted"}, {"data_category": "ข้อมูลส่วนบุคคล"}])
def test_record_that_is_public_no_more_is_gone(catalog, origin, harvest, changes):
    catalog.put(1)
    harvest(origin)
    catalog.put(1, **changes)

    assert counts(harvest(origin, "everything")) == [0, 0, 0, 0, 1, 0]


def test_dataset_that_was_withdrawn_here_is_not_brought_back(catalog, origin, harvest, approver):
    catalog.put(1)
    harvest(origin)
    withdraw_dataset(Dataset.objects.get(), "ซ้ำ", "Twice.", by=approver)

    run = harvest(origin, "everything")

    assert (counts(run), run.findings.get().reason) == ([1, 0, 0, 0, 0, 1], "withdrawn_here")


def test_pause_that_is_asked_for_is_kept_and_the_run_goes_on_where_it_was(catalog, server, origin, harvest, jobs):
    for number in range(4):
        catalog.put(number)
    catalog.rows = 2
    catalog.first = [None, Said(status=503, headers={"Retry-After": "30"})]

    run = harvest(origin)
    waiting = (run.state, run.found, jobs("harvest.run")[-1])
    actions.work_on(run.pk)
    run.refresh_from_db()

    assert waiting == ("gathering", 2, ({"run": run.pk}, f"harvest-{origin.pk}", True))
    assert (run.state, counts(run)) == ("done", [4, 4, 0, 0, 0, 0])
    assert ["start=0" in path for path in server.paths].count(True) == 1


def test_whoever_asks_for_too_long_a_pause_is_left(catalog, origin, harvest):
    catalog.first = [Said(status=429, headers={"Retry-After": "86400"})]

    run = harvest(origin)

    assert (run.state, run.problem, run.detail) == ("failed", "busy", "86400")


def test_file_that_is_always_busy_holds_nothing_up(catalog, server, origin, harvest):
    catalog.files["/a.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a.csv")])
    busy = Said(status=503, headers={"Retry-After": "1"})
    catalog.first = [None, None, busy, busy]

    run = harvest(origin)
    actions.work_on(run.pk)
    run.refresh_from_db()

    assert (run.state, counts(run), run.findings.get().left[0]["why"]) == ("done", [1, 1, 0, 0, 0, 0], "busy")
    assert Origin.objects.get().memory == {}
    assert counts(harvest(origin)) == [1, 0, 1, 0, 0, 0]
    assert Distribution.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Said(status=500), "status"),
        (Said(b"<html>"), "content"),
        (Said(b"[" * 5000), "content"),
        (Said(b'{"success": true, "result": 5}'), "content"),
        (Said(b'{"success": false}'), "content"),
        (Said(status=302, headers={"Location": "http://169.254.169.254/"}), "redirect"),
        (Said(by_hand=lambda line: line.write(b"")), "connection"),
    ],
)
def test_obstacle_ends_the_run_with_its_reason(catalog, origin, harvest, said, problem):
    catalog.put(1)
    catalog.first = [said]

    run = harvest(origin)

    assert (run.state, run.problem, Dataset.objects.count()) == ("failed", problem, 0)
    assert harvest(origin).state == "done"


class Killed(BaseException):
    """What a worker is that is killed: nothing of ours catches it."""


@pytest.mark.parametrize("stage", ["gather", "fetch", "import_finding", "look_for_gone"])
def test_killed_worker_leaves_a_run_that_goes_on(catalog, origin, harvest, monkeypatch, stage):
    catalog.files["/a.csv"] = TABLE
    there = f"{origin.address}a.csv"
    for number in range(4):
        catalog.put(number, resources=[{"url": there}])
    catalog.rows = 2
    whole, calls = getattr(runs, stage), []

    def killed(*words):
        calls.append(words)
        if len(calls) == (1 if stage == "look_for_gone" else 2):
            raise Killed
        return whole(*words)

    monkeypatch.setattr(runs, stage, killed)
    with pytest.raises(Killed):
        harvest(origin)
    run = Run.objects.get()
    left = run.state
    actions.work_on(run.pk)

    run.refresh_from_db()
    assert (left in ("gathering", "fetching", "importing"), run.state) == (True, "done")
    assert (counts(run), File.objects.filter(media_type="text/csv").count()) == ([4, 4, 0, 0, 0, 0], 1)


def test_run_that_stops_every_worker_ends(origin, harvest, monkeypatch):
    def killed(*words):
        raise Killed

    monkeypatch.setattr(runs, "gather", killed)
    with pytest.raises(Killed):
        harvest(origin)
    run = Run.objects.get()
    for _ in range(9):
        with pytest.raises(Killed):
            actions.work_on(run.pk)
    actions.work_on(run.pk)

    run.refresh_from_db()
    assert (run.state, run.problem) == ("failed", "broken")


def test_run_begins_once_at_a_time(origin, officer):
    actions.begin_run(origin, "changes", by=officer)

    with pytest.raises(TransitionNotAllowed):
        actions.begin_run(origin, "changes", by=officer)


def test_run_of_an_origin_that_is_switched_off_does_not_begin(origin, officer):
    Origin.objects.update(active=False)

    with pytest.raises(TransitionNotAllowed):
        actions.begin_run(origin, "changes", by=officer)


def test_run_of_an_origin_that_was_switched_off_meanwhile_ends(catalog, server, origin, officer):
    run = actions.begin_run(origin, "changes", by=officer)
    Origin.objects.update(active=False)

    actions.work_on(run.pk)

    run.refresh_from_db()
    assert (run.state, run.problem, server.asked) == ("failed", "paused", [])


def test_stopped_run_ends_and_writes_nothing_more(catalog, origin, officer, monkeypatch):
    for number in range(3):
        catalog.put(number)
    whole = runs.import_finding

    def one_and_stop(run, finding):
        whole(run, finding)
        actions.stop_run(run, by=officer)

    monkeypatch.setattr(runs, "import_finding", one_and_stop)
    run = actions.begin_run(origin, "changes", by=officer)
    actions.work_on(run.pk)

    run.refresh_from_db()
    assert (run.state, run.new, Dataset.objects.count()) == ("stopped", 1, 1)
    with pytest.raises(TransitionNotAllowed):
        actions.stop_run(run, by=officer)


def test_host_that_is_allowed_no_more_is_not_asked(catalog, server, origin, officer):
    run = actions.begin_run(origin, "changes", by=officer)
    Host.objects.all().delete()

    actions.work_on(run.pk)

    run.refresh_from_db()
    assert (run.state, run.problem, server.asked) == ("failed", "host", [])


def test_work_on_a_run_that_is_over_does_nothing(catalog, server, origin, harvest):
    run = harvest(origin)
    del server.asked[:]

    actions.work_on(run.pk)
    actions.work_on(0)

    assert server.asked == []


def test_record_that_our_catalog_cannot_hold_keeps_no_other_out(catalog, origin, harvest, monkeypatch):
    catalog.put(1)
    catalog.put(2)
    whole = runs.import_finding

    def stumble(run, finding):
        whole(run, finding)
        if finding.remote_id == "id-001":
            raise ZeroDivisionError

    monkeypatch.setattr(runs, "import_finding", stumble)
    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [2, 1, 0, 0, 0, 1])
    assert run.findings.get(remote_id="id-001").reason == "unreadable"
    assert Copy.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "<script>alert(1)</script>ชื่อ", "notes": "<img src=x onerror=alert(1)>คำ"},
        {"notes": "\0\x1b" + "ก" * 500_000, "tags": [{"name": "ก" * 900}] * 500},
        {"resources": {"a": 1}, "extras": "x", "tags": None, "organization": "o", "maintainer_email": ["a"]},
        {"maintainer_email": "not an address", "objective": {"a": 1}, "update_frequency_interval": "9" * 900},
        {"first_year_of_data": "2030", "last_year_of_data": "2567", "url": "javascript:alert(1)"},
        {"title": "ก" * 5000, "name": "x" * 5000, "metadata_modified": "yesterday"},
        {"metadata_modified": None, "notes": 5, "license_id": ["cc-by"]},
    ],
)
def test_odd_values_are_made_good_or_left_out(catalog, origin, harvest, changes):
    catalog.put(1, **changes)

    run = harvest(origin)

    dataset = Dataset.objects.get()
    assert (run.state, run.refused) == ("done", 0)
    assert not any(mark in f"{dataset.title_th}{dataset.notes_th}" for mark in ("<script", "onerror", "\0", "\x1b"))
    dataset.full_clean(exclude=["keywords_th"])


def test_states_and_writings_are_in_the_audit(catalog, origin, harvest):
    catalog.put(1)

    run = harvest(origin)

    entries = Entry.objects.filter(record=f"harvest.Run:{run.pk}").order_by("id")
    assert [(entry.before, entry.after) for entry in entries] == [
        ("", "waiting"),
        ("waiting", "gathering"),
        ("gathering", "fetching"),
        ("fetching", "importing"),
        ("importing", "done"),
    ]
    assert Entry.objects.filter(action="harvest.import", after="new").count() == 1


def test_what_is_due_begins_by_the_clock(origin, harvest, jobs):
    first = actions.begin_due_runs()
    again = actions.begin_due_runs()
    Run.objects.update(state="done", ended_at=timezone.now(), begun_at=timezone.now() - timezone.timedelta(days=7))
    later = actions.begin_due_runs()

    assert (first, again, later, len(jobs("harvest.run"))) == (1, 0, 1, 2)


def test_findings_of_long_ago_are_forgotten_and_counts_stay(catalog, origin, harvest):
    catalog.put(1)
    run = harvest(origin)
    Run.objects.update(ended_at=timezone.now() - timezone.timedelta(days=181))

    assert (actions.forget_findings(), Finding.objects.count(), Run.objects.get().new) == (1, 0, run.new)


def test_a_second_worker_leaves_a_run_alone(catalog, server, origin, officer):
    import psycopg

    run = actions.begin_run(origin, "changes", by=officer)
    with psycopg.connect(
        **{
            k: v
            for k, v in connection.get_connection_params().items()
            if k in ("dbname", "user", "host", "port", "password")
        }
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [runs.RUN_LOCK, run.pk])
        actions.work_on(run.pk)

    run.refresh_from_db()
    assert (run.state, server.asked) == ("waiting", [])
    assert Work(run.pk, None).run() == run
    assert package(1)["id"] == "id-001"
