"""Lists that move while they are read, and 10,000 records with a worker that is killed twice."""

import os
import signal
import time

import pytest
from django.db import connection, connections

from learningcity.harvest.actions import begin_run, work_on
from learningcity.harvest.actions.runs import RUN_LOCK
from learningcity.harvest.models import Copy, Finding, Run
from learningcity.opendata.models import Dataset
from tests.harvest.catalogs import counts, package
from tests.proofs import proves

pytestmark = proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest")
RECORDS, TAKEN = 10_000, 20


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["went", "came"])
def test_list_that_moves_while_it_is_read_loses_nothing(catalog, origin, harvest, change):
    for number in range(10, 20):
        catalog.put(number)
    catalog.rows = 4
    whole = catalog.search

    def moving(given):
        said = whole(given)
        if given["start"] == "3":
            for gone in ("id-010", "id-011"):
                catalog.packages.pop(gone, None)
            if change == "came":
                catalog.packages.update({f"id-00{number}": package(number) for number in range(3)})
        return said

    catalog.search = moving
    run = harvest(origin)

    there = {one["id"] for one in catalog.packages.values()} | {"id-010", "id-011"}
    assert (run.state, set(run.findings.values_list("remote_id", flat=True))) == ("done", there)
    assert Dataset.objects.count() == run.new == len(there)


@pytest.mark.django_db
def test_what_changes_behind_the_reader_comes_next_time(catalog, origin, harvest):
    # By the clock of the other side, long after this run began.
    catalog.put(1, metadata_modified="2999-01-01T00:00:00.000000")
    harvest(origin)
    catalog.put(2, metadata_modified="2998-01-01T00:00:00.000000")

    assert harvest(origin).new == 1


def in_a_process_that_dies(number, is_time):
    """Work on a run in a process of its own, and kill it without a word when it is time."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work_on(number)
        finally:
            os._exit(0)
    patience = time.monotonic() + 120
    while not is_time() and time.monotonic() < patience:
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    while is_still_held() and time.monotonic() < patience:
        time.sleep(0.01)


def is_still_held():
    """Tell whether the database still holds the run for the killed worker, and have it look whether anybody is there.

    By itself it looks when it next has something to say, and what waits for a lock says nothing for long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [RUN_LOCK],
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_records_survive_a_worker_that_is_killed_twice(catalog, server, origin, officer):
    closed = {"license_id": "", "license_url": ""}
    for number in range(RECORDS):
        said = {} if number % (RECORDS // TAKEN) == 0 else closed
        catalog.packages[f"id-{number:05}"] = package(number, id=f"id-{number:05}", **said)
    catalog.rows = 1000
    run = begin_run(origin, "changes", by=officer)

    in_a_process_that_dies(run.pk, lambda: Finding.objects.count() >= RECORDS // 2)
    listed = (Run.objects.get().state, Finding.objects.count() < RECORDS)
    in_a_process_that_dies(run.pk, lambda: Copy.objects.count() >= TAKEN // 4)
    written = (Run.objects.get().state, Copy.objects.count() < TAKEN)
    work_on(run.pk)

    run.refresh_from_db()
    assert (listed, written) == (("gathering", True), ("importing", True))
    assert (run.state, counts(run)) == ("done", [RECORDS, TAKEN, 0, 0, 0, RECORDS - TAKEN])
    assert Finding.objects.values("remote_id").distinct().count() == Finding.objects.count() == RECORDS
    assert Dataset.objects.count() == Copy.objects.count() == TAKEN
