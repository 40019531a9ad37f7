from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.partners.queries.network.graph import Edge, graph_of
from learningcity.partners.queries.network.measures import measure

HELP = """Print degree, betweenness and core of each node of a graph, and the number of its components, as JSON.

EDGES.csv has the columns source, target and, if ties differ in strength, weight; UTF-8, with a byte order mark or without.
The graph has no directions. Repeated edges are one; an edge from a node to itself is left out, and its node is kept."""


class Command(BaseCommand):
    help = HELP
    # Only a file is read, whatever state the site is in.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edges", type=Path, metavar="EDGES.csv")

    def handle(self, edges: Path, **options: Any) -> None:
        graph = graph_of(_edges(edges))
        if graph.loops:
            self.stderr.write(f"Edges from a node to itself that were left out: {graph.loops}")
        measures = measure(graph)
        nodes = {
            name: {"degree": one.degree, "betweenness": one.betweenness, "core": one.core}
            for name, one in zip(graph.names, measures.standings, strict=True)
        }
        self.stdout.write(json.dumps({"nodes": nodes, "components": measures.components}, ensure_ascii=False))


def _edges(path: Path) -> Iterator[Edge]:
    """Yield the edges of a file.

    :raises CommandError: naming file, line and reason.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, restval="")
            rows.fieldnames = [name.strip() for name in rows.fieldnames or []]
            if not rows.fieldnames:
                raise CommandError(f"{path} is empty: it must begin with the line source,target,weight.")
            for column in ("source", "target"):
                if column not in rows.fieldnames:
                    raise CommandError(
                        f"{path} has no column “{column}”; its columns are {', '.join(rows.fieldnames)}."
                    )
            for row in rows:
                yield _edge(row, f"{path}, line {rows.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CommandError(f"{path} cannot be read: {problem}") from None


def _edge(row: dict[str, Any], place: str) -> Edge:
    source, target = row["source"].strip(), row["target"].strip()
    if not source or not target:
        raise CommandError(f"{place}: an edge needs source and target.")
    return source, target, _weight(row.get("weight", ""), place)


def _weight(written: str, place: str) -> float:
    """Return how strong a tie is; 1 where nothing is written."""
    if not written.strip():
        return 1.0
    try:
        weight = float(written)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight < 0:
        raise CommandError(f"{place}: the weight “{written}” is not a number of 0 or more.")
    return weight
