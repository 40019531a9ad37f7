"""A network as plain values: names, and how strongly each two of them are tied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rustworkx

Edge = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Graph:
    """Who is tied to whom, in either direction and at most once; nodes are numbered in the order of `names`."""

    names: tuple[str, ...]
    # For the numbers of two nodes, the smaller one first: how strong their tie is.
    ties: Mapping[tuple[int, int], float]
    # Edges from a node to itself, which were left out.
    loops: int = 0

    @property
    def density(self) -> float:
        """How many of all possible ties exist, from 0 to 1."""
        count = len(self.names)
        return 2 * len(self.ties) / (count * (count - 1)) if count > 1 else 0.0

    def neighbors(self) -> list[list[int]]:
        """Return, for each node, those to which it is tied."""
        found: list[list[int]] = [[] for _ in self.names]
        for one, other in self.ties:
            found[one].append(other)
            found[other].append(one)
        return found

    def network(self) -> rustworkx.PyGraph:
        """Return the same graph as the library wants it."""
        made = rustworkx.PyGraph(multigraph=False)
        made.add_nodes_from(range(len(self.names)))
        made.add_edges_from([(one, other, weight) for (one, other), weight in self.ties.items()])
        return made


def graph_of(edges: Iterable[Edge], names: Iterable[str] = ()) -> Graph:
    """Return the graph of these edges: repeated ones add their weights.

    Nodes named beforehand come first, in this order, and may have no edge; the others as the edges name them.
    """
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    ties: dict[tuple[int, int], float] = {}
    loops = 0
    for source, target, weight in edges:
        one, other = numbers.setdefault(source, len(numbers)), numbers.setdefault(target, len(numbers))
        if one == other:
            loops += 1
            continue
        pair = (min(one, other), max(one, other))
        ties[pair] = ties.get(pair, 0) + weight
    return Graph(tuple(numbers), ties, loops)


def without(graph: Graph, name: str) -> Graph:
    """Return the graph as it would be if this node left; the others keep their order."""
    gone = graph.names.index(name)
    kept = [number for number in range(len(graph.names)) if number != gone]
    new = {number: place for place, number in enumerate(kept)}
    ties = {(new[one], new[other]): weight for (one, other), weight in graph.ties.items() if gone not in (one, other)}
    return Graph(tuple(graph.names[number] for number in kept), ties, graph.loops)
