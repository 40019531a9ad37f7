"""What we want of the pages, and whether it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.desk import BARE


@dataclass(frozen=True)
class Target:
    """One thing we want, in numbers."""

    name: str
    value: float
    wanted: str
    met: bool


def targets(results: dict[str, Any]) -> list[Target]:
    """Compare what was measured with what we want of a site on two cores."""
    made, kept = results["pages"]["made"], results["pages"]["kept"]
    first = results["sizes"][0]
    found = [at_most("city page: queries after a change", results["queries"][first]["city"]["first"], 15)]
    found.append(at_least("city page: rate / bare view, no page cache", ratio(results, "made", "city", first), 0.2))
    found.append(at_least("city page: the same after a change", ratio(results, "anew", "city", first), 0.2))
    for page, rows in kept.items():
        for cities, figures in rows.items():
            rate, bare = figures["per_second"], made["bare"][cities]["per_second"]
            found.append(at_least(f"{page}, kept, {cities} cities: requests/s", rate, max(3000, bare)))
    last = results["sizes"][-1]
    found += [
        at_most(f"{page}: growth of its time, {first} to {last} cities", growth(made, page), 1.5) for page in kept
    ]
    found += [
        at_most(f"{page}: kB on a first visit", weights["total"] / 1000, 150)
        for page, weights in results["weights"].items()
    ]
    found += [*desk_targets(results), *import_targets(results), *picture_targets(results)]
    found += [
        at_least(f"network of {size} organizations: networkx takes longer, times", row["times_networkx"], 1)
        for size, row in results["network"].items()
    ]
    found += [
        at_most(f"network of {size} organizations: difference from networkx", row["greatest_difference"], 1e-9)
        for size, row in results["network"].items()
        if "greatest_difference" in row
    ]
    return found


def desk_targets(results: dict[str, Any]) -> list[Target]:
    """Return what we want of the pages of officers, however many cities there are."""
    if not results["desk"]:
        return []
    few, *_between, many = results["desk"].values()
    pages = [page for page in few if page not in ("waiting", BARE)]
    found = [at_most(f"{page}: queries more with the most cities", growing(few, many, page), 0) for page in pages]
    found += [at_most(f"{page}: growth of its time", many[page]["p50_ms"] / few[page]["p50_ms"], 1.5) for page in pages]
    found += [at_most(f"{page}: kB", many[page]["kb"], 150) for page in pages]
    save = few["save of a draft"]["p50_ms"] / few[BARE]["p50_ms"]
    return [*found, at_most("save of a draft: times the bare view", save, 10)]


def growing(few: dict[str, Any], many: dict[str, Any], page: str) -> int:
    return int(many[page]["queries"] - few[page]["queries"])


def import_targets(results: dict[str, Any]) -> list[Target]:
    """Return what we want of large imports."""
    if not results["imports"]:
        return []
    *_smaller, (size, largest) = [pair for pair in results["imports"].items() if pair[0] != "growth_per_row"]
    found = [
        at_least(f"import of {size} rows: rows/s", largest["rows_per_s"], 500),
        at_most(f"import of {size} rows: MB", largest["memory_mb"], 512),
        at_most(f"import of {size} rows: MB of the reader", largest["reader_memory_mb"], 512),
    ]
    growths = results["imports"]["growth_per_row"].items()
    return [*found, *(at_most(f"import, {step}: growth of the time for a row", times, 1.5) for step, times in growths)]


def picture_targets(results: dict[str, Any]) -> list[Target]:
    """Return what we want of the renditions of a photograph."""
    if not results["pictures"]:
        return []
    ours, plain = (results["pictures"][way] for way in ("ours", "plain"))
    return [
        at_most("renditions of a photograph: time against the plain way", ours["seconds"] / plain["seconds"], 1),
        at_most("renditions of a photograph: memory against the plain way", ours["memory_mb"] / plain["memory_mb"], 1),
    ]


def ratio(results: dict[str, Any], way: str, page: str, cities: int) -> float:
    """Return the rate of a page as a part of the bare view's, on the same server."""
    pages = results["pages"]
    return pages[way][page][cities]["per_second"] / max(pages["made"]["bare"][cities]["per_second"], 0.01)


def processor_ratio(results: dict[str, Any], way: str, page: str, cities: int) -> float:
    """Return the same by processor time, which a busy machine changes little."""
    pages = results["pages"]
    return pages["made"]["bare"][cities]["processor_ms"] / max(pages[way][page][cities]["processor_ms"], 0.01)


def growth(made: dict[str, Any], page: str) -> float:
    """Return how much longer the page takes with the most cities than with the fewest, for one visitor."""
    times = [figures["p50_ms"] for figures in made[page].values()]
    return times[-1] / times[0]


def at_most(name: str, value: float, most: float) -> Target:
    return Target(name, value, f"<= {most:g}", value <= most)


def at_least(name: str, value: float, least: float) -> Target:
    return Target(name, value, f">= {least:.4g}", value >= least)
