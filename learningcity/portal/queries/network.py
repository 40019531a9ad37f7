"""What the page of a network shows: whose it is, what is counted, and each organization's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from learningcity.cities.models import City
from learningcity.common.text import LocalText, reading_language
from learningcity.partners.models import Agreement, Commitment, Organization
from learningcity.partners.queries.network.figures import Figures, components_inhabited, cut_off_without, figures_of
from learningcity.partners.queries.network.ties import Kind, Network, Node, Scope, read_network

# Pages of nodes, by their kind; a program has none of its own.
PAGES = {Kind.ORGANIZATION: "organization", Kind.AGREEMENT: "agreement", Kind.CITY: "city"}


class Ties(StrEnum):
    """Which ties the figures count."""

    KEPT = "kept"
    ALL = "all"


class Unknown(LookupError):
    """The network of this city or agreement was asked for, or that without this organization, and there is none."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader wants to see of which network."""

    scope: Scope
    # Empty: kept promises, where there are any.
    ties: str = ""
    # The address of an organization that is thought away.
    without: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A network as one reader wants to see it."""

    question: Question
    # The city or the agreement whose network this is; none for everybody's.
    place: LocalText | None
    ties: Ties
    network: Network
    # The same with only those ties that the figures count.
    counted: Network
    figures: list[Figures]
    components: list[int]
    # With the organization that is thought away.
    whole: Network
    gone: Figures | None = None
    # What it is called, if it exists but stands nowhere in this network.
    absent: LocalText | None = None
    cut_off: tuple[Node, ...] = ()

    @property
    def kept(self) -> int:
        """How many promises were kept in this network."""
        return int(sum(self.network.graph.ties.values()))


def read_answer(question: Question, *, on: dt.date) -> Answer:
    """Return the network that the question asks for.

    :raises Unknown: if there is no such city, agreement or organization.
    """
    place = _place_of(question.scope)
    whole = read_network(question.scope, on=on)
    ties = Ties(question.ties or (Ties.KEPT if any(whole.graph.ties.values()) else Ties.ALL))
    count: Callable[[Network], Network] = Network.only_kept if ties == Ties.KEPT else _as_it_is
    counted = count(whole)
    figures = figures_of(whole, counted)
    found = Answer(question, place, ties, whole, counted, figures, components_inhabited(counted), whole)
    return _without(found, count) if question.without else found


def address_of(node: Node) -> str:
    """Return the page of a node, if it has one."""
    page = PAGES.get(node.kind)
    return reverse(page, args=[node.slug]) if page else ""


def cities_with_partners() -> QuerySet[City]:
    """Return the cities that have an agreement or a promise."""
    return City.objects.filter(
        Exists(Agreement.objects.filter(city=OuterRef("pk"))) | Exists(Commitment.objects.filter(city=OuterRef("pk")))
    )


def in_order(figures: list[Figures], sort: str) -> list[Figures]:
    """Return the figures sorted by this column; a minus sign means the largest first."""
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(figures, key=key, reverse=sort.startswith("-")) if key else figures


SORTS: dict[str, Callable[[Figures], Any]] = {
    "name": lambda one: one.node.sort if reading_language() == "th" else str(one.node.name).casefold(),
    "sector": lambda one: one.node.sector,
    "kept": lambda one: one.kept,
    "partners": lambda one: one.partners,
    "degree": lambda one: one.standing.degree,
    "betweenness": lambda one: one.standing.betweenness,
    "core": lambda one: one.standing.core,
    "component": lambda one: one.standing.component,
    "brokerage": lambda one: one.brokerage,
    "loss": lambda one: one.loss.cut_off,
}


def _as_it_is(network: Network) -> Network:
    return network


def _place_of(scope: Scope) -> LocalText | None:
    if scope.agreement:
        agreement = Agreement.objects.filter(slug=scope.agreement).first()
        if agreement is None:
            raise Unknown(scope.agreement)
        return agreement.title
    if scope.city:
        city = City.objects.filter(slug=scope.city).first()
        if city is None:
            raise Unknown(scope.city)
        return city.name
    return None


def _without(answer: Answer, count: Callable[[Network], Network]) -> Answer:
    """Return the same network after one organization has left; the others keep their numbers and places."""
    gone = next((one for one in answer.figures if one.node.slug == answer.question.without), None)
    if gone is None:
        absent = Organization.objects.filter(slug=answer.question.without).first()
        if absent is None:
            raise Unknown(answer.question.without)
        return replace(answer, absent=absent.name)
    numbers = {one.node.key: one.number for one in answer.figures}
    left = answer.whole.without(gone.node)
    counted = count(left)
    return replace(
        answer,
        network=left,
        counted=counted,
        figures=sorted(
            (replace(one, number=numbers[one.node.key]) for one in figures_of(left, counted)),
            key=lambda one: one.number,
        ),
        components=components_inhabited(counted),
        gone=gone,
        cut_off=tuple(cut_off_without(answer.counted, gone.node)),
    )
