"""The web server as ./run starts it, on a database of the bench; how soon it answers, and what it takes."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from bench.load import fetch
from learningcity.config.launch.children import die_with_parent, send
from learningcity.config.launch.local import ROOT
from learningcity.config.launch.site import web_server

PATIENCE = 60


@dataclass(frozen=True)
class WebServer:
    """One running web server with its workers."""

    port: int
    process: psutil.Process
    # From the start of the process to the last byte of the first page.
    cold_start_s: float

    def tree(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def memory_mb(self) -> float:
        """Return the resident memory of the server and its workers; what they share is counted for each."""
        return sum(process.memory_info().rss for process in self.tree()) / 1e6


@contextlib.contextmanager
def serve(port: int, variables: dict[str, str]) -> Iterator[WebServer]:
    """Provide the site on a port while the block runs.

    :raises RuntimeError: if it does not answer.
    """
    variables = variables | {"SITE_URL": f"http://localhost:{port}"}
    command = [*web_server(port)[:-1], "bench.wsgi:application"]
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=variables,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 -- there is no thread yet when a server is started
    )
    try:
        wait_for_page(port, process)
        yield WebServer(port, psutil.Process(process.pid), time.perf_counter() - began)
    finally:
        send(process, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        send(process, signal.SIGKILL)
        process.wait()


def wait_for_page(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for the first home page.

    :raises RuntimeError: if the server ends, answers with an error, or takes too long.
    """
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, _, _ = fetch(port, "/")
            if status == 200:
                return
            raise RuntimeError(f"The home page answers {status}.")
        time.sleep(0.02)
    raise RuntimeError("The web server did not answer; its words stand above.")


def free_port(wanted: int) -> int:
    """Return the first free port from this one on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("No free port was found.")


def processor_seconds(processes: list[psutil.Process]) -> float:
    """Return the processor time that these processes have used so far."""
    used = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            used += times.user + times.system
    return used
