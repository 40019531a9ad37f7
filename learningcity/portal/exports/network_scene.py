"""From a network to what is drawn of it."""

from __future__ import annotations

from learningcity.partners.queries.network.figures import Figures
from learningcity.partners.queries.network.layout import Layout
from learningcity.partners.queries.network.ties import Node
from learningcity.portal.exports.network import Drawing, Mark, Scene, drawing_of
from learningcity.portal.exports.network_words import description_of, finding_of, words_of, words_of_work
from learningcity.portal.queries.network import Answer, address_of


def drawing_for(answer: Answer, layout: Layout) -> Drawing:
    """Return the picture of a network whose nodes stand where the layout says."""
    place = dict(zip((node.key for node in answer.whole.nodes), layout.places, strict=True))
    cut_off = {node.key for node in answer.cut_off}
    works = [node for node in answer.network.nodes if not node.sector]
    marks = [
        *(_work(node, place[node.key]) for node in works),
        *(_organization(one, place[one.node.key], one.node.key in cut_off) for one in answer.figures),
    ]
    order = {node.key: number for number, node in enumerate([*works, *(one.node for one in answer.figures)])}
    if answer.gone:
        x, y = place[answer.gone.node.key]
        marks.append(Mark("gone", x, y, "", str(answer.gone.node.name)))
    names = answer.network.graph.names
    ties = tuple(
        (order[names[one]], order[names[other]], int(kept)) for (one, other), kept in answer.network.graph.ties.items()
    )
    return drawing_of(
        Scene(finding_of(answer), description_of(answer), tuple(marks), ties, layout.width, layout.height)
    )


def _organization(one: Figures, place: tuple[int, int], is_cut_off: bool) -> Mark:
    name = one.node.name
    lang = name.lang if name.is_foreign else ""
    return Mark(one.node.sector, *place, str(name), words_of(one), one.number, address_of(one.node), is_cut_off, lang)


def _work(node: Node, place: tuple[int, int]) -> Mark:
    return Mark(node.kind, *place, str(node.name), words_of_work(node), 0, address_of(node))
