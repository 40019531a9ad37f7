"""Where each node of a network stands in a picture. The same network always gives the same picture."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import rustworkx

from learningcity.partners.queries.network.graph import Graph, graph_of
from learningcity.partners.queries.network.measures import components_of
from learningcity.partners.queries.network.spacing import Disc, packed, spread

# To be raised whenever the same network would be laid out differently: pictures that are kept are then made anew.
VERSION = 1
SEED = 20240917
# Between the middles of two neighbors on a ring, in pixels.
STEP = 38.0
# So many stand on one ring, where all of them can be named; more stand on several, and so do fewer where there are many nodes.
ONE_RING, ONE_RING_AMONG_MANY, MANY = 72, 16, 120
# From the middle of a node to where the next one may begin: a number fits in, or also a name, for what has no group.
ROOM, ROOM_WITH_NAME = 18.0, 62.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for each node, in the order of the graph's names, and the size of the picture."""

    places: tuple[tuple[int, int], ...]
    width: int
    height: int


def laid_out(graph: Graph, groups: Sequence[str]) -> Layout:
    """Return where each node stands: apart from all others, near those it is tied to.

    Who is tied to a single other stands on a ring around it, side by side with the rest of its group. What is left of
    a component is laid out by springs (Fruchterman and Reingold 1991, by rustworkx), and pushed apart until nothing
    overlaps. Components stand side by side, the largest first.
    """
    neighbors = graph.neighbors()
    hub_of = _hubs(neighbors)
    rings: dict[int, list[int]] = defaultdict(list)
    for node in sorted(hub_of, key=lambda node: (groups[node], graph.names[node])):
        rings[hub_of[node]].append(node)
    pieces = [_component(graph, groups, nodes, hub_of, rings) for nodes in components_of(graph)]
    moves, width, height = packed(pieces)
    places: list[tuple[int, int]] = [(0, 0)] * len(graph.names)
    for piece, (right, down) in zip(pieces, moves, strict=True):
        for node, disc in piece.items():
            places[node] = (round(disc.x + right), round(disc.y + down))
    return Layout(tuple(places), math.ceil(width), math.ceil(height))


def _hubs(neighbors: list[list[int]]) -> dict[int, int]:
    """Return, for each node that is tied to a single other one, that other one; of a pair alone, the first is the hub."""
    return {
        node: others[0]
        for node, others in enumerate(neighbors)
        if len(others) == 1 and (len(neighbors[others[0]]) > 1 or others[0] < node)
    }


def _component(
    graph: Graph, groups: Sequence[str], nodes: list[int], hub_of: dict[int, int], rings: dict[int, list[int]]
) -> dict[int, Disc]:
    """Return where the nodes of one component stand, from whatever origin."""
    inner = [node for node in nodes if node not in hub_of]
    rooms = {node: ROOM if groups[node] else ROOM_WITH_NAME for node in inner}
    longest = ONE_RING if len(graph.names) <= MANY else ONE_RING_AMONG_MANY
    slots = {node: _slots(len(rings.get(node, ())), rooms[node], longest) for node in inner}
    radii = [max((away + ROOM for _, away in slots[node]), default=rooms[node]) for node in inner]
    found: dict[int, Disc] = {}
    for node, disc in zip(inner, spread(_by_springs(graph, inner, radii)), strict=True):
        found[node] = Disc(disc.x, disc.y, ROOM)
        for leaf, (angle, away) in zip(rings.get(node, []), slots[node], strict=True):
            found[leaf] = Disc(disc.x + away * math.cos(angle), disc.y + away * math.sin(angle), ROOM)
    return found


def _by_springs(graph: Graph, inner: list[int], radii: list[float]) -> list[Disc]:
    """Return discs of these sizes where springs between tied nodes would pull them."""
    if len(inner) == 1:
        return [Disc(0.0, 0.0, radii[0])]
    among = set(inner)
    names = graph.names
    pairs = [(names[one], names[other], 1) for one, other in graph.ties if one in among and other in among]
    part = graph_of(pairs, [names[node] for node in inner])
    places = rustworkx.spring_layout(part.network(), seed=SEED, num_iter=_rounds(len(inner)))
    return _evenly([places[number] for number in range(len(inner))], radii)


def _evenly(places: Sequence[Sequence[float]], radii: list[float]) -> list[Disc]:
    """Return discs in the same directions from the middle and in the same order outwards, evenly dense.

    Springs crowd the well connected into the middle and let others fly far away; neither could be read.
    """
    order = sorted(range(len(places)), key=lambda number: math.hypot(*places[number]))
    discs = {}
    inside = 0.0
    for number in order:
        # Discs filling two thirds of the ground leave room to be pushed apart without losing their order.
        own = 1.5 * radii[number] ** 2
        away = math.sqrt(inside + own / 2) if inside or len(places) < 3 else 0.0
        angle = math.atan2(places[number][1], places[number][0])
        discs[number] = Disc(away * math.cos(angle), away * math.sin(angle), radii[number])
        inside += own
    return [discs[number] for number in range(len(places))]


def _rounds(count: int) -> int:
    """Return for how many rounds the springs pull: the effort grows with the square of the nodes."""
    return 400 if count <= 300 else 150 if count <= 1500 else 50


def _slots(count: int, room: float, longest: int) -> list[tuple[float, float]]:
    """Return places around a hub, as angle and distance, in the order of the clock, so that neighbors in it are neighbors."""
    if count <= longest:
        rings = [(count, max(room + ROOM, STEP, count * STEP / math.tau))]
    else:
        rings, left, away = [], count, max(room + ROOM, 2 * STEP)
        while left > 0:
            room = min(left, int(math.tau * away / STEP))
            rings.append((room, away))
            left, away = left - room, away + STEP
    return sorted((math.tau * place / filled - math.pi / 2, away) for filled, away in rings for place in range(filled))
