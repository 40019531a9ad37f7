"""What breaks in a network if one node leaves: answered for all nodes in one walk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rustworkx

from learningcity.partners.queries.network.graph import Graph
from learningcity.partners.queries.network.measures import components_of

Crowd = Counter[str]


@dataclass(frozen=True, slots=True)
class Loss:
    """What is left of a network when one node has left it. Only nodes with a group are counted."""

    # All components afterwards, and how many are in the largest.
    components: int
    largest: int
    # Those who hung together with the node, and no longer hang together with most of them.
    cut_off: int
    # Groups that hung together with the node, and of which nobody is left among most of them.
    groups_cut_off: tuple[str, ...]


def losses(graph: Graph, groups: Sequence[str]) -> list[Loss]:
    """Return, for each node, what breaks if it leaves; a node whose group is empty connects, but is not counted."""
    components = components_of(graph)
    crowds = [_crowd(nodes, groups) for nodes in components]
    pieces = _pieces(graph, groups)
    found: dict[int, Loss] = {}
    # The two largest are enough to know the largest of the others.
    sizes = sorted(((crowd.total(), number) for number, crowd in enumerate(crowds)), reverse=True)[:2]
    inhabited = sum(1 for crowd in crowds if crowd)
    for number, nodes in enumerate(components):
        others = inhabited - bool(crowds[number])
        largest = max((size for size, other in sizes if other != number), default=0)
        for node in nodes:
            rest = crowds[number] - _crowd([node], groups)
            parts = pieces.get(node, [])
            # The part that no walk from the node went into: all the rest, unless the network hangs on the node.
            parts = [part for part in (*parts, rest - sum(parts, Crowd())) if part]
            found[node] = _loss(parts, rest, others, largest)
    return [found[node] for node in range(len(graph.names))]


def _loss(parts: list[Crowd], rest: Crowd, others: int, largest: int) -> Loss:
    # Of equal parts always the same one stays, so that a figure does not change from one reading to the next.
    biggest = min(parts, key=lambda part: (-part.total(), sorted(part.items())), default=Crowd())
    return Loss(
        components=others + len(parts),
        largest=max(largest, biggest.total()),
        cut_off=rest.total() - biggest.total(),
        groups_cut_off=tuple(sorted(set(rest) - set(biggest))),
    )


def _pieces(graph: Graph, groups: Sequence[str]) -> dict[int, list[Crowd]]:
    """Return, for each node on which others hang, the crowds that fall off on all its sides but one.

    A network is a tree of blocks, parts that no single node can break, which hang together at such nodes (Hopcroft and
    Tarjan 1973). Walked from below, each block knows how many hang on it.
    """
    network = graph.network()
    hinges = set(rustworkx.articulation_points(network))
    blocks: dict[int, set[int]] = defaultdict(set)
    for pair, block in rustworkx.biconnected_components(network).items():
        blocks[block].update(pair)
    blocks_of: dict[int, list[int]] = defaultdict(list)
    for block in sorted(blocks):
        for node in blocks[block] & hinges:
            blocks_of[node].append(block)
    below: dict[int, Crowd] = {}
    found: dict[int, list[Crowd]] = {}
    for block, above in reversed(_from_above(blocks, blocks_of)):
        hanging = blocks[block] & hinges - {above}
        below[block] = _crowd(blocks[block] - {above}, groups)
        for hinge in hanging:
            found[hinge] = [below[other] for other in blocks_of[hinge] if other != block]
            below[block] += sum(found[hinge], Crowd())
    return found


def _from_above(blocks: dict[int, set[int]], blocks_of: dict[int, list[int]]) -> list[tuple[int, int]]:
    """Return each block with the node by which one comes to it, -1 for the first of a component; none before its own."""
    order: list[tuple[int, int]] = []
    seen: set[int] = set()
    for first in sorted(blocks):
        waiting = [] if first in seen else [(first, -1)]
        while waiting:
            block, above = waiting.pop()
            seen.add(block)
            order.append((block, above))
            for hinge in blocks[block] & blocks_of.keys() - {above}:
                waiting += [(other, hinge) for other in blocks_of[hinge] if other != block]
    return order


def _crowd(nodes: Iterable[int], groups: Sequence[str]) -> Crowd:
    return Crowd(groups[node] for node in nodes if groups[node])
