"""Questions to a table that lies in S3: `python -m bench.store` prints JSON, with BENCH_S3_BUCKET and the others of a store for trials.

The same questions as in bench.asking are put to the file on this machine, to the one in the store without keeping
anything of it (``there``), and to the one whose pieces stay here (``pieces``). A number after the name adds so many
milliseconds to each request, as a store in another place would. Each way has a process of its own, for the sake of its memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django
from django.core.files import File

from bench.asking import ROUNDS, ROWS, questions
from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python

SIZES = [1_000_000, 10_000_000]
WAYS = ["local", "pieces", "there"]
# Of what is asked again and again over the wire, so many rounds are enough.
FEW = 2


def run(sizes: list[int], delay: str) -> dict[str, Any]:
    """Return what questions cost for each size and way."""
    results: dict[str, Any] = {}
    for size in sizes:
        for way in WAYS:
            command = python("-m", "bench.store", str(size), way, delay)
            done = subprocess.run(command, env=dict(os.environ), cwd=ROOT, check=True, capture_output=True, text=True)
            results[f"{size} {way}"] = json.loads(done.stdout)
    return results


def measured(size: int, way: str, delay: float) -> dict[str, Any]:
    """Return milliseconds, the same for the file on this machine, megabytes over the wire, and megabytes of memory."""
    import duckdb  # noqa: PLC0415

    from learningcity.common.columnar import distant  # noqa: PLC0415
    from learningcity.common.columnar.asking import ask  # noqa: PLC0415

    moved: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        with duckdb.connect(config={"memory_limit": "300MB"}) as maker:
            kind = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000"
            maker.execute(f"COPY ({ROWS}) TO ? ({kind})", [size, str(path)])
        table, came = (path, 0.0) if way == "local" else stored(path, moved, delay)
        if way == "there":
            distant.Pieces.read = lambda self, start, end: self.table.part(start, min(end, self.table.size))
        before, first, each, local = memory(), [], [], []
        for number in range((FEW if way == "there" else ROUNDS) + 1):
            for question, *_sql in questions(number, size).values():
                _answer, seconds = timed(lambda question=question: ask(table, question))
                (each if number else first).append(seconds * 1_000)
                if number and way != "local":
                    _answer, seconds = timed(lambda question=question: ask(path, question))
                    local.append(seconds * 1_000)
    return {
        "whole_s": came,
        "first_question_ms": first[0],
        "first_round_ms": sum(first),
        "p50_ms": median(each),
        "p95_ms": quantiles(each, n=20)[-1],
        "local_p50_ms": median(local or each),
        "local_p95_ms": quantiles(local or each, n=20)[-1],
        "times_local": sum(each) / sum(local or each),
        "requests": len(moved),
        "moved_mb": sum(moved) / 1e6,
        "memory_before_mb": before,
        "memory_mb": memory(),
    }


def stored(path: Path, moved: list[int], delay: float) -> tuple[Any, float]:
    """Return a file as a table in the store that notes what is read of it, and how long it takes to fetch all of it."""
    from learningcity.common.bucket import Bucket  # noqa: PLC0415
    from learningcity.common.columnar.distant import PIECE, Distant  # noqa: PLC0415

    names = ("bucket_name", "endpoint_url", "region_name", "access_key", "secret_key")
    said = ("BUCKET", "ENDPOINT_URL", "REGION", "ACCESS_KEY", "SECRET_KEY")
    bucket = Bucket(**{name: os.environ[f"BENCH_S3_{key}"] for name, key in zip(names, said, strict=True)})
    name, size, here = f"bench/{path.stat().st_size}", path.stat().st_size, path.parent
    with path.open("rb") as rows:
        digests = [hashlib.sha256(some).digest() for some in iter(lambda: rows.read(PIECE), b"")]
        bucket.delete(name)
        bucket.save(name, File(rows))
    of = bucket.parts_of(name)

    def part(start: int, end: int) -> bytes:
        time.sleep(delay / 1_000)
        moved.append(end - start)
        return of(start, end)

    step = 8 * PIECE
    _all, came = timed(lambda: [len(of(at, min(at + step, size))) for at in range(0, size, step)])
    return Distant("bench", size, b"".join(digests), here / "kept", here / "whole", part, str), came


if __name__ == "__main__":
    if len(sys.argv) > 2:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))))
    else:
        print(json.dumps(run(SIZES, sys.argv[1] if len(sys.argv) > 1 else "0"), indent=2))
