"""Which standards this site speaks, and who says so."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.tables import Cell, Column, Table
from learningcity.common.thai.dates import shown_date
from learningcity.portal.queries.conformance import Proof, conformance
from learningcity.portal.registry.standards import Standard


@login_not_required
@require_safe
def conformance_page(request: HttpRequest) -> HttpResponse:
    """Show when each standard was last proven, by which program of others, and with how many checks."""
    rows = [row for standard, proofs in conformance() for row in rows_of(standard, proofs)]
    columns = (
        Column(_("Standard")),
        Column(_("What it is for")),
        Column(_("Proven by")),
        Column(_("Checks"), is_number=True),
        Column(_("Last proven")),
        Column(_("Version of the program")),
    )
    table = Table(_("Standards, and when each was last proven"), columns, tuple(rows))
    return render(request, "portal/conformance.html", {"table": table})


def rows_of(standard: Standard, proofs: list[Proof]) -> list[tuple[Cell, ...]]:
    """Return a row for each program that proved a standard, or one that says that none has."""
    first = (Cell(standard.name, standard.address), Cell(standard.what))
    if not proofs:
        return [(*first, Cell(_("not yet proven")), Cell("–"), Cell("–"), Cell("–"))]
    return [
        (
            *first,
            Cell(f"{proof.tool} {proof.tool_version}"),
            Cell(proof.checks),
            Cell(shown_date(proof.proven_on)),
            Cell(proof.commit),
        )
        for proof in proofs
    ]
