from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.workspace.queries.help import GUIDES, guide_named, guides_by_audience


@login_not_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Show what can be learned about using the site."""
    return render(request, "workspace/help/guides.html", {"groups": guides_by_audience()})


@login_not_required
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page of help, in the language of the reader."""
    found = guide_named(slug)
    if found is None:
        raise Http404
    text = f"workspace/help/{get_language()}/{slug}.html"
    siblings = [each for each in GUIDES if each.audience is found.audience and each is not found]
    return render(request, "workspace/help/guide.html", {"guide": found, "text": text, "siblings": siblings})
