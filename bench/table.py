"""What was measured, for people."""

from __future__ import annotations

from typing import Any

from bench.desk import BARE
from bench.open import open_targets, print_open
from bench.targets import growth, processor_ratio, ratio, targets

LINE = "{:<8}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>7}{:>9}{:>7}{:>9}"


def print_results(results: dict[str, Any]) -> None:
    print_machine(results)
    print_pages(results)
    print_costs(results)
    print_weights(results)
    if results["search"]:
        print("\nSearch, by itself")
        print("  " + ", ".join(f"{name}: {value}" for name, value in results["search"].items()))
    print_desks(results)
    print_imports(results)
    print_pictures(results)
    print_networks(results)
    print_open(results["open"])
    print_targets(results)


def print_machine(results: dict[str, Any]) -> None:
    machine = results["machine"]
    print(f"\n{machine['cores']} cores, Python {machine['python']}, load before {machine['load_before']:.1f}", end="; ")
    print(f"asked with {machine['client']}; {machine['rounds']} rounds, medians")
    if machine["load_before"] > 0.5:
        print("The machine is not idle: rates are too low and times too high; ratios hold better.")


def print_pages(results: dict[str, Any]) -> None:
    pages = results["pages"]
    print(
        "\nPages. made: without the page cache; anew: the same as after a change of any content; kept: from the page cache"
    )
    print(
        LINE.format(
            "page", "cities", "queries", "p50 ms", "p95 ms", "cpu ms", "made/s", "/bare", "anew/s", "/bare", "kept/s"
        )
    )
    for page in [*pages["kept"], "bare"]:
        for cities in results["sizes"]:
            print(LINE.format(*cells(results, page, cities)))
    print(
        f"The bare view with no middleware at all: {pages['naked']['bare'][results['sizes'][0]]['per_second']:.0f}/s."
    )
    first = results["sizes"][0]
    for way in ("made", "anew"):
        shares = ", ".join(f"{page} {processor_ratio(results, way, page, first):.2f}" for page in pages["kept"])
        print(f"By processor time, which a busy machine changes little, pages {way} reach of the bare view: {shares}.")
    errors = sum(row["errors"] for way in pages.values() for rows in way.values() for row in rows.values())
    print(f"Answers that were errors: {errors}.")


def cells(results: dict[str, Any], page: str, cities: int) -> list[Any]:
    pages = results["pages"]
    made = pages["made"][page][cities]
    times = [f"{made[name]:.2f}" for name in ("p50_ms", "p95_ms", "processor_ms")]
    if page == "bare":
        return [page, cities, 2, *times, f"{made['per_second']:.0f}", "1", "", "", ""]
    counts = results["queries"][cities][page]
    return [
        page,
        cities,
        f"{counts['first']}, {counts['second']}",
        *times,
        f"{made['per_second']:.0f}",
        f"{ratio(results, 'made', page, cities):.2f}",
        f"{pages['anew'][page][cities]['per_second']:.0f}",
        f"{ratio(results, 'anew', page, cities):.2f}",
        f"{pages['kept'][page][cities]['per_second']:.0f}",
    ]


def print_costs(results: dict[str, Any]) -> None:
    """Say what ten times and a hundred times as many cities cost; the hundredfold is a straight line, not a measurement."""
    print("\nData")
    for row in results["databases"]:
        print(
            f"  {row['cities']:>6} cities: {row['megabytes']:.0f} MB, filled in {row['filled_in_s']:.0f} s; "
            f"server {row['memory_mb']:.0f} MB, cold start to first page {row['cold_start_s']:.2f} s"
        )
    made = results["pages"]["made"]
    grown = ", ".join(f"{page} {growth(made, page):.2f}" for page in results["pages"]["kept"])
    print(f"  time of a page, {results['sizes'][0]} to {results['sizes'][-1]} cities: {grown}")
    for row in results["growth"]:
        print(
            f"  {row['page']}: {row['times']} as many cities cost {row['processor_ms']:.2f} ms of a processor per page",
            end="",
        )
        print(f" ({row['how']})")


def print_weights(results: dict[str, Any]) -> None:
    print("\nFirst visit, kB through the wire (fonts: at most)")
    for page, weights in results["weights"].items():
        parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in weights.items() if kind != "total" and size)
        print(f"  {page:<12}{weights['total'] / 1000:>7.1f}   {parts}")


def print_desks(results: dict[str, Any]) -> None:
    """Say what the pages of officers cost, and how many times a bare view in the same process."""
    if results["desk"]:
        print("\nThe desk, by itself")
    for cities, pages in results["desk"].items():
        print(f"  {cities} cities, {pages['waiting']} proposals wait")
        for page, row in pages.items():
            if page != "waiting":
                times = row["p50_ms"] / pages[BARE]["p50_ms"]
                print(
                    f"    {page:<26}{row['queries']:>3} queries {row['p50_ms']:>7.1f} ms {times:>6.1f} times bare"
                    f" {row['kb']:>7.1f} kB"
                )


def print_imports(results: dict[str, Any]) -> None:
    """Say what files of rows cost, and what the library that reads them takes alone."""
    found = results["imports"]
    if found:
        print("\nImports, by themselves")
    for size, row in found.items():
        if size != "growth_per_row":
            print(
                f"  {size:>6} rows: {row['rows_per_s']:.0f} rows/s (check {row['check_s']:.1f} s, write {row['write_s']:.1f} s,"
                f" undo {row['undo_s']:.1f} s), {row['times_calamine_alone']:.1f} times reading alone,"
                f" {row['memory_mb']:.0f} MB and {row['reader_memory_mb']:.0f} MB of the reader"
            )


def print_pictures(results: dict[str, Any]) -> None:
    """Say what the renditions of one photograph cost, in our way and in the plain one."""
    found = results["pictures"]
    if found:
        print("\nNine renditions of a photograph, by themselves")
    for way, row in found.items():
        print(f"  {way:<6} {row['seconds']:.2f} s, {row['renditions_per_second']:.1f}/s, {row['memory_mb']:.0f} MB")


def print_networks(results: dict[str, Any]) -> None:
    """Say what networks of partners cost, and how much faster that is than networkx."""
    networks = results["network"]
    if networks:
        print("\nNetworks of partners, by themselves")
    for size, row in networks.items():
        print(
            f"  {size:>6} organizations, {row['ties']} ties: metrics {row['metrics_s']:.3f} s "
            f"(networkx: {row['times_networkx']:.0f} times as long), all figures {row['all_figures_s']:.3f} s, "
            f"layout {row['layout_s']:.3f} s, picture {row['picture_s']:.3f} s, {row['memory_mb']:.0f} MB"
        )


def print_targets(results: dict[str, Any]) -> None:
    print("\nWhat we want")
    for target in [*targets(results), *open_targets(results["open"])]:
        print(f"  {'met   ' if target.met else 'MISSED'}  {target.name}: {target.value:.4g} (wanted {target.wanted})")
