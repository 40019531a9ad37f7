"""The dump of the whole platform by itself: `python -m bench.dump` prints JSON for the database it is given.

Versions of all tables are kept, then everything is written as one Data Package: once with nothing on the shelf, and once more
with the made files there. Nothing of it stays. Beside it stands what reading the same rows alone takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django

from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python


def run(databases: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    """Return what the dump costs at each number of cities, and how that grows with the rows."""
    results: dict[str, Any] = {}
    for cities, variables in databases.items():
        done = subprocess.run(
            python("-m", "bench.dump"), env=variables, cwd=ROOT, check=True, capture_output=True, text=True
        )
        results[str(cities)] = json.loads(done.stdout)
    measures = list(results.values())
    first, last = measures[0], measures[-1]
    # The time for a row among many against that among few; 1 is a straight line, and less is better.
    results["growth_per_row"] = {
        name: last[name] / last["rows"] / (first[name] / first["rows"]) for name in ("snapshot_s", "dump_s", "read_s")
    }
    return results


def measured() -> dict[str, float]:
    """Return seconds, rows, megabytes on disk and megabytes of memory."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from learningcity.opendata.actions import keep_snapshots  # noqa: PLC0415
    from learningcity.opendata.registry import publications  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place)
        settings.TABLE_SHELF, settings.MEDIA_ROOT = folder / "tables", folder / "media"
        rows, read_s = timed(lambda: sum(1 for one in publications() for _row in one.rows()))
        before_mb = memory()
        _versions, snapshot_s = timed(keep_snapshots)
        size, dump_s = timed(lambda: dump(folder / "cold"))
        again_s = timed(lambda: dump(folder / "warm"))[1]
        transaction.set_rollback(True)
    return {
        "rows": rows,
        "megabytes": size / 1e6,
        "read_s": read_s,
        "snapshot_s": snapshot_s,
        "dump_s": dump_s,
        "dump_again_s": again_s,
        "rows_per_s": rows / dump_s,
        "times_reading_alone": dump_s / read_s,
        "memory_before_mb": before_mb,
        "memory_mb": memory(),
    }


def dump(folder: Path) -> int:
    """Write all that is public into a folder, and return how many bytes that is."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("dump_platform", folder, verbosity=0)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    # A process of its own for each database, for the sake of its memory.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    print(json.dumps(measured()))
