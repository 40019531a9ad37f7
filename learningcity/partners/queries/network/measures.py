"""What a network says of each of its nodes. What takes long is computed by rustworkx (decision 0013)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rustworkx

from learningcity.partners.queries.network.graph import Graph


@dataclass(frozen=True, slots=True)
class Standing:
    """How one node stands in its network."""

    # How many others it is tied to.
    degree: int
    # On what part of all shortest ways between two others it lies, from 0 to 1 (Freeman 1977, by the method of Brandes 2001).
    betweenness: float
    # The largest k for which it belongs to a part in which everybody is tied to k others of that part.
    core: int
    # The number of its component; 0 is the largest.
    component: int


@dataclass(frozen=True, slots=True)
class Measures:
    """How each node stands, in the order of the graph's names, and into how many components they fall."""

    standings: tuple[Standing, ...]
    components: int


def measure(graph: Graph) -> Measures:
    """Return how each node stands; ties count alike, however strong they are."""
    network = graph.network()
    components = components_of(graph)
    component_of = {node: number for number, nodes in enumerate(components) for node in nodes}
    betweenness = rustworkx.betweenness_centrality(network, normalized=True)
    # The types that come with the library speak of a single number.
    cores: Any = rustworkx.core_number(network)
    standings = (
        Standing(network.degree(node), betweenness[node], cores[node], component_of[node])
        for node in range(len(graph.names))
    )
    return Measures(tuple(standings), len(components))


def components_of(graph: Graph) -> list[list[int]]:
    """Return the nodes that hang together, the largest group first; of equal ones, the one named first."""
    return sorted((sorted(nodes) for nodes in rustworkx.connected_components(graph.network())), key=_rank)


def _rank(nodes: list[int]) -> tuple[int, int]:
    return -len(nodes), nodes[0]


def brokerages(neighbors: Sequence[int], groups: Sequence[str]) -> list[int]:
    """Return, for each node, how many pairs of its neighbors it alone brings near: of two groups, and not tied themselves.

    For a node v: the number of pairs {u, w} of neighbors of v with group(u) != group(w) and no tie u-w. Without directions
    these are the brokers of Gould and Fernandez (Structures of mediation, Sociological Methodology 19, 1989, 89-126)
    whose ends are of two groups: representatives and gatekeepers, and liaisons, together.

    Neighbors are the bits of a number, so that a thousand of them are compared at once.
    """
    members: dict[str, int] = {}
    for node, group in enumerate(groups):
        members[group] = members.get(group, 0) | 1 << node
    everybody = (1 << len(groups)) - 1
    strangers = [everybody & ~own & ~members[groups[node]] for node, own in enumerate(neighbors)]
    # All who know nobody but each other have one answer: a node is tied to all its neighbors, and adds no pair to theirs.
    known: dict[int, int] = {}
    found = []
    for node, own in enumerate(neighbors):
        crowd = own | 1 << node
        if crowd not in known:
            known[crowd] = sum((crowd & strangers[other]).bit_count() for other in bits(crowd)) // 2
        found.append(known[crowd])
    return found


def bits(number: int) -> list[int]:
    """Return the places at which a number has a one."""
    return [place for place, digit in enumerate(reversed(f"{number:b}")) if digit == "1"]
