"""Measuring every page at every number of cities, in turns, so that a busy minute strikes all of them alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any
from urllib.parse import quote

import psutil

from bench.load import Question, fetch, press
from bench.scratch import Scratch
from bench.servers import WebServer, processor_seconds
from learningcity.config.launch.local import ROOT

PAGES = {
    "home": "/",
    "cities": "/cities/",
    "city": "/cities/khon-kaen/",
    "search": f"/search/?q={quote('เมืองแห่งการเรียนรู้')}",
}
BARE = "/bare/"
CONNECTIONS = 16


@dataclass(frozen=True)
class Pace:
    """How long and how often to measure."""

    rounds: int
    seconds: float


@dataclass(frozen=True)
class Figures:
    """What one page does at one number of cities: the median of all rounds."""

    per_second: float
    # Times of a single visitor, so that they tell of the page and not of a queue.
    p50_ms: float
    p95_ms: float
    # Of the site's processes and of PostgreSQL together, for one page.
    processor_ms: float
    errors: int


@dataclass(frozen=True)
class Place:
    """One number of cities, and the server that shows them."""

    scratch: Scratch
    server: WebServer

    def processes(self) -> list[psutil.Process]:
        """Return the processes of the site and of its database."""
        postgres = psutil.Process(self.scratch.postmaster)
        return [*self.server.tree(), postgres, *postgres.children()]


def measure(places: list[Place], pace: Pace) -> dict[str, Any]:
    """Return the figures of all pages, by way, page and number of cities."""
    taken: dict[tuple[str, str, int], list[Figures]] = defaultdict(list)
    for _ in range(pace.rounds):
        for way, page, path in questions():
            for place in places:
                question = Question(place.server.port, path, way)
                taken[way, page, place.scratch.cities].append(measure_once(question, place, pace.seconds))
    results: dict[str, Any] = {}
    for (way, page, cities), rounds in taken.items():
        results.setdefault(way, {}).setdefault(page, {})[cities] = asdict(middle(rounds))
    return results


def questions() -> list[tuple[str, str, str]]:
    """Return every page with the ways by which it is measured; the bare page on both sides of the middleware."""
    pages = [(way, page, path) for way in ("made", "anew", "kept") for page, path in PAGES.items()]
    return [("made", "bare", BARE), *pages, ("naked", "bare", BARE)]


def measure_once(question: Question, place: Place, seconds: float) -> Figures:
    # One visit before the clock runs, and one to wait for those whom the crowd left behind.
    visit(question)
    rate = press(question, seconds=seconds if question.way == "made" else 1, connections=CONNECTIONS)
    visit(question)
    before = processor_seconds(place.processes())
    calm = press(question, seconds=1, connections=1)
    used = processor_seconds(place.processes()) - before
    return Figures(
        rate.per_second, calm.p50_ms, calm.p95_ms, 1000 * used / max(calm.requests, 1), rate.errors + calm.errors
    )


def visit(question: Question) -> None:
    fetch(question.port, question.path, **{"X-Bench": question.way, "Accept-Encoding": "gzip"})


def middle(rounds: list[Figures]) -> Figures:
    def of(name: str) -> float:
        return median(getattr(figures, name) for figures in rounds)

    errors = sum(figures.errors for figures in rounds)
    return Figures(of("per_second"), of("p50_ms"), of("p95_ms"), of("processor_ms"), errors)


def count_queries(variables: dict[str, str]) -> dict[str, dict[str, int]]:
    """Return how many queries each page takes, on the first visit of a process and on the second."""
    command = [sys.executable, "-m", "bench.queries", *PAGES.values()]
    output = subprocess.run(command, env=variables, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    counts = json.loads(output.splitlines()[-1])
    return {page: counts[path] for page, path in PAGES.items()}
