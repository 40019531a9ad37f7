"""`./run bench [--quick]`: measure, print a table, write JSON into the state folder."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import desk, imports, network, open as opened, pictures
from bench.load import client
from bench.measure import PAGES, Pace, Place, count_queries, measure
from bench.scratch import Scratch, scratch_databases
from bench.servers import free_port, serve
from bench.table import print_results
from bench.targets import targets
from bench.weights import weigh
from learningcity.config.launch.local import ROOT, python, state_folder
from learningcity.config.launch.problems import CannotStart

# The real data; all 7,850 local authorities of Thailand; a tenth of them.
SIZES = [13, 785, 7850]
QUICK, WHOLE = Pace(rounds=1, seconds=1), Pace(rounds=2, seconds=2)


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.split(": ")[1], allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="one short round, without the most cities")
    parser.add_argument("--fresh", action="store_true", help="fill the databases anew even if nothing has changed")
    parser.add_argument("--why", action="store_true", help="print where the time goes with the most cities; no rates")
    parser.add_argument("--port", type=int, default=8160, help="the first port to try")
    parser.add_argument("--output", type=Path, default=state_folder() / "bench.json")
    options = parser.parse_args(words)
    pace = QUICK if options.quick else WHOLE
    began = time.perf_counter()
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "client": client(),
        "rounds": pace.rounds,
        "load_before": os.getloadavg()[0],
    }
    sizes = SIZES[:2] if options.quick else SIZES
    print(f"Filling databases with {', '.join(map(str, sizes))} cities ...", flush=True)
    with scratch_databases(sizes, fresh=options.fresh) as scratches:
        if options.why:
            subprocess.run(
                python("-m", "bench.why", *PAGES.values()), env=scratches[-1].variables, cwd=ROOT, check=True
            )
            return
        results = {"machine": machine, **measure_all(scratches, pace, options.port)}
        results |= at_work(scratches, quick=options.quick)
    results["targets"] = [asdict(target) for target in [*targets(results), *opened.open_targets(results["open"])]]
    results["took_s"] = time.perf_counter() - began
    print_results(results)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"\nTook {results['took_s']:.0f} s. All of it stands in {options.output}.")


def measure_all(scratches: list[Scratch], pace: Pace, port: int) -> dict[str, Any]:
    """Serve all databases side by side, and measure them."""
    with contextlib.ExitStack() as running:
        places = []
        for scratch in scratches:
            port = free_port(port) if not places else free_port(port + 1)
            places.append(Place(scratch, running.enter_context(serve(port, scratch.variables))))
        queries = {place.scratch.cities: count_queries(place.scratch.variables) for place in places}
        weights = weigh(places[0].server.port, PAGES)
        print("Measuring ...", flush=True)
        pages = measure(places, pace)
        databases = [
            {
                "cities": place.scratch.cities,
                "megabytes": place.scratch.megabytes,
                "filled_in_s": place.scratch.filled_in_s,
                "memory_mb": place.server.memory_mb(),
                "cold_start_s": place.server.cold_start_s,
            }
            for place in places
        ]
    sizes = [place.scratch.cities for place in places]
    return {
        "sizes": sizes,
        "pages": pages,
        "queries": queries,
        "weights": weights,
        "databases": databases,
        "growth": growth_costs(pages["made"], sizes),
    }


def growth_costs(made: dict[str, Any], sizes: list[int]) -> list[dict[str, Any]]:
    """Return what a page costs with ten and a hundred times as many cities as the middle size."""
    rows = []
    for page in PAGES:
        middle, ten = (made[page][cities]["processor_ms"] for cities in sizes[-2:])
        # A straight line through the last two sizes.
        slope = max(0.0, (ten - middle) / (sizes[-1] - sizes[-2]))
        hundred = ten + slope * 9 * sizes[-1]
        rows.append({"page": page, "times": "10x", "processor_ms": ten, "how": f"measured at {sizes[-1]}"})
        rows.append(
            {"page": page, "times": "100x", "processor_ms": hundred, "how": f"a straight line to {sizes[-1] * 10}"}
        )
    return rows


def at_work(scratches: list[Scratch], *, quick: bool) -> dict[str, Any]:
    """Return what the benches of single parts measured; in a quick round they are left out."""
    if quick:
        return {"search": {}, "desk": {}, "imports": {}, "pictures": {}, "network": {}, "open": {}}
    print("Measuring the search, the desk, imports, pictures, networks and the open database ...", flush=True)
    return {
        "search": search(),
        "desk": {scratch.cities: desk.run(scratch.variables) for scratch in scratches[:2]},
        "imports": imports.run(scratches[0].variables),
        "pictures": pictures.run(),
        "network": network.run(),
        "open": opened.run(scratches),
    }


def search() -> dict[str, Any]:
    """Return what the bench of the search engine measured."""
    if importlib.util.find_spec("bench.search") is None:
        return {}
    return dict(importlib.import_module("bench.search").run())


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (CannotStart, RuntimeError) as problem:
        sys.exit(str(problem))
