"""./run as a newcomer meets it: from an empty folder to pages, twice, and back to nothing."""

import contextlib
import http.client
import re
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, Server
from tests.config.ports import free_port

END_OF_GREETING = "Ctrl-C stops everything.\n"


def get(port, path):
    visitor = http.client.HTTPConnection("localhost", port, timeout=30)
    with contextlib.closing(visitor):
        visitor.request("GET", path)
        answer = visitor.getresponse()
        return answer.status, answer.read().decode()


def start(state, port):
    """Start the platform and read what it says until it is ready."""
    command = [sys.executable, "-m", "learningcity.config.launch", "start", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line == END_OF_GREETING:
            break
    return process, "".join(lines)


def left_behind(state):
    """Return the command lines of processes that still work in this folder."""
    commands = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if str(state).encode() in path.read_bytes():
                commands.append(path.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode())
    return commands


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("newcomer") / "state"


def insist_on_visit(state, visit, number):
    """Start the platform, look at pages, and stop it with this signal."""
    port = free_port()
    process, said = start(state, port)
    pages = {path: get(port, path) for path in ("/", "/en/", "/cities/khon-kaen/")}
    process.send_signal(number)
    rest, _ = process.communicate(timeout=60)

    assert [status for status, _ in pages.values()] == [200, 200, 200]
    assert "Khon Kaen" in pages["/en/"][1]
    assert f"http://localhost:{port}/ " in said
    assert len(re.findall(r"^  \S+@example\.org ", said, re.MULTILINE)) == 5
    assert said.startswith("Preparing") is (visit == "first")
    assert (process.returncode, rest.splitlines()[-1]) == (0, "Stopping ...")
    assert left_behind(state) == []


# One test, because the second visit and the look at the tables follow from the first, in the same process.
def test_run_shows_pages_ends_without_a_trace_and_owns_nothing(state):
    insist_on_visit(state, "first", signal.SIGINT)
    insist_on_visit(state, "second", signal.SIGTERM)
    with Server(state / "postgres").hold() as server, psycopg.connect(server.url(OWNER)) as connection:
        owners = connection.execute("select distinct tableowner from pg_tables where schemaname = 'public'").fetchall()

    assert owners == [(OWNER,)]
