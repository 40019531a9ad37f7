"""The figures of a network equal those of networkx, whatever the network looks like."""

import math
import random

import networkx
import pytest

from learningcity.partners.queries.network.graph import graph_of, without
from learningcity.partners.queries.network.leaving import losses
from learningcity.partners.queries.network.measures import bits, brokerages, components_of, measure

SECTORS = ["public", "private", "education", "civil_society", ""]


def thai(graph):
    return networkx.relabel_nodes(graph, {node: f"ภาคี {node}" for node in graph})


def alone_and_in_pairs():
    graph = networkx.Graph([(2 * pair, 2 * pair + 1) for pair in range(9)])
    graph.add_nodes_from(range(30, 35))
    return graph


def blocks_on_hinges():
    """Return cliques and rings that hang together at single nodes, and tails on them."""
    graph = networkx.disjoint_union_all([networkx.complete_graph(5), networkx.cycle_graph(6), networkx.path_graph(4)])
    graph.add_edges_from([(0, 5), (0, 11), (14, 20), (20, 21), (21, 14)])
    return graph


GRAPHS = {
    "nobody": networkx.empty_graph(0),
    "one": networkx.empty_graph(1),
    "two": networkx.path_graph(2),
    "star": networkx.star_graph(62),
    "path": networkx.path_graph(40),
    "ring": networkx.cycle_graph(17),
    "everybody with everybody": networkx.complete_graph(20),
    "blocks on hinges": blocks_on_hinges(),
    "alone and in pairs": alone_and_in_pairs(),
    "tree": networkx.barabasi_albert_graph(120, 1, seed=5),
    "Erdos-Renyi, in pieces": networkx.gnp_random_graph(150, 0.012, seed=3),
    "Erdos-Renyi, dense": networkx.gnp_random_graph(80, 0.2, seed=4),
    "Barabasi-Albert": networkx.barabasi_albert_graph(200, 3, seed=1),
    "small world": networkx.watts_strogatz_graph(90, 4, 0.2, seed=6),
    "two modes": networkx.bipartite.random_graph(60, 12, 0.08, seed=7),
}
graphs = pytest.mark.parametrize("graph", [thai(graph) for graph in GRAPHS.values()], ids=list(GRAPHS))


def ours(graph):
    return graph_of([(one, other, 1) for one, other in graph.edges], graph.nodes)


def some_sectors(count):
    return random.Random(count).choices(SECTORS, k=count)


@graphs
def test_measure_equals_networkx(graph):
    names = ours(graph).names
    found = measure(ours(graph))

    betweenness = networkx.betweenness_centrality(graph)
    assert [one.degree for one in found.standings] == [graph.degree(name) for name in names]
    assert [one.core for one in found.standings] == [networkx.core_number(graph)[name] for name in names]
    assert found.components == networkx.number_connected_components(graph)
    assert ours(graph).density == pytest.approx(networkx.density(graph), abs=1e-12)
    for name, one in zip(names, found.standings, strict=True):
        assert math.isclose(one.betweenness, betweenness[name], abs_tol=1e-9)


@graphs
def test_measure_numbers_components_from_the_largest(graph):
    names = ours(graph).names
    components = sorted(networkx.connected_components(graph), key=len, reverse=True)
    numbers = {name: one.component for name, one in zip(names, measure(ours(graph)).standings, strict=True)}

    assert [len(nodes) for nodes in components_of(ours(graph))] == [len(nodes) for nodes in components]
    assert [len({numbers[name] for name in nodes}) for nodes in components] == [1] * len(components)


@graphs
def test_losses_equal_what_networkx_finds_without_the_node(graph):
    names = ours(graph).names
    sector = dict(zip(names, some_sectors(len(names)), strict=True))

    for name, loss in zip(names, losses(ours(graph), list(sector.values())), strict=True):
        home = networkx.node_connected_component(graph, name) - {name}
        left = graph.copy()
        left.remove_node(name)
        crowds = [[other for other in nodes if sector[other]] for nodes in networkx.connected_components(left)]
        crowds = sorted(filter(None, crowds), key=len)
        pieces = [crowd for crowd in crowds if set(crowd) <= home]
        biggest = max(map(len, pieces), default=0)
        # Of equal pieces any may be the one that stays.
        stays = [set(map(sector.get, piece)) for piece in pieces if len(piece) == biggest]
        there = {sector[other] for other in home} - {""}
        assert (loss.components, loss.largest) == (len(crowds), max(map(len, crowds), default=0))
        assert loss.cut_off == sum(map(len, pieces)) - biggest
        assert set(loss.groups_cut_off) in ([there - kept for kept in stays] or [set()])


@graphs
def test_brokerages_equal_a_count_by_hand(graph):
    names = ours(graph).names
    sectors = some_sectors(len(names))
    sector = dict(zip(names, sectors, strict=True))
    neighbors = [sum(1 << other for other in others) for others in ours(graph).neighbors()]

    by_hand = [
        sum(
            sector[one] != sector[other] and not graph.has_edge(one, other)
            for one in graph[name]
            for other in graph[name]
            if one < other
        )
        for name in names
    ]
    assert brokerages(neighbors, sectors) == by_hand


@graphs
def test_without_leaves_the_others_as_they_were(graph):
    for name in list(graph)[:3]:
        left = graph.copy()
        left.remove_node(name)

        found = without(ours(graph), name)

        assert list(found.names) == [other for other in ours(graph).names if other != name]
        pairs = {frozenset((found.names[one], found.names[other])) for one, other in found.ties}
        assert pairs == set(map(frozenset, left.edges))


def test_graph_of_adds_repeated_edges_counts_loops_and_keeps_the_order_of_names():
    graph = graph_of([("ก", "ข", 1), ("ข", "ก", 2.5), ("ก", "ก", 9), ("ค", "ค", 1)], ["ง"])

    assert (graph.names, dict(graph.ties), graph.loops) == (("ง", "ก", "ข", "ค"), {(1, 2): 3.5}, 2)


def test_bits_are_the_places_of_ones():
    assert bits(0b100101) == [0, 2, 5]
