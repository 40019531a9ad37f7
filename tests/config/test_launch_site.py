"""./run as a newcomer meets it: from an empty folder to pages, twice, and back to nothing."""

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, Server

END_OF_GREETING = "Ctrl-C stops everything.\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


@pytest.mark.parametrize(("visit", "number"), [("first", signal.SIGINT), ("second", signal.SIGTERM)])
def test_run_shows_pages_and_ends_without_a_trace(state, visit, number):
    port = free_port()
    process, said = start(state, port)
    pages = {path: get(port, path) for path in ("/", "/en/", "/cities/khon-kaen/")}
    process.send_signal(number)
    rest, _ = process.communicate(timeout=60)

    assert [status for status, _ in pages.values()] == [200, 200, 200]
    assert "Khon Kaen" in pages["/en/"][1]
    assert f"http://localhost:{port}/ " in said
    assert len(re.findall(r"^  \S+@example\.org ", said, re.MULTILINE)) == 4
    assert said.startswith("Preparing") is (visit == "first")
    assert (process.returncode, rest.splitlines()[-1]) == (0, "Stopping ...")
    assert left_behind(state) == []


def test_site_owns_nothing_after_a_start(state):
    with Server(state / "postgres").hold() as server, psycopg.connect(server.url(OWNER)) as connection:
        owners = connection.execute("select distinct tableowner from pg_tables where schemaname = 'public'").fetchall()

    assert owners == [(OWNER,)]
