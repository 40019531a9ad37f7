"""No process that ./run starts may outlive it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from learningcity.config.launch.children import Children, children
from learningcity.config.launch.local import ROOT

# A process with a child of its own, both deaf to being asked.
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""
LAUNCHER = """
import sys, time
from learningcity.config.launch.children import Children
import os
group = Children(dict(os.environ))
group.start("sleeper", sys.executable, "-c", "import time; time.sleep(60)")
print(group.processes["sleeper"].pid, flush=True)
time.sleep(60)
"""


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(is_so, seconds=10):
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_so()


@pytest.fixture(autouse=True)
def _own_signals():
    """Children takes over the signals of the process; give them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_children_that_do_not_listen_are_ended_with_their_own_children(tmp_path, monkeypatch):
    monkeypatch.setattr("learningcity.config.launch.children.PATIENCE", 0.2)
    pids = tmp_path / "pids"
    pids.touch()
    with children(dict(os.environ)) as group:
        group.start("stubborn", sys.executable, "-c", STUBBORN, str(pids))
        both_started = wait_until(lambda: len(pids.read_text().split()) == 2)
        started = pids.read_text().split()

    assert both_started
    assert wait_until(lambda: not any(lives(pid) for pid in started))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_wait_ends_when_we_are_asked_to_stop(number):
    group = Children(dict(os.environ))
    os.kill(os.getpid(), number)

    assert group.wait() == ""


def test_wait_names_the_child_that_ended_by_itself():
    with children(dict(os.environ)) as group:
        group.start("web server", sys.executable, "-c", "raise SystemExit(3)")

        assert group.wait() == "web server"


def test_children_end_when_the_launcher_is_killed():
    launcher = subprocess.Popen([sys.executable, "-c", LAUNCHER], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(launcher.stdout.readline())
    lived = lives(child)
    launcher.kill()
    launcher.communicate()

    assert lived
    assert wait_until(lambda: not lives(child))
