"""The figures of a network as a table on a page, and as rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from learningcity.common.tables import Cell, Column, Table
from learningcity.common.templatetags.common import number, text
from learningcity.partners.enums import Sector
from learningcity.partners.queries.network.figures import Figures
from learningcity.portal.exports.network_words import loss_of
from learningcity.portal.queries.network import address_of

HEADINGS = (
    gettext_lazy("Organization"),
    pgettext_lazy("column", "No."),
    gettext_lazy("Sector"),
    gettext_lazy("Promises kept"),
    gettext_lazy("Partners reached"),
    gettext_lazy("Degree"),
    gettext_lazy("Betweenness"),
    gettext_lazy("Core"),
    gettext_lazy("Group"),
    gettext_lazy("Brokerage"),
    gettext_lazy("If it leaves"),
)
# The value of ?sort= for each of them; of numbers the largest come first.
SORTS = (
    "name",
    "number",
    "sector",
    "-kept",
    "-partners",
    "-degree",
    "-betweenness",
    "-core",
    "component",
    "-brokerage",
    "-loss",
)
WORDS = {"name", "sector", "-loss"}


def table_of(figures: Iterable[Figures], without: Callable[[Figures], str]) -> Table:
    """Return the figures as a table; `without` says where the network is shown without an organization."""
    columns = tuple(
        Column(heading, is_number=sort not in WORDS, sort=sort) for heading, sort in zip(HEADINGS, SORTS, strict=True)
    )
    return Table(
        _("Organizations and how they stand in the network"), columns, tuple(_cells(one, without) for one in figures)
    )


def _cells(one: Figures, without: Callable[[Figures], str]) -> tuple[Cell, ...]:
    standing = one.standing
    return (
        Cell(text(one.node.name), address_of(one.node)),
        Cell(one.number),
        Cell(str(Sector(one.node.sector).label)),
        Cell(number(one.kept)),
        Cell(number(one.partners)),
        Cell(number(standing.degree)),
        Cell(f"{standing.betweenness:.4f}"),
        Cell(number(standing.core)),
        # People count from one.
        Cell(number(standing.component + 1) if standing.degree else "–"),
        Cell(number(one.brokerage)),
        Cell(loss_of(one), without(one)),
    )


def row_of(one: Figures) -> list[Any]:
    """Return the same for a file: numbers as they are, the name in both languages."""
    standing = one.standing
    return [
        one.node.name.th,
        one.node.name.en,
        one.number,
        str(Sector(one.node.sector).label),
        one.kept,
        one.partners,
        standing.degree,
        standing.betweenness,
        standing.core,
        standing.component + 1,
        one.brokerage,
        one.loss.cut_off,
    ]


def headings_of_file() -> list[str]:
    """Return what stands above the columns of the file."""
    _first, *others, last = HEADINGS
    del last
    return [_("Name in Thai"), _("Name in English"), *map(str, others), _("Cut off if it leaves")]
