"""Where the time of a page goes: `python -m bench.why PATH…` prints its queries and its slowest functions."""

from __future__ import annotations

import cProfile
import io
import pstats
import sys
import time

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

VISITS = 20
MOST_FUNCTIONS = 25
WIDEST = 160


def main(paths: list[str]) -> None:
    django.setup()
    for path in paths:
        print(explain(path), flush=True)


def explain(path: str) -> str:
    """Return the queries of one visit with their times, and the profile of some visits."""
    client = Client(headers={"host": "localhost"})
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    lines = [f"\n{path}: {len(queries)} queries"]
    lines += [f"  {1000 * float(query['time']):7.1f} ms  {query['sql'][:WIDEST]}" for query in queries.captured_queries]
    # Processor time, so that a busy machine changes little.
    began = time.process_time()
    for _ in range(VISITS):
        client.get(path)
    lines.append(
        f"{1000 * (time.process_time() - began) / VISITS:.1f} ms of a processor for a visit, without PostgreSQL"
    )
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(VISITS):
        client.get(path)
    profile.disable()
    for order in ("tottime", "cumulative"):
        words = io.StringIO()
        pstats.Stats(profile, stream=words).strip_dirs().sort_stats(order).print_stats(MOST_FUNCTIONS)
        lines.append(words.getvalue().strip())
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
