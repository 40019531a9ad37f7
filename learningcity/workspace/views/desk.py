"""The desk: the first page of everybody who makes content."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.partners.queries import organizations_of
from learningcity.workspace.forms.moderating import CitySearch
from learningcity.workspace.queries import desk as reading
from learningcity.workspace.queries.partners import desk_of_partner
from learningcity.workspace.queries.places import cities_of, oversees
from learningcity.workspace.views.asking import acting

# Few enough that the desk of the secretariat costs the same whether the network has a dozen cities or a thousand.
PER_PAGE = 6


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits, what is missing, what is due, and what happened."""
    who = acting(request)
    cities, everything = cities_of(who), oversees(who)
    form = CitySearch(request.GET) if everything else None
    if form:
        cities = form.narrowed(cities)
    page = Paginator(cities, PER_PAGE).get_page(request.GET.get("page"))
    slugs = [city.slug for city in page]
    is_clerk = organizations_of(who).exists()
    context: dict[str, Any] = {
        "form": form,
        "oversees": everything,
        "is_clerk": is_clerk,
        "page": page,
        "lines": reading.lines_of(list(page), timezone.localdate()),
        "waiting": reading.waiting_for(who),
        "changed": reading.changed_in(None if everything else cities),
        "elsewhere": [] if everything else reading.changed_elsewhere(slugs),
        "practices": [] if everything else reading.practices_elsewhere(slugs),
    }
    if is_clerk and not form and not page.paginator.count:
        context["desk"] = desk_of_partner(who, get_language() or "th")
        return render(request, "workspace/desk_of_clerk.html", context)
    return render(request, "workspace/desk.html", context)
