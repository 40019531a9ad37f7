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
    """Return milliseconds, megabytes that came over the wire, and megabytes of memory."""
    import duckdb  # noqa: PLC0415

    from learningcity.common.bucket import Bucket  # noqa: PLC0415
    from learningcity.common.columnar import distant  # noqa: PLC0415
    from learningcity.common.columnar.asking import ask  # noqa: PLC0415

    moved: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        maker = duckdb.connect(config={"memory_limit": "300MB"})
        maker.execute(
            f"COPY ({ROWS}) TO ? (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)", [size, str(path)]
        )
        maker.close()
        table: distant.Table = path
        came = 0.0
        if way != "local":
            names = ("bucket_name", "endpoint_url", "region_name", "access_key", "secret_key")
            said = ("BUCKET", "ENDPOINT_URL", "REGION", "ACCESS_KEY", "SECRET_KEY")
            bucket = Bucket(**{name: os.environ[f"BENCH_S3_{key}"] for name, key in zip(names, said, strict=True)})
            name = f"bench/{size}"
            with path.open("rb") as rows:
                digests = [hashlib.sha256(some).digest() for some in iter(lambda: rows.read(distant.PIECE), b"")]
                bucket.delete(name)
                bucket.save(name, django.core.files.File(rows))
            of = bucket.parts_of(name)

            def part(start: int, end: int) -> bytes:
                time.sleep(delay / 1_000)
                moved.append(end - start)
                return of(start, end)

            end, step, here = path.stat().st_size, 8 * distant.PIECE, Path(folder)
            _all, came = timed(lambda: [len(of(at, min(at + step, end))) for at in range(0, end, step)])
            table = distant.Distant("bench", end, b"".join(digests), here / "kept", here / "whole", part, str)
        if way == "there":
            distant.Pieces.read = lambda self, start, end: self.table.part(start, min(end, self.table.size))
        before, first, each, rounds = memory(), [], [], FEW if way == "there" else ROUNDS
        for number in range(rounds + 1):
            for question, *_sql in questions(number, size).values():
                _answer, seconds = timed(lambda question=question: ask(table, question))
                (each if number else first).append(seconds * 1_000)
            if not number:
                first_mb = sum(moved) / 1e6
    return {
        "whole_s": came,
        "first_question_ms": first[0],
        "first_round_ms": sum(first),
        "first_round_mb": first_mb,
        "p50_ms": median(each),
        "p95_ms": quantiles(each, n=20)[-1],
        "requests": len(moved),
        "moved_mb": sum(moved) / 1e6,
        "memory_before_mb": before,
        "memory_mb": memory(),
    }


if __name__ == "__main__":
    if len(sys.argv) > 2:
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))))
    else:
        print(json.dumps(run(SIZES, sys.argv[1] if len(sys.argv) > 1 else "0"), indent=2))
