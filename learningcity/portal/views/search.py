from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.cities.models import City
from learningcity.common.thai.words import clean
from learningcity.portal.views.errors import NothingHere
from learningcity.portal.views.lists import wants_fragment
from learningcity.search.queries import PAGE, Results, search as find
from learningcity.search.registry import sources

# What is shown of a word that nobody can mean.
LONGEST_ECHO = 60


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers a query, of everything that is public."""
    asked = " ".join(clean(request.GET.get("q", "")).split())
    kind, city, unknown = filters_of(request)
    wanted = request.GET.get("page", "1")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 0
    results = find(asked, language=get_language() or "th", kind=kind, city=city.slug if city else None, page=page)
    if page != results.page:
        raise NothingHere(
            _("This list has no page “%(wanted)s”; its last page is %(last)s.")
            % {"wanted": wanted[:12], "last": results.pages}
        )
    context = {
        "results": results,
        "page": Paginator(range(results.count), PAGE).page(results.page),
        "was_changed": results.query != asked,
        "kind": kind,
        "city": city,
        "unknown": unknown,
        **cities_of(results),
    }
    return render(request, f"portal/search.html{'#results' if wants_fragment(request) else ''}", context)


def filters_of(request: HttpRequest) -> tuple[str | None, City | None, list[str]]:
    """Return the kind and the city that the results are narrowed to, and what was asked for but is not known."""
    unknown = []
    kind, city = request.GET.get("kind", ""), None
    if kind and kind not in {source.kind for source in sources()}:
        unknown.append(kind[:LONGEST_ECHO])
        kind = ""
    if slug := request.GET.get("city", ""):
        city = City.objects.filter(slug=slug).first()
        if city is None:
            unknown.append(slug[:LONGEST_ECHO])
    return kind or None, city, unknown


def cities_of(results: Results) -> dict[str, Any]:
    """Return the cities to which the shown results belong, and each result with its own."""
    cities = {city.slug: city for city in City.objects.filter(slug__in={hit.city for hit in results.hits})}
    return {"cities": list(cities.values()), "hits": [(hit, cities.get(hit.city)) for hit in results.hits]}
