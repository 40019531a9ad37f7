"""The open database: what its benches of single parts measured, said for people, and what we want of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench import api, asking, dump, harvest, ingest
from bench.scratch import Scratch
from bench.targets import Target, at_most


def run(scratches: list[Scratch]) -> dict[str, Any]:
    """Return what each part measured."""
    databases = {scratch.cities: scratch.variables for scratch in scratches}
    return {
        "asking": asking.run(),
        "dump": dump.run(databases),
        "api": {cities: api.run(variables) for cities, variables in databases.items()},
        "harvest": harvest.run(dict(list(databases.items())[:1])),
        "ingest": ingest.run(),
    }


def print_open(found: dict[str, Any]) -> None:
    """Say what was measured, part by part."""
    if found:
        print("\nThe open database, by itself")
        for line in [
            *asking_lines(found),
            *dump_lines(found),
            *api_lines(found),
            *harvest_lines(found),
            *ingest_lines(found),
        ]:
            print(f"  {line}")


def asking_lines(found: dict[str, Any]) -> Iterator[str]:
    for size, row in found["asking"].items():
        yield (
            f"asking {int(size):>10,} rows: p50 {row['p50_ms']:.0f} ms, p95 {row['p95_ms']:.0f} ms,"
            f" {row['times_duckdb']:.2f} times DuckDB's own call, {row['memory_mb']:.0f} MB"
        )


def dump_lines(found: dict[str, Any]) -> Iterator[str]:
    for cities, row in found["dump"].items():
        if cities != "growth_per_row":
            yield (
                f"dump at {cities:>5} cities: {row['rows']:,} rows, {row['dump_s']:.1f} s, again"
                f" {row['dump_again_s']:.2f} s, {row['memory_mb']:.0f} MB"
            )


def api_lines(found: dict[str, Any]) -> Iterator[str]:
    for cities, pages in found["api"].items():
        for page, row in pages.items():
            if "p50_ms" in row:
                ratio = f", {row['ratio']:.1f} times the bare view" if "ratio" in row else ""
                yield f"API at {cities:>5} cities, {page}: {row['p50_ms']:.1f} ms{ratio}"


def harvest_lines(found: dict[str, Any]) -> Iterator[str]:
    for row in found["harvest"].values():
        yield (
            f"harvest of {row['records']:,} records: {row['oai_dc_per_s']:.0f}/s as oai_dc,"
            f" {row['oai_datacite_per_s']:.0f}/s as oai_datacite; a page of the catalog {row['ttl_page_ms']:.0f} ms"
        )


def ingest_lines(found: dict[str, Any]) -> Iterator[str]:
    for size, row in found["ingest"].items():
        if size != "growth_per_row":
            yield (
                f"taking in {size:>5} MB: {row['mb_per_s']:.0f} MB/s, {row['memory_mb']:.0f} MB,"
                f" {row['times_plain']:.1f} times DuckDB's own call"
            )


def open_targets(found: dict[str, Any]) -> Iterator[Target]:
    """Return what we want of the open database."""
    if not found:
        return
    million = found["asking"]["1000000"]
    yield at_most("questions to a million rows: p95 ms", million["p95_ms"], 100)
    for size, row in found["asking"].items():
        yield at_most(f"questions to {int(size):,} rows: time against DuckDB's own call", row["times_duckdb"], 1.5)
    for step, times in found["dump"]["growth_per_row"].items():
        yield at_most(f"dump, {step}: growth of the time for a row", times, 1.5)
    *_smaller, (size, largest) = [pair for pair in found["ingest"].items() if pair[0] != "growth_per_row"]
    yield at_most(f"taking in {size} MB: MB of memory", largest["memory_mb"], 500)
    yield at_most("taking in: growth of the time for a row", found["ingest"]["growth_per_row"], 1.5)
