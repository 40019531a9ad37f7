"""Every picture of a network can be read: no node over another, no side forgotten, and the same each time."""

import math

import networkx
import pytest

from learningcity.partners.queries.network.graph import graph_of
from learningcity.partners.queries.network.layout import ROOM, laid_out
from learningcity.partners.queries.network.spacing import Disc, packed, spread

GRAPHS = {
    "nobody": networkx.empty_graph(0),
    "one": networkx.empty_graph(1),
    "alone": networkx.empty_graph(12),
    "two": networkx.path_graph(2),
    "sixty-two around one": networkx.star_graph(62),
    "three hundred around one": networkx.star_graph(300),
    "path": networkx.path_graph(30),
    "everybody with everybody": networkx.complete_graph(25),
    "in pieces": networkx.gnp_random_graph(150, 0.012, seed=3),
    "tree": networkx.barabasi_albert_graph(300, 1, seed=2),
    "a thousand": networkx.barabasi_albert_graph(1000, 2, seed=1),
}
graphs = pytest.mark.parametrize("graph", GRAPHS.values(), ids=list(GRAPHS))


def ours(graph):
    return graph_of([(str(one), str(other), 1) for one, other in graph.edges], map(str, graph.nodes))


def sectors(graph):
    return ["public" if node % 3 else "education" for node in graph]


def nearest(places):
    """Return the smallest distance between two places."""
    ordered = sorted(places)
    return min(
        (math.dist(one, other) for number, one in enumerate(ordered) for other in ordered[number + 1 : number + 80]),
        default=math.inf,
    )


@graphs
def test_laid_out_keeps_nodes_apart_and_inside(graph):
    layout = laid_out(ours(graph), sectors(graph))

    # Places are whole pixels, so that two neighbors may have come a little nearer.
    assert nearest(layout.places) > 2 * ROOM - 2
    assert len(layout.places) == len(graph)
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in layout.places)


@graphs
def test_laid_out_gives_the_same_picture_each_time(graph):
    assert laid_out(ours(graph), sectors(graph)) == laid_out(ours(graph), sectors(graph))


def test_laid_out_seats_a_sector_side_by_side_around_a_hub():
    names = [f"{number:02}" for number in range(20)]
    groups = ["", *(["private", "public"] * 10)]
    layout = laid_out(graph_of([("hub", name, 0) for name in names], ["hub", *names]), groups)

    (middle, *ring) = layout.places
    turned = sorted(range(20), key=lambda place: math.atan2(ring[place][1] - middle[1], ring[place][0] - middle[0]))
    sides = [groups[place + 1] for place in turned]
    assert sum(one != other for one, other in zip(sides, [*sides[1:], sides[0]], strict=True)) == 2


def test_laid_out_seats_a_thousand_on_a_ground_that_can_be_looked_at():
    layout = laid_out(ours(GRAPHS["a thousand"]), sectors(GRAPHS["a thousand"]))

    assert max(layout.width, layout.height) < 2500


def test_spread_parts_discs_on_one_spot():
    discs = spread([Disc(0, 0, 20) for _ in range(30)])

    assert nearest([(disc.x, disc.y) for disc in discs]) >= 39.9


def test_packed_puts_groups_into_rows():
    moves, width, height = packed([{number: Disc(0, 0, 10)} for number in range(6)])

    assert len(set(moves)) == 6
    assert width > height
