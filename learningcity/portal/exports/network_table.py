"""The figures of a network as a table on a page, and as rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, override, pgettext_lazy

from learningcity.common import tables
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.selecting import LabelOf
from learningcity.common.columnar.writing import Told
from learningcity.common.tables import Cell, Table
from learningcity.common.templatetags.common import number, text
from learningcity.common.text import LANGUAGES, LocalText
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
# The columns of the file that the table has too, in the same order.
TYPES = {
    "kept": "integer",
    "partners": "integer",
    "degree": "integer",
    "betweenness": "number",
    "core": "integer",
    "component": "integer",
    "brokerage": "integer",
}
WORDS = {"name", "sector", "-loss"}


def table_of(figures: Iterable[Figures], without: Callable[[Figures], str]) -> Table:
    """Return the figures as a table; `without` says where the network is shown without an organization."""
    columns = tuple(
        tables.Column(heading, is_number=sort not in WORDS, sort=sort)
        for heading, sort in zip(HEADINGS, SORTS, strict=True)
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


def row_of(one: Figures) -> tuple[Any, ...]:
    """Return the same for a file: numbers as they are, the name in both languages."""
    standing, sector = one.standing, Sector(one.node.sector)
    return (
        one.node.slug,
        one.node.name.th or None,
        one.node.name.en or None,
        one.number,
        sector.value,
        LabelOf(Sector)(sector),
        one.kept,
        one.partners,
        standing.degree,
        standing.betweenness,
        standing.core,
        standing.component + 1,
        one.brokerage,
        one.loss.cut_off,
    )


def told_of_file(title: LocalText, address: str) -> Told:
    """Return what the file says of itself: the same headings as the table, in both languages."""
    _name, number, sector, *others, _loss = (in_both(heading) for heading in HEADINGS)
    columns = [
        Column(name="slug", title=LocalText("รหัสองค์กร", "Key")),
        Column(name="name_th", title=in_both(gettext_lazy("Name in Thai"))),
        Column(name="name_en", title=in_both(gettext_lazy("Name in English"))),
        Column(name="number", title=number, type="integer"),
        Column(name="sector", title=sector),
        Column(name="sector_label_th", title=sector),
        *(Column(name=name, title=said, type=TYPES[name]) for name, said in zip(TYPES, others, strict=True)),
        Column(name="cut_off", title=in_both(gettext_lazy("Cut off if it leaves")), type="integer"),
    ]
    site = f"{settings.SITE_NAME_TH} / {settings.SITE_NAME_EN}"
    credit = {"title": f"{title.th} / {title.en}", "publisher": site, "url": f"{settings.SITE_URL}{address}"}
    return Told(title=title, columns=columns, credit=credit)


def in_both(words: Any) -> LocalText:
    """Return a text of the interface in both languages."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(words)
    return LocalText(said["th"], said["en"])
