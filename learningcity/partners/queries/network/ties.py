"""What ties organizations: the agreements they are parties of, and the promises they kept, read from the records.

A network has nodes of two kinds. Organizations stand around what they work on: a program for which they promised
something, or else the agreement under which they did, or else the city itself; and around the agreements that they are
parties of. Two organizations are never tied directly, because sixty-two signatures are one agreement and not 1,891
friendships. A tie weighs as much as the promises that the organization kept there; a signature alone, or a promise that is
still open, weighs nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q

from learningcity.common.text import LocalText
from learningcity.partners.enums import CommitmentState, Standing
from learningcity.partners.models import Agreement, Commitment, Party
from learningcity.partners.queries.agreements import with_standing
from learningcity.partners.queries.network.graph import Edge, Graph, graph_of, without

# What is only proposed, or was broken or withdrawn, ties nobody.
TYING = (CommitmentState.CONFIRMED, CommitmentState.KEPT)
VALID = (Standing.SIGNED, Standing.IN_FORCE, Standing.EXPIRING)
ORGANIZATION = tuple(f"organization__{name}" for name in ("slug", "name_th", "name_en", "sector", "sort_th"))
AGREEMENT = tuple(f"agreement__{name}" for name in ("slug", "title_th", "title_en"))
CITY = tuple(f"city__{name}" for name in ("slug", "name_th", "name_en"))
PROGRAM = ("program_th", "program_en")


class Kind(StrEnum):
    """What a node of the picture is; all but organizations are what these work on."""

    ORGANIZATION = "organization"
    AGREEMENT = "agreement"
    PROGRAM = "program"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose network: that of one city, that around one agreement, or, with neither, everybody's."""

    city: str = ""
    agreement: str = ""

    @property
    def key(self) -> str:
        """The name under which the picture is kept."""
        return f"agreement:{self.agreement}" if self.agreement else f"city:{self.city}" if self.city else "all"


@dataclass(frozen=True, slots=True)
class Node:
    """An organization, or something that organizations work on."""

    kind: Kind
    slug: str
    name: LocalText
    sector: str = ""
    sort: str = ""

    @property
    def key(self) -> str:
        """A name that no other node of a network has."""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, and the ties between organizations and what they work on; the graph names nodes by their keys."""

    nodes: tuple[Node, ...]
    graph: Graph

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sector of each node, empty for what is no organization."""
        return tuple(node.sector for node in self.nodes)

    @property
    def fingerprint(self) -> str:
        """A value that changes when anybody is tied otherwise, or to somebody else; not with the weight of a tie."""
        pairs = [f"{one} {other}" for one, other in sorted(self.graph.ties)]
        nodes = [f"{node.key} {node.sector}" for node in self.nodes]
        return hashlib.sha256("\n".join([*nodes, "", *pairs]).encode()).hexdigest()

    def only_kept(self) -> Network:
        """Return the same nodes with those ties alone that kept promises make."""
        ties = {pair: weight for pair, weight in self.graph.ties.items() if weight}
        return Network(self.nodes, Graph(self.graph.names, ties))

    def without(self, node: Node) -> Network:
        """Return the network as it would be if this node left."""
        return Network(tuple(other for other in self.nodes if other != node), without(self.graph, node.key))


def read_network(scope: Scope, *, on: dt.date) -> Network:
    """Return who works on what: parties of agreements signed and not over on this day, and promises confirmed or kept on any day."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for one, other, weight in (*_signed(scope, on), *_promised(scope)):
        nodes |= {one.key: one, other.key: other}
        edges.append((one.key, other.key, weight))
    # In one order, whatever the order of the rows: the picture depends on it.
    ordered = tuple(nodes[key] for key in sorted(nodes))
    return Network(ordered, graph_of(edges, [node.key for node in ordered]))


def _signed(scope: Scope, on: dt.date) -> Iterator[tuple[Node, Node, float]]:
    """Yield the parties of each agreement; one that is asked for by name is shown even when it is over."""
    parties = Party.objects.all()
    if scope.agreement:
        parties = parties.filter(agreement__slug=scope.agreement)
    else:
        valid = with_standing(Agreement.objects.all(), on=on).filter(standing__in=VALID)
        parties = parties.filter(agreement__in=valid.values("pk"))
    if scope.city:
        parties = parties.filter(agreement__city__slug=scope.city)
    for row in parties.values(*ORGANIZATION, *AGREEMENT):
        yield _organization(row), _agreement(row), 0


def _promised(scope: Scope) -> Iterator[tuple[Node, Node, float]]:
    """Yield who promised something for what, with the number of promises kept."""
    promises = Commitment.objects.filter(state__in=TYING)
    if scope.agreement:
        promises = promises.filter(agreement__slug=scope.agreement)
    if scope.city:
        promises = promises.filter(city__slug=scope.city)
    rows = promises.values(*ORGANIZATION, *AGREEMENT, *CITY, *PROGRAM).annotate(
        kept=Count("pk", filter=Q(state=CommitmentState.KEPT))
    )
    for row in rows:
        yield _organization(row), _worked_on(row), row["kept"]


def _organization(row: dict[str, Any]) -> Node:
    slug, th, en, sector, sort = (row[name] for name in ORGANIZATION)
    return Node(Kind.ORGANIZATION, slug, LocalText(th, en), sector, sort)


def _agreement(row: dict[str, Any]) -> Node:
    slug, th, en = (row[name] for name in AGREEMENT)
    return Node(Kind.AGREEMENT, slug, LocalText(th, en))


def _worked_on(row: dict[str, Any]) -> Node:
    """Return what a promise is for: a program, or else an agreement, or else the city."""
    city, th, en = (row[name] for name in CITY)
    if program := row["program_th"] or row["program_en"]:
        # The same words, however spaced, for the same city are the same program.
        name = LocalText(row["program_th"], row["program_en"])
        return Node(Kind.PROGRAM, f"{city}:{' '.join(program.casefold().split())}", name)
    return _agreement(row) if row["agreement__slug"] else Node(Kind.CITY, city, LocalText(th, en))
