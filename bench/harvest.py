"""What harvesters cost: `python -m bench.harvest` prints JSON for the database it is given.

Ten thousand datasets are put in for the time of the measurement. They are read once by OAI-PMH in each format, and once as
DCAT in each kind of file; the time of the client is not in it. Nothing of it stays.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping
from typing import Any

import django

from bench.own import memory
from learningcity.config.launch.local import ROOT, python

HERE = {"host": "localhost"}
MANY = 10_000
TOKEN = re.compile(r"<resumptionToken[^>]*>([^<]+)<")
NEXT = re.compile(r"<https?://[^/]+(/[^>]*)>")


def run(databases: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    """Return what harvesting costs at each number of cities."""
    results = {}
    for cities, variables in databases.items():
        done = subprocess.run(
            python("-m", "bench.harvest"), env=variables, cwd=ROOT, check=True, capture_output=True, text=True
        )
        results[str(cities)] = json.loads(done.stdout)
    return results


def measured() -> dict[str, float]:
    """Return records in a second, and milliseconds for a page of the catalog."""
    from django.db import transaction  # noqa: PLC0415

    from learningcity.interfaces.queries import keys  # noqa: PLC0415

    keys.WITHOUT_KEY = 10**9
    results: dict[str, float] = {}
    with transaction.atomic():
        fill()
        for prefix in ("oai_dc", "oai_datacite"):
            began = time.perf_counter()
            records = sum(page.count("<record>") for page in harvest(prefix))
            results[f"{prefix}_per_s"] = records / (time.perf_counter() - began)
            if records < MANY:
                raise RuntimeError(f"{records} of {MANY} records came.")
        for form in ("ttl", "jsonld", "rdf"):
            pages = list(catalog(form))
            results[f"{form}_page_ms"] = statistics.median(pages) * 1000
            results[f"{form}_whole_s"] = sum(pages)
        transaction.set_rollback(True)
    return results | {"records": records, "memory_mb": memory()}


def fill() -> None:
    """Put ten thousand datasets in, each with the files that a table of the platform has."""
    from django.db import connection  # noqa: PLC0415

    from learningcity.opendata.actions import keep_snapshots  # noqa: PLC0415
    from learningcity.opendata.models import Dataset  # noqa: PLC0415

    if not Dataset.objects.filter(publication="cities").exists():
        keep_snapshots()
    names = [field.column for field in Dataset._meta.concrete_fields if field.column != "id"]
    said = {
        "uid": "gen_random_uuid()",
        "slug": "'harvested-' || number",
        "publication": "''",
        "changed_at": "changed_at - number * interval '1 second'",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO opendata_dataset ({', '.join(names)}) SELECT {', '.join(said.get(name, name) for name in names)}"
            " FROM opendata_dataset, generate_series(1, %s) AS number WHERE publication = 'cities'",
            [MANY],
        )


def harvest(prefix: str) -> Iterator[str]:
    """Return the pieces of the list of all datasets."""
    from django.test import Client  # noqa: PLC0415

    client, asked = Client(headers=HERE), {"metadataPrefix": prefix, "set": "dataset"}
    while asked:
        text = client.get("/oai", {"verb": "ListRecords", **asked}).content.decode()
        yield text
        token = TOKEN.search(text)
        asked = {"resumptionToken": token.group(1)} if token else {}


def catalog(form: str) -> Iterator[float]:
    """Return the seconds that each page of the catalog takes."""
    from django.test import Client  # noqa: PLC0415

    client, path = Client(headers=HERE), f"/catalog.{form}"
    while path:
        began = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
        yield time.perf_counter() - began
        following = NEXT.match(answer.headers.get("Link", ""))
        path = following.group(1) if following else ""


if __name__ == "__main__":
    # A process of its own for each database, for the sake of its memory.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    print(json.dumps(measured()))
