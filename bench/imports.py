"""Spreadsheets by themselves: `python -m bench.imports` prints JSON for the database it is given; with a number, for so many rows.

The file is made up and nothing of it stays: each size has a process of its own, for the sake of its memory, and is rolled
back. Beside it stands what python-calamine alone takes to read the same file.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import django

from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python

SIZES = [5_000, 50_000]
HEADINGS = ("ตัวชี้วัด", "เมือง", "ค่า", "คำกำกับ", "วันที่", "แหล่งข้อมูล", "หมายเหตุ")


def run(variables: dict[str, str] | None = None, sizes: list[int] = SIZES) -> dict[str, Any]:
    """Return what files of each size cost, and by how much more the larger ones."""
    results: dict[str, Any] = {}
    for size in sizes:
        command = python("-m", "bench.imports", str(size))
        done = subprocess.run(
            command, env=variables or dict(os.environ), cwd=ROOT, check=True, capture_output=True, text=True
        )
        results[str(size)] = json.loads(done.stdout)
    first, last = results[str(sizes[0])], results[str(sizes[-1])]
    # The time for a row among many against that among few; 1 is a straight line.
    results["growth_per_row"] = {
        name: last[f"{name}_s"] / sizes[-1] / (first[f"{name}_s"] / sizes[0]) for name in ("check", "write", "undo")
    }
    return results


def measured(size: int) -> dict[str, float]:
    """Return seconds, rows a second and megabytes for a file of so many rows."""
    from django.db import transaction  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "sample.xlsx"
        fill(path, size)
        baseline_s = timed(lambda: read_plainly(path))[1]
        results = import_and_undo(path, size)
        transaction.set_rollback(True)
    whole_s = results["check_s"] + results["write_s"]
    return {
        "rows": size,
        "calamine_alone_s": baseline_s,
        **results,
        "rows_per_s": size / whole_s,
        "times_calamine_alone": whole_s / baseline_s,
        "memory_mb": memory(),
        "reader_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def fill(path: Path, size: int) -> None:
    """Write a workbook with a number for each row, all of them different."""
    from openpyxl import Workbook  # noqa: PLC0415

    from learningcity.cities.models import City  # noqa: PLC0415
    from learningcity.opendata.models import Indicator  # noqa: PLC0415
    from learningcity.sources.models import Source  # noqa: PLC0415

    Source.objects.get_or_create(
        slug="synthetic", defaults={"kind": "dataset", "title_en": "Synthetic", "original": "en"}
    )
    cities = list(City.objects.order_by("pk").values_list("name_th", flat=True)[:13])
    indicators = list(Indicator.objects.order_by("pk").values_list("name_th", flat=True)[:18])
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(HEADINGS)
    for number in range(size):
        turn, place = divmod(number, len(cities) * len(indicators))
        indicator, city = divmod(place, len(cities))
        date = f"{1 + turn % 28}/{1 + turn // 28 % 12}/{2560 + turn // 336}"
        note = f"ข้อความสังเคราะห์ หมายเลข {number}"
        sheet.append((indicators[indicator], cities[city], number, "ประมาณ", date, "synthetic", note))
    book.save(path)


def read_plainly(path: Path) -> int:
    """Return how many rows python-calamine finds, made into Python's own values."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def import_and_undo(path: Path, size: int) -> dict[str, float]:
    """Return how long checking, writing and undoing take.

    :raises RuntimeError: if a row was refused, or stayed.
    """
    from django.core.files import File  # noqa: PLC0415

    from learningcity.audit.actions import move  # noqa: PLC0415
    from learningcity.imports import tasks  # noqa: PLC0415
    from learningcity.imports.actions import described, keep  # noqa: PLC0415
    from learningcity.imports.enums import STEPS, State  # noqa: PLC0415

    with path.open("rb") as opened:
        upload = described(File(opened, name=path.name), "facts", "")
    keep(upload)
    results = {"check_s": timed(lambda: tasks.check_file(upload, path))[1]}
    upload.refresh_from_db()
    if upload.added != size:
        raise RuntimeError(f"{upload.added} of {size} rows are good; {upload.problem}")
    move(upload, to=State.APPLYING, steps=STEPS, by=None)
    results["write_s"] = timed(lambda: tasks.apply_rows(upload.pk))[1]
    upload.refresh_from_db()
    move(upload, to=State.UNDOING, steps=STEPS, by=None)
    results["undo_s"] = timed(lambda: tasks.undo_rows(upload.pk))[1]
    upload.refresh_from_db()
    if upload.left:
        raise RuntimeError(f"{upload.left} rows stayed.")
    return results


if __name__ == "__main__":
    if sys.argv[1:]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]))))
    else:
        print(json.dumps(run(), indent=1))
