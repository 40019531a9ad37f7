"""What is counted in the cities: each indicator, each city, cities beside each other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.cities.models import City
from learningcity.common.sending import for_programs
from learningcity.opendata.models import Indicator
from learningcity.portal.exports import indicator_words as words
from learningcity.portal.exports.charts import DARK, LIGHT
from learningcity.portal.exports.indicator_charts import LOW, TALL, chart_of_latest, chart_of_parts, chart_over_time
from learningcity.portal.exports.indicator_files import picture_of_indicator
from learningcity.portal.exports.jsonld_indicators import indicator_as_json_ld
from learningcity.portal.forms.indicators import CompareForm
from learningcity.portal.queries import indicators as queries
from learningcity.portal.queries.indicators import Place
from learningcity.portal.queries.lists import parts_of_indicator
from learningcity.portal.views.cities import of_city
from learningcity.portal.views.data_files import live_file
from learningcity.portal.views.lists import page_of

# So many cities are shown on a page, each with its chart.
PAGE_SIZE = 24


@login_not_required
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Show all that is counted, and of how many cities."""
    return render(request, "portal/indicators/indicators.html", {"indicators": queries.indicators_listed()})


@login_not_required
@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one indicator: what it is, and all its numbers."""
    found = get_object_or_404(Indicator, slug=slug)
    page, places = _places(request, found)
    context = {
        "indicator": found,
        "page": page,
        "charts": _charts(found, places),
        "table": words.table_over_time(found, places),
        "parts": words.table_of_parts(found, places),
        "files": parts_of_indicator(found.slug),
        "sources": queries.sources_told(places),
        "json_ld": indicator_as_json_ld(found, places),
        "today": timezone.localdate(),
    }
    return render(request, "portal/indicators/indicator.html", context)


@login_not_required
@require_safe
def indicator_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the charts of an indicator as a picture."""
    found = get_object_or_404(Indicator, slug=slug)
    _page, places = _places(request, found)
    tone = DARK if request.GET.get("tone") == "dark" else LIGHT
    return HttpResponse(picture_of_indicator(found, places, tone), content_type="image/svg+xml")


@for_programs
def indicator_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """Send the numbers of an indicator as a file.

    :raises Http404: if there is no such indicator, or no such kind of file.
    """
    found = get_object_or_404(Indicator, slug=slug)
    return live_file(request, "observations", f"{found.slug}.{extension}", {"indicator": [found.slug]})


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the numbers of chosen cities beside each other."""
    form = CompareForm(request.GET)
    places = queries.places_of(form.of, form.chosen) if form.of and form.chosen else []
    context: dict[str, Any] = {"form": form, "indicator": form.of, "places": places}
    if form.of and places:
        drawn = [chart_over_time(form.of, places, TALL), chart_of_latest(form.of, places)]
        context |= {
            "charts": [chart for chart in drawn if chart],
            "table": words.table_over_time(form.of, places),
            "parts": words.table_of_parts(form.of, places),
            "cited": f"{form.of.name}: {', '.join(str(place.of.name) for place in places)}",
            "asked": urlencode([("indicator", form.of.slug), *(("city", place.of.slug) for place in places)]),
            "today": timezone.localdate(),
        }
    return render(request, "portal/indicators/compare.html", context)


@login_not_required
@require_safe
@of_city
def city_indicators(request: HttpRequest, city: City) -> HttpResponse:
    """Show everything that is counted of one city."""
    told = [
        {
            "indicator": one,
            "place": place,
            "chart": chart_over_time(one, [place], 2 * LOW),
            "parts": [chart_of_parts(one, place, table) for table in place.latest_tables],
            "table": words.table_over_time(one, [place]),
            "parts_table": words.table_of_parts(one, [place]),
        }
        for one, place in queries.indicators_of(city)
    ]
    context = {"city": city, "told": told, "today": timezone.localdate()}
    return render(request, "portal/indicators/city.html", context)


def _places(request: HttpRequest, indicator: Indicator) -> tuple[Any, list[Place]]:
    """Return the page of cities that is asked for, and its places; the networks stand on the first page."""
    page = page_of(queries.cities_with(indicator, get_language() or "th"), request, size=PAGE_SIZE)
    networks = queries.networks_with(indicator) if page.number == 1 else []
    return page, queries.places_of(indicator, [*networks, *page])


def _charts(indicator: Indicator, places: list[Place]) -> dict[str, Any]:
    several = [place for place in places if place.dates > 1]
    if len(places) == 1 and several:
        return {"single": chart_over_time(indicator, places, TALL)}
    small = [(place, chart_over_time(indicator, [place], LOW)) for place in several]
    return {
        "latest": chart_of_latest(indicator, places),
        "panels": [{"place": place, "address": words.address_of(place), "chart": chart} for place, chart in small],
    }
