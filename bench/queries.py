"""How many queries a page takes: `python -m bench.queries PATH…` prints JSON. Runs in a process of its own."""

from __future__ import annotations

import json
import sys

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def main(paths: list[str]) -> None:
    django.setup()
    print(json.dumps({path: count(Client(), path) for path in paths}))


def count(client: Client, path: str) -> dict[str, int]:
    """Return the number of queries of two visits; after the first, a process may keep what has not changed since.

    :raises RuntimeError: if the page is an error.
    """
    counts = {}
    for visit in ("first", "second"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, headers={"host": "localhost"})
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}.")
        counts[visit] = len(queries)
    return counts


if __name__ == "__main__":
    main(sys.argv[1:])
