"""The JSON API: `python -m bench.api` prints JSON for the database it is given; nothing is changed.

Pages are asked in one process, and a bare JSON view of the same rows in the same way, so that the two can be compared.
A dump follows a list to its end.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable
from typing import Any

import django

from learningcity.config.launch.local import ROOT, python

ROUNDS = 40
BARE = "the bare JSON view, 100 cities"
PAGES = {
    BARE: "/bare/cities.json",
    "100 cities": "/api/v1/cities",
    "100 cities, the same columns": "/api/v1/cities?fields=slug,name,province,province_name,latitude,longitude",
    "10 cities": "/api/v1/cities?limit=10",
    "one city": "/api/v1/cities/khon-kaen",
    "100 observations": "/api/v1/observations",
    "20 datasets": "/api/v1/datasets?limit=20",
}
DUMPED = ("cities", "observations", "milestones", "organizations", "sources")


def run(variables: dict[str, str]) -> dict[str, Any]:
    """Return what was measured with the database that these variables name."""
    done = subprocess.run(
        python("-m", "bench.api"), env=variables, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


def main() -> None:
    django.setup()
    print(json.dumps(measured(), indent=1))


def measured() -> dict[str, Any]:
    """Return milliseconds, queries and the ratio to the bare view for each page, and records per second of a dump."""
    from django.test import Client  # noqa: PLC0415

    from learningcity.interfaces.api.memory import MEMORY  # noqa: PLC0415
    from learningcity.interfaces.queries import keys  # noqa: PLC0415

    keys.WITHOUT_KEY = 10**9
    client = Client(headers={"host": "localhost"})
    results: dict[str, Any] = {name: timed(client, path, MEMORY.forget) for name, path in PAGES.items()}
    results["100 cities, remembered"] = timed(client, PAGES["100 cities"], lambda: None)
    bare = results[BARE]["p50_ms"]
    for said in results.values():
        said["ratio"] = said["p50_ms"] / bare
    mark = client.get(PAGES["100 cities"])["ETag"]
    results["100 cities, known already"] = timed(
        client, PAGES["100 cities"], lambda: None, headers={"If-None-Match": mark}
    )
    for name in DUMPED:
        results[f"dump of {name}"] = dumped(client, f"/api/v1/{name}?limit=1000")
    return results


def timed(client: Any, path: str, forget: Callable[[], None], **more: Any) -> dict[str, float]:
    """Return what one page costs, with what is done before each visit.

    :raises RuntimeError: if the page is an error.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from learningcity.interfaces.api.memory import MEMORY  # noqa: PLC0415

    for _warm in range(2):
        response = client.get(path, **more)
    if response.status_code not in (200, 304):
        raise RuntimeError(f"{path} answers {response.status_code}.")
    MEMORY.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(path, **more)
    asked, times = len(queries), []
    for _round in range(ROUNDS):
        forget()
        began = time.perf_counter()
        client.get(path, **more)
        times.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    return {"p50_ms": statistics.median(times), "p95_ms": p95, "queries": asked, "bytes": len(response.content)}


def dumped(client: Any, path: str) -> dict[str, float]:
    """Return how long it takes to follow a list to its end."""
    from django.conf import settings  # noqa: PLC0415

    began, records, size = time.perf_counter(), 0, 0
    url: str | None = path
    while url:
        response = client.get(url)
        page = json.loads(response.content)
        records, size = records + len(page["items"]), size + len(response.content)
        url = page["next"] and page["next"].removeprefix(settings.SITE_URL)
    seconds = time.perf_counter() - began
    return {"records": records, "bytes": size, "seconds": seconds, "records_per_s": records / seconds}


if __name__ == "__main__":
    main()
