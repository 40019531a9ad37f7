"""What a network says of each of its organizations, and what would break without it."""

from __future__ import annotations

from dataclasses import dataclass

from learningcity.partners.queries.network.graph import Graph
from learningcity.partners.queries.network.leaving import Loss, losses
from learningcity.partners.queries.network.measures import Standing, brokerages, components_of, measure
from learningcity.partners.queries.network.ties import Kind, Network, Node


@dataclass(frozen=True, slots=True)
class Figures:
    """One organization in its network; ``number`` is the one that it bears in picture and table."""

    number: int
    node: Node
    # Promises that it kept.
    kept: int
    # Organizations that work on something it works on.
    partners: int
    standing: Standing
    # Pairs of its partners, of two sectors, that work together on nothing.
    brokerage: int
    loss: Loss


def figures_of(network: Network, counted: Network) -> list[Figures]:
    """Return the figures of all organizations, numbered: who kept most first, then who is tied to most.

    The numbers come from the whole network and the figures from those ties of it that are counted, so that an
    organization bears the same number whatever is counted.
    """
    standings = measure(counted.graph).standings
    missed = losses(counted.graph, counted.sectors)
    partners = partners_of(counted)
    brokered = brokerages(partners, counted.sectors)
    kept = kept_by(network.graph)
    return [
        Figures(
            number,
            network.nodes[place],
            kept[place],
            partners[place].bit_count(),
            standings[place],
            brokered[place],
            missed[place],
        )
        for number, place in enumerate(_in_order(network, kept), 1)
    ]


def partners_of(network: Network) -> list[int]:
    """Return, for each organization, those that work on something it works on, as the bits of a number; 0 for other nodes."""
    neighbors = network.graph.neighbors()
    crowds = [sum(1 << other for other in others) for others in neighbors]
    found = [0] * len(neighbors)
    for place, node in enumerate(network.nodes):
        if node.kind == Kind.ORGANIZATION:
            for work in neighbors[place]:
                found[place] |= crowds[work]
            found[place] &= ~(1 << place)
    return found


def kept_by(graph: Graph) -> list[int]:
    """Return, for each node, how many promises its ties count."""
    counts = [0.0] * len(graph.names)
    for (one, other), weight in graph.ties.items():
        counts[one] += weight
        counts[other] += weight
    return [int(count) for count in counts]


def components_inhabited(network: Network) -> list[int]:
    """Return how many organizations hang together in each component that has any, the most first."""
    sectors = network.sectors
    counts = [sum(1 for node in nodes if sectors[node]) for nodes in components_of(network.graph)]
    return sorted((count for count in counts if count), reverse=True)


def cut_off_without(network: Network, node: Node) -> list[Node]:
    """Return the organizations that hang together with this one, and would no longer hang together with most of them."""
    place = network.nodes.index(node)
    home = next(nodes for nodes in components_of(network.graph) if place in nodes)
    before = {network.nodes[member].key for member in home}
    left = network.without(node)
    pieces = [
        [left.nodes[member] for member in nodes if left.nodes[member].sector]
        for nodes in components_of(left.graph)
        if left.nodes[nodes[0]].key in before
    ]
    pieces.sort(key=len, reverse=True)
    return [other for piece in pieces[1:] for other in piece]


def _in_order(network: Network, kept: list[int]) -> list[int]:
    degrees = [len(others) for others in network.graph.neighbors()]
    organizations = [place for place, node in enumerate(network.nodes) if node.kind == Kind.ORGANIZATION]
    return sorted(
        organizations,
        key=lambda place: (-kept[place], -degrees[place], network.nodes[place].sort, network.nodes[place].slug),
    )
