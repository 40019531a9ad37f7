"""Asking for one page as often as it is answered: with wrk where it is installed, else with threads of Python.

Bounded in time and in connections, and only ever against this machine.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

HOST = "127.0.0.1"
LONGEST_RUN = 15.0
MOST_CONNECTIONS = 32
WRK = shutil.which("wrk")
REPORT = Path(__file__).with_name("report.lua")


@dataclass(frozen=True)
class Run:
    """What came of asking for one page for a while."""

    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    errors: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Question:
    """Which page, from which server, by which way through it (see bench/wsgi.py)."""

    port: int
    path: str
    way: str


def client() -> str:
    return "wrk" if WRK else "Python threads; wrk would ask faster"


def press(question: Question, *, seconds: float, connections: int) -> Run:
    """Ask for the page over some connections for some seconds."""
    seconds, connections = min(seconds, LONGEST_RUN), min(connections, MOST_CONNECTIONS)
    return press_with_wrk(question, seconds, connections) if WRK else press_with_threads(question, seconds, connections)


def press_with_wrk(question: Question, seconds: float, connections: int) -> Run:
    words = ["-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "-s", str(REPORT)]
    words += ["-H", f"X-Bench: {question.way}", "-H", "Accept-Encoding: gzip", "-H", f"Host: localhost:{question.port}"]
    url = f"http://{HOST}:{question.port}{question.path}"
    output = subprocess.run([WRK or "wrk", *words, url], capture_output=True, text=True, check=True, timeout=60).stdout
    line = next(line for line in output.splitlines() if line.startswith("MEASURED "))
    run = Run(**json.loads(line.removeprefix("MEASURED ")))
    # Nobody was answered in all that time: it takes at least so long.
    return run if run.requests else Run(0, run.seconds, seconds * 1000, seconds * 1000, run.errors)


def press_with_threads(question: Question, seconds: float, connections: int) -> Run:
    times: list[float] = []
    errors: list[int] = []
    started = time.perf_counter()
    threads = [
        threading.Thread(target=ask_until, args=(question, started + seconds, times, errors))
        for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(times, n=20) if len(times) > 1 else [seconds] * 19
    return Run(len(times), time.perf_counter() - started, cuts[9] * 1000, cuts[18] * 1000, len(errors))


def ask_until(question: Question, end: float, times: list[float], errors: list[int]) -> None:
    connection = http.client.HTTPConnection(HOST, question.port, timeout=10)
    headers = {"X-Bench": question.way, "Accept-Encoding": "gzip", "Host": f"localhost:{question.port}"}
    try:
        while (began := time.perf_counter()) < end:
            connection.request("GET", question.path, headers=headers)
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - began)
            if response.status != 200:
                errors.append(response.status)
    except (OSError, http.client.HTTPException):
        errors.append(0)
    finally:
        connection.close()


def fetch(port: int, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return status, headers and body as they came through the wire."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
