"""Networks of partners by themselves: `python -m bench.network` prints JSON; with a number, of a network of that size alone.

The network is made up: organizations around agreements of very different sizes, and around programs for which some of them
kept promises. networkx computes the same figures by the side, as far as one can wait for it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import Any

import django

from bench.own import memory, timed
from learningcity.config.launch.local import ROOT, python

SIZES = [100, 1_000, 5_000]
# Beyond this, networkx looks from so many nodes only, and the rest is a straight line.
LARGEST_IN_FULL, SAMPLE = 2_000, 300
SECTORS = ["public", "public", "private", "education", "civil_society"]


def run(sizes: list[int] = SIZES) -> dict[str, Any]:
    """Return what a network of each size costs, each measured in a process of its own, for the sake of its memory."""
    variables = os.environ | {"LEARNINGCITY_DEMO": "1", "DJANGO_SETTINGS_MODULE": "learningcity.config.settings"}
    results = {}
    for size in sizes:
        command = python("-m", "bench.network", str(size))
        done = subprocess.run(command, env=variables, cwd=ROOT, check=True, capture_output=True, text=True)
        results[str(size)] = json.loads(done.stdout)
    return results


def measured(organizations: int) -> dict[str, float]:
    """Return seconds, megabytes and the greatest difference from networkx for a network of so many organizations."""
    from learningcity.partners.queries.network.figures import figures_of  # noqa: PLC0415
    from learningcity.partners.queries.network.layout import laid_out  # noqa: PLC0415
    from learningcity.partners.queries.network.measures import measure  # noqa: PLC0415

    network = synthetic(organizations)
    empty = memory()
    measures, measure_s = timed(lambda: measure(network.graph))
    figures, figures_s = timed(lambda: figures_of(network, network))
    layout, layout_s = timed(lambda: laid_out(network.graph, network.sectors))
    used = memory() - empty
    # The first drawing of a process reads templates and translations too.
    draw(network, figures, layout)
    picture, picture_s = timed(lambda: draw(network, figures, layout))
    return {
        "nodes": len(network.nodes),
        "ties": len(network.graph.ties),
        "metrics_s": measure_s,
        "all_figures_s": figures_s,
        "layout_s": layout_s,
        "memory_mb": used,
        "picture_s": picture_s,
        "picture_kb": len(picture) / 1000,
        **compare(network.graph, measures, measure_s),
    }


def synthetic(organizations: int) -> Any:
    """Return a made-up network: few agreements with many parties, many with few, and a program for every ten partners."""
    from learningcity.common.text import LocalText  # noqa: PLC0415
    from learningcity.partners.queries.network.graph import graph_of  # noqa: PLC0415
    from learningcity.partners.queries.network.ties import Kind, Network, Node  # noqa: PLC0415

    chance = random.Random(organizations)

    def node(kind: Kind, number: int, sector: str = "") -> Node:
        slug = f"{number:05}"
        return Node(kind, slug, LocalText(f"หน่วยงานสังเคราะห์ {slug}", f"Made-up organization {slug}"), sector, slug)

    partners = [node(Kind.ORGANIZATION, number, chance.choice(SECTORS)) for number in range(organizations)]
    agreements = [node(Kind.AGREEMENT, number) for number in range(max(3, organizations // 20))]
    programs = [node(Kind.PROGRAM, number) for number in range(max(3, organizations // 10))]
    sizes = [1 / (number + 1) for number in range(len(agreements))]
    edges = [
        (partner.key, agreement.key, 0)
        for partner in partners
        for agreement in set(chance.choices(agreements, sizes, k=chance.choice([1, 1, 1, 2, 3])))
    ]
    busy = partners[: organizations // 2]
    edges += [(chance.choice(busy).key, chance.choice(programs).key, 1) for _ in range(organizations)]
    nodes = tuple(sorted([*partners, *agreements, *programs], key=lambda one: one.key))
    return Network(nodes, graph_of(edges, [one.key for one in nodes]))


def compare(graph: Any, measures: Any, ours_s: float) -> dict[str, float]:
    """Return how long networkx takes for degree, betweenness, core and components, and how far both are apart."""
    import networkx  # noqa: PLC0415

    theirs = networkx.Graph()
    theirs.add_nodes_from(range(len(graph.names)))
    theirs.add_edges_from(graph.ties)
    _, quick_s = timed(lambda: (networkx.core_number(theirs), list(networkx.connected_components(theirs))))
    if len(graph.names) > LARGEST_IN_FULL:
        _, sample_s = timed(lambda: networkx.betweenness_centrality(theirs, k=SAMPLE, seed=1))
        their_s = quick_s + sample_s * len(graph.names) / SAMPLE
        return {"networkx_s_from_a_sample": their_s, "times_networkx": their_s / ours_s}
    betweenness, slow_s = timed(lambda: networkx.betweenness_centrality(theirs))
    apart = max(abs(one.betweenness - betweenness[node]) for node, one in enumerate(measures.standings))
    return {"networkx_s": quick_s + slow_s, "times_networkx": (quick_s + slow_s) / ours_s, "greatest_difference": apart}


def draw(network: Any, figures: Any, layout: Any) -> str:
    """Return the picture as a page shows it."""
    from django.template.loader import render_to_string  # noqa: PLC0415

    from learningcity.partners.queries.network.figures import components_inhabited  # noqa: PLC0415
    from learningcity.partners.queries.network.ties import Scope  # noqa: PLC0415
    from learningcity.portal.exports.network import LIGHT  # noqa: PLC0415
    from learningcity.portal.exports.network_scene import drawing_for  # noqa: PLC0415
    from learningcity.portal.queries.network import Answer, Question, Ties  # noqa: PLC0415

    components = components_inhabited(network)
    question = Question(Scope())
    answer = Answer(question, None, Ties.ALL, network, network, figures, components, network)
    context = {"drawing": drawing_for(answer, layout), "tone": LIGHT, "linked": True}
    return render_to_string("portal/network/picture.svg", context)


if __name__ == "__main__":
    if sys.argv[1:]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        print(json.dumps(measured(int(sys.argv[1]))))
    else:
        print(json.dumps(run(), indent=1))
