"""What we want of the pages, and whether it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
    found = [at_most("city page: queries after a change", results["queries"][first]["city"]["first"], 12)]
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
