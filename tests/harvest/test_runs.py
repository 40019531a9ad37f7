"""Runs against a live catalog that behaves like CKAN."""

import pytest
from django.db import connection
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.harvest import actions
from learningcity.harvest.actions import runs
from learningcity.harvest.models import Copy, Finding, Host, Origin, Run
from learningcity.opendata.models import Dataset, Distribution, File
from tests.harvest.catalogs import TABLE, counts, resource
from tests.harvest.servers import Said
from tests.proofs import proves

pytestmark = [pytest.mark.django_db, proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest")]


def test_first_run_takes_over_everything_in_pages(catalog, server, origin, harvest):
    for number in range(5):
        catalog.put(number)
    catalog.rows = 2

    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [5, 5, 0, 0, 0, 0])
    assert [path.partition("?")[2] for path in server.paths] == [
        # Each part begins with the last record of the one before.
        f"rows=100&start={start}&sort=id+asc"
        for start in range(5)
    ]
    assert Copy.objects.count() == Dataset.objects.count() == 5


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
