"""./run: the whole platform on this machine, from an empty folder to the first page."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path

from learningcity.config.launch.children import Children, children
from learningcity.config.launch.local import environment, python
from learningcity.config.launch.prepare import prepare
from learningcity.config.launch.problems import CannotStart, insist_on_free_port

PATIENCE = 60


def start_site(port: int, state: Path) -> None:
    """Start the platform and stay with it until somebody stops it.

    :raises CannotStart: with the reason, if it cannot start or a part of it ends.
    """
    insist_on_free_port(port)
    with environment(state) as variables:
        variables["SITE_URL"] = f"http://localhost:{port}"
        prepare(state, variables)
        with children(variables) as group:
            group.start("web server", *web_server(port))
            wait_for_page(group, port)
            # Only now, so that the first page need not share the processor with it.
            group.start("worker", *python("manage.py", "procrastinate", "-v0", "worker", "--concurrency", "2"))
            greet(port, state)
            if name := group.wait():
                raise CannotStart(f"The {name} ended by itself; its last words stand above.")
            print("Stopping ...", flush=True)


def web_server(port: int) -> list[str]:
    workers = min(2, os.cpu_count() or 1)
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--workers", str(workers), "--blocking-threads", "4"]
    return python(
        "-m", "granian", *options, "--port", str(port), "--log-level", "warning", "learningcity.config.wsgi:application"
    )


def wait_for_page(group: Children, port: int) -> None:
    """Wait until the web server answers.

    :raises CannotStart: if it does not.
    """
    deadline = time.monotonic() + PATIENCE
    while not group.asked_to_stop and not group.first_dead():
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise CannotStart(f"The web server did not answer on port {port} within {PATIENCE} s.") from None
            time.sleep(0.05)


def greet(port: int, state: Path) -> None:
    """Print where to look and who may sign in."""
    print(f"\nLearning City Platform\n  http://localhost:{port}/      in English: http://localhost:{port}/en/\n")
    accounts = state / "sample-accounts.txt"
    if os.environ.get("SECRET_KEY") is None and accounts.exists():
        print(accounts.read_text(encoding="utf-8"))
    print("Ctrl-C stops everything.", flush=True)
    sys.stdout.flush()
