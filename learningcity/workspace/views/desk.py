"""The desk: the first page of everybody who makes content."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learningcity.workspace.forms.moderating import CitySearch
from learningcity.workspace.queries import desk as reading
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
    context = {
        "form": form,
        "oversees": everything,
        "page": page,
        "lines": reading.lines_of(list(page), timezone.localdate()),
        "waiting": reading.waiting_for(who),
        "changed": reading.changed_in(None if everything else cities),
        "elsewhere": [] if everything else reading.changed_elsewhere(slugs),
        "practices": [] if everything else reading.practices_elsewhere(slugs),
    }
    return render(request, "workspace/desk.html", context)
