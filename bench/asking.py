"""Questions to a table: `python -m bench.asking` prints JSON; with a number, for a table of so many rows.

Each size has a process of its own, for the sake of its memory. Every question is asked with another value each time, so
that nothing is answered from what was counted before. Beside it stands what DuckDB's own Python call takes for the same
rows and the same total, written by hand, on a connection that stays open.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django

from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python

SIZES = [1_000_000, 10_000_000]
ROUNDS = 12
ROWS = """SELECT i::BIGINT AS id, (2550 + i % 20)::INTEGER AS year, 'เมือง' || (i * 7919 % 785) AS city,
    ['ชาย', 'หญิง'][1 + (hash(i) % 2)::INT] AS sex, (hash(i * 3) % 100000)::BIGINT AS pupils,
    (hash(i * 5) % 1000000) / 997.0::DOUBLE AS score, DATE '2020-01-01' + (i % 2000)::INT AS day, i % 3 = 0 AS open,
    CASE WHEN i % 11 = 0 THEN NULL ELSE 'โรงเรียนบ้าน ' || (hash(i) % 50000) || ' School' END AS school
    FROM range(?) numbers(i)"""


def run(sizes: list[int] = SIZES) -> dict[str, Any]:
    """Return what questions to tables of each size cost."""
    results: dict[str, Any] = {}
    for size in sizes:
        command = python("-m", "bench.asking", str(size))
        done = subprocess.run(command, env=dict(os.environ), cwd=ROOT, check=True, capture_output=True, text=True)
        results[str(size)] = json.loads(done.stdout)
    return results


def questions(number: int, size: int) -> dict[str, tuple[Any, str, str, str]]:
    """Return the questions with one set of values: as ours, and the rows, the condition and the paging of the same in SQL."""
    from learningcity.common.columnar.asking import Condition as Is, Measure, Order, Question  # noqa: PLC0415

    def asked(*conditions: tuple[str, str, Any], **more: Any) -> Any:
        return Question(conditions=tuple(Is(*one) for one in conditions), **more)

    year, city, low, at = 2550 + number % 20, f"เมือง{number * 7 % 785}", number * 777, number * size // ROUNDS // 2
    word, capital = f"บ้าน {number + 30}", f"{number + 110} school"
    return {
        "first page": (asked(), "*", "true", "LIMIT 100"),
        "deep page": (asked(offset=at), "*", "true", f"LIMIT 100 OFFSET {at}"),
        "equal": (asked(("year", "=", year)), "*", f"year = {year}", "LIMIT 100"),
        "two equal": (
            asked(("city", "=", city), ("sex", "=", "หญิง")),
            "*",
            f"city = '{city}' AND sex = 'หญิง'",
            "LIMIT 100",
        ),
        "between": (
            asked(("pupils", ">=", low), ("pupils", "<", low + 500)),
            "*",
            f"pupils >= {low} AND pupils < {low + 500}",
            "LIMIT 100",
        ),
        "one row": (asked(("id", "=", at)), "*", f"id = {at}", "LIMIT 100"),
        "words in Thai": (asked(("school", "contains", word)), "*", f"contains(school, '{word}')", "LIMIT 100"),
        "words in Latin": (
            asked(("school", "has", capital)),
            "*",
            f"contains(school, '{number + 110}') AND regexp_matches(school, '(?i)school')",
            "LIMIT 100",
        ),
        "sorted": (
            asked(("pupils", ">=", number), sort=(Order("score", True),)),
            "*",
            f"pupils >= {number}",
            "ORDER BY score DESC LIMIT 100",
        ),
        "sorted part": (
            asked(("year", "=", year), sort=(Order("pupils"),), offset=1_000),
            "*",
            f"year = {year}",
            "ORDER BY pupils LIMIT 100 OFFSET 1000",
        ),
        "groups": (
            asked(("pupils", ">=", number), groups=("city",), measures=(Measure("sum", "pupils"),)),
            "city, sum(pupils)",
            f"pupils >= {number}",
            "GROUP BY city ORDER BY city LIMIT 100",
        ),
        "different": (
            asked(("pupils", ">=", number), columns=("year", "sex"), distinct=True),
            "DISTINCT year, sex",
            f"pupils >= {number}",
            "ORDER BY year, sex LIMIT 100",
        ),
    }


def measured(size: int) -> dict[str, Any]:
    """Return milliseconds, ratios and megabytes for a table of so many rows."""
    import duckdb  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from learningcity.common.columnar.asking import ask  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.parquet"
        maker = duckdb.connect(config={"memory_limit": "300MB"})
        maker.execute(
            f"COPY ({ROWS}) TO ? (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)", [size, str(table)]
        )
        maker.close()
        before_mb = memory()
        limits = {"memory_limit": f"{settings.TABLE_MEMORY_MB}MB", "threads": str(settings.TABLE_THREADS)}
        plain = duckdb.connect(config=limits)
        ours, theirs = defaultdict(list), defaultdict(list)
        for number in range(ROUNDS + 1):
            for name, (question, shown, where, paging) in questions(number, size).items():
                read = f"FROM read_parquet('{table}') WHERE {where}"
                # The rows of a summary are counted by making it; others, by counting what fits.
                group = "GROUP BY city" if "GROUP" in paging else ""
                total = (
                    f"SELECT count(*) {read}"
                    if shown == "*"
                    else f"SELECT count(*) FROM (SELECT {shown} {read} {group})"
                )
                answer, ours_s = timed(lambda question=question: ask(table, question))
                same, theirs_s = timed(
                    lambda shown=shown, total=total, read=read, paging=paging: (
                        plain.execute(f"SELECT {shown} {read} {paging}").fetchall(),
                        plain.execute(total).fetchall()[0][0],
                    )
                )
                if (len(answer.rows), answer.total) != (len(same[0]), same[1]):
                    raise RuntimeError(f"{name}: {answer.total} rows are not {same[1]}.")
                # The first round opens the engines and warms what the machine keeps.
                if number:
                    ours[name].append(ours_s * 1_000)
                    theirs[name].append(theirs_s * 1_000)
        plain.close()
    return figures(ours, theirs) | {"memory_before_mb": before_mb, "memory_mb": memory()}


def figures(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> dict[str, Any]:
    """Return the middle and the slow end of all questions together, and the middle of each."""
    all_ours, all_theirs = ([ms for some in each.values() for ms in some] for each in (ours, theirs))
    return {
        "p50_ms": median(all_ours),
        "p95_ms": quantiles(all_ours, n=20)[-1],
        "duckdb_p50_ms": median(all_theirs),
        "duckdb_p95_ms": quantiles(all_theirs, n=20)[-1],
        "times_duckdb": sum(all_ours) / sum(all_theirs),
        "each": {name: {"p50_ms": median(some), "duckdb_p50_ms": median(theirs[name])} for name, some in ours.items()},
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]))))
    else:
        print(json.dumps(run(), indent=2))
