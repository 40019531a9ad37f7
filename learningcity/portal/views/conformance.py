"""Which standards this site speaks, and who says so."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningcity.portal.queries.conformance import conformance


@login_not_required
@require_safe
def conformance_page(request: HttpRequest) -> HttpResponse:
    """Show what each standard is good for, when it was last proven, by which programs, and with how many checks."""
    groups = conformance()
    commits = sorted({proof.commit for _group, claims in groups for claim in claims for proof in claim.proofs})
    return render(request, "portal/conformance.html", {"groups": groups, "commits": commits})
