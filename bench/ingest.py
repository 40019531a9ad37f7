"""Files of data taken in: `python -m bench.ingest` prints JSON; with `100 ours` or `100 plain`, for one CSV of so many megabytes.

The file is made up and nothing of it stays. Each size has a process of its own, for the sake of its memory; beside it stands
what DuckDB's own Python call takes to read the same file into Parquet, with as many threads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python

# Megabytes; the last one is what the platform promises to take.
SIZES = [100, 1_000]
TOGETHER = 20_000
HEADINGS = "ลำดับ,จังหวัด,สถานศึกษา,จำนวนนักเรียน,ร้อยละ,วันที่,ปี พ.ศ.,หมายเหตุ"
PLACES = ("ขอนแก่น", "เชียงใหม่", "ภูเก็ต", "สุราษฎร์ธานี", '"กรุงเทพฯ, พระนคร"')


def run(sizes: list[int] = SIZES) -> dict[str, Any]:
    """Return what files of each size cost, and by how much more the larger ones."""
    results = {str(size): {**in_a_process(size, "ours"), "plain": in_a_process(size, "plain")} for size in sizes}
    for said in results.values():
        said["times_plain"] = said["whole_s"] / said["plain"]["whole_s"]
    first, last = results[str(sizes[0])], results[str(sizes[-1])]
    # The time for a row among many against that among few; 1 is a straight line.
    growth = last["whole_s"] / last["rows"] / (first["whole_s"] / first["rows"])
    return {**results, "growth_per_row": growth}


def in_a_process(size: int, how: str) -> dict[str, Any]:
    command = python("-m", "bench.ingest", str(size), how)
    done = subprocess.run(command, env=dict(os.environ), cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def measured(size: int, how: str) -> dict[str, float]:
    """Return seconds, megabytes a second and memory for a CSV of so many megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.csv"
        rows = fill(path, size * 1_000_000)
        before = memory()
        results = (taken_in if how == "ours" else read_plainly)(path, Path(folder) / "made", rows)
        size_mb = path.stat().st_size / 1e6
    return {
        "rows": rows,
        "megabytes": size_mb,
        **results,
        "mb_per_s": size_mb / results["whole_s"],
        "memory_before_mb": before,
        "memory_mb": memory(),
    }


def fill(path: Path, size: int) -> int:
    """Write a CSV of about so many bytes, every row another one, and return the number of rows."""
    number = written = 0
    with path.open("wb") as file:
        written += file.write(f"{HEADINGS}\n".encode())
        while written < size:
            lines = "".join(line(each) for each in range(number, number + TOGETHER))
            written += file.write(lines.encode())
            number += TOGETHER
    return number


def line(number: int) -> str:
    day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    return (
        f"{number + 1},{PLACES[number % 5]},โรงเรียนสังเคราะห์หมายเลข {number % 20_000},{number * 7919 % 3000},"
        f"{number * 31 % 10_000 / 100},{day},{2560 + number % 8},ข้อความสังเคราะห์ {number * 2_654_435_761 % 1_000_003}\n"
    )


def taken_in(path: Path, folder: Path, rows: int) -> dict[str, float]:
    """Return how long it takes until everything about a file is known, and when its rows were Parquet.

    :raises RuntimeError: if a row is missing.
    """
    from learningcity.common.columnar.finishing import ROWS  # noqa: PLC0415
    from learningcity.common.columnar.intake import examine  # noqa: PLC0415

    began, stored = time.perf_counter(), [0.0]

    def tell(share: int) -> None:
        if share <= ROWS * 100:
            stored[0] = time.perf_counter() - began

    found, whole_s = timed(lambda: examine(path, path.name, folder=folder, on_progress=tell))
    if found.row_count != rows:
        raise RuntimeError(f"{found.row_count} of {rows} rows were read.")
    return {"whole_s": whole_s, "until_parquet_s": stored[0]}


def read_plainly(path: Path, folder: Path, rows: int) -> dict[str, float]:
    """Return how long DuckDB takes by itself.

    :raises RuntimeError: if a row is missing.
    """
    import duckdb  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    folder.mkdir()
    engine = duckdb.connect(config={"threads": str(settings.TABLE_THREADS)})
    statement = (
        f"COPY (SELECT * FROM read_csv('{path}')) TO '{folder}/plain.parquet' (FORMAT parquet, COMPRESSION zstd)"
    )
    (count,), whole_s = timed(lambda: engine.execute(statement).fetchone())
    if count != rows:
        raise RuntimeError(f"{count} of {rows} rows were read.")
    return {"whole_s": whole_s}


if __name__ == "__main__":
    if sys.argv[1:]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]), sys.argv[2])))
    else:
        print(json.dumps(run(), indent=1))
