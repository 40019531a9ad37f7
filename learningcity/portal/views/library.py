"""Places and resources to learn."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.common.pins import Pin
from learningcity.common.week import week_lines
from learningcity.library.models import LearningPlace
from learningcity.library.queries import (
    STAGES,
    cities_with_places,
    counts,
    counts_of_stages,
    find,
    found_in,
    places_by_area,
    resources,
)
from learningcity.portal.exports.jsonld_library import place_as_json_ld, resource_as_json_ld
from learningcity.portal.forms.library import LibraryFilter
from learningcity.portal.queries.library_words import place_facts, resource_facts, terms_of
from learningcity.portal.views.lists import page_of, wants_fragment

PAGE_SIZE = 20
# Places in a table, which is shorter than a list.
MANY = 100


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show all places and resources to learn, or those that a reader chooses; the life stage first."""
    form = LibraryFilter(request.GET)
    chosen = form.selection()
    page = page_of(find(chosen, get_language() or "th"), request, size=PAGE_SIZE)
    counted = counts(chosen)
    form.tell(counted)
    by_stage = counts_of_stages(chosen) if chosen.stage else counted["stage"]
    context = {
        "form": form,
        "page": page,
        "found": found_in(page.object_list),
        "stages": [(stage, by_stage[stage]) for stage in STAGES],
        "chosen": chosen,
        "in_use": [(one, without(request.GET, one.name)) for one in form.in_use()],
    }
    return render(request, f"portal/library/library.html{'#results' if wants_fragment(request) else ''}", context)


def without(asked: QueryDict, name: str) -> str:
    """Return what was asked for without one filter, from the first page on."""
    rest = {one: value for one, value in asked.items() if value and one not in (name, "page")}
    return f"?{urlencode(rest)}" if rest else ""


@login_not_required
@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one resource: what it is, whom it suits, where it is and what may be done with it."""
    shown = get_object_or_404(resources().select_related("city", "source", "photo"), slug=slug)
    kept_in = shown.kept_in  # type: ignore[attr-defined]
    context = {
        "resource": shown,
        "kept_in": kept_in,
        "facts": resource_facts(shown),
        "terms": terms_of(shown),
        "json_ld": resource_as_json_ld(shown, kept_in),
        "today": timezone.localdate(),
    }
    return render(request, "portal/library/resource.html", context)


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place: what there is to learn, whom it suits and how to get there."""
    shown = get_object_or_404(LearningPlace.objects.select_related("city", "source", "photo"), slug=slug)
    context = {
        "place": shown,
        "facts": place_facts(shown),
        "week": week_lines(shown.weekly),
        "json_ld": place_as_json_ld(shown),
        "today": timezone.localdate(),
    }
    return render(request, "portal/library/place.html", context)


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show where places lie: the cities on a map, and a table by city and district; each leads to a map of its surroundings."""
    cities = cities_with_places()
    asked = request.GET.get("city", "")
    chosen = next((city for city, _number in cities if city.slug == asked), None)
    pins = [
        Pin(f"{city.name} ({number})", float(city.latitude), float(city.longitude), f"?city={city.slug}")
        for city, number in cities
        if city.latitude is not None and city.longitude is not None and chosen in (None, city)
    ]
    context = {
        "cities": cities,
        "chosen": chosen,
        "unknown": asked[:60] if asked and not chosen else "",
        "pins": pins,
        "page": page_of(places_by_area(chosen.slug if chosen else ""), request, size=MANY),
    }
    return render(request, "portal/library/places.html", context)
