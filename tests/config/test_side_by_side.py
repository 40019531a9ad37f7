"""Any number of site and worker processes live on one database: they share nothing else, and a job runs once."""

import contextlib
import http.client
import os
import subprocess
import sys
import time

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, SITE
from tests.config.ports import free_port

JOBS = 40
TASK = "builtin:procrastinate.builtin_tasks.remove_old_jobs"


def get(port, path):
    visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(visitor):
        visitor.request("GET", path, headers={"Host": "localhost"})
        answer = visitor.getresponse()
        return answer.status, answer.read()


def wait_until(is_so, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_so()


def is_ready(port):
    try:
        return get(port, "/readyz")[0] == 200
    except OSError:
        return False


def rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture
def start():
    """Start processes as the site's role on the database of this test, and stop them in the end."""
    owner = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0]
    variables = os.environ | {"DATABASE_URL": f"{owner.replace(OWNER, SITE)}/{connection.settings_dict['NAME']}"}
    running = []

    def start(*words):
        running.append(subprocess.Popen([sys.executable, *words], env=variables, cwd=ROOT))

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(20)


@pytest.fixture
def ports(start):
    """Two sites, each a process of its own."""
    ports = [free_port(), free_port()]
    for port in ports:
        start(
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(port),
            "--no-log",
            "learningcity.config.wsgi:application",
        )
    return ports


@pytest.mark.django_db(transaction=True)
def test_two_sites_and_two_workers_share_one_database(start, ports):
    for name in ("one", "two"):
        start("manage.py", "procrastinate", "-v0", "worker", "--name", name, "--concurrency", "1")
    all_ready = [wait_until(lambda port=port: is_ready(port)) for port in ports]
    pages = [get(port, "/sitemap.xml") for port in ports]
    app.configure_task(TASK).batch_defer(*({"max_hours": 1000} for _ in range(JOBS)))
    # Only ours: a worker that starts soon after the hour of a periodic job does that one as well.
    ours = f"from procrastinate_jobs as job where task_name = '{TASK}'"
    all_done = wait_until(lambda: rows(f"select count(*) {ours} and status = 'succeeded'") == [(JOBS,)])
    started = f"select job_id from procrastinate_events where type = 'started' and job_id in (select id {ours})"
    starts = rows(f"select count(*) from ({started}) as each group by job_id")
    busy = rows(f"select count(distinct worker_id) {ours}")

    assert all_ready == [True, True]
    assert [status for status, _ in pages] == [200, 200]
    assert pages[0] == pages[1]
    assert all_done
    assert busy == [(2,)]
    assert starts == [(1,)] * JOBS
