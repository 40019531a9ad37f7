import datetime as dt
import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.cities.models import City, Profile
from learningcity.cities.queries import (
    attach_stage,
    cities_named,
    joining_years,
    policies_in_order,
    similar_cities,
    word_counts,
)
from learningcity.common.pins import Pin
from learningcity.common.tables import Cell, Column, Table
from learningcity.common.templatetags.parts import city_map
from learningcity.opendata.queries.changes import content_version
from learningcity.portal.exports.cards import draw_card
from learningcity.portal.exports.cloth import standalone_svg
from learningcity.portal.exports.jsonld import city_as_json_ld
from learningcity.portal.forms.cities import CityFilter
from learningcity.portal.queries.cities import cities_listed
from learningcity.portal.queries.city import find_city, read_city_page
from learningcity.portal.views.lists import page_of, wants_fragment

# As many as two columns of them fill a screen.
PAGE_SIZE = 24
# For so many seconds at most, what was read may be shown even if it was changed past the site.
LONGEST_LIFE = 600


def of_city(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the city at this address; lead a reader who knows it by another name to the right one."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **others: Any) -> HttpResponse:
        try:
            return view(request, find_city(slug), **others)
        except City.DoesNotExist:
            return lead_on(request, slug, **others)

    return found


def lead_on(request: HttpRequest, slug: str, **others: Any) -> HttpResponse:
    """Lead to the one city of this name, or say that there is none and which ones come near."""
    named = cities_named(slug)
    if len(named) == 1 and request.resolver_match:
        return redirect(request.resolver_match.view_name, named[0].slug, permanent=True, **others)
    context = {"wanted": slug[:60], "cities": named or similar_cities(slug)}
    return render(request, "portal/city_unknown.html", context, status=404)


@login_not_required
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """Show all cities, or those that a reader chooses."""
    today = timezone.localdate()
    form = CityFilter(request.GET, years=known_years(today, content_version(), period()))
    found = cities_listed(form.selection(), language=get_language() or "th", on=today)
    page = page_of(found, request, size=PAGE_SIZE)
    attach_stage(page, on=today)
    context = {"form": form, "page": page, "pins": pins_of(page), "today": today}
    return render(request, f"portal/cities.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one city with everything that is known of it."""
    try:
        return render(request, "portal/city.html", known_today(slug))
    except City.DoesNotExist:
        return lead_on(request, slug)


@login_not_required
@require_safe
@of_city
def city_print(request: HttpRequest, city: City) -> HttpResponse:
    """Show the same for paper: everything unfolded, the sources numbered at the end."""
    context = {"page": read_city_page(city, on=timezone.localdate()), "city": city}
    return render(request, "portal/city_print.html", context)


@login_not_required
@require_safe
@of_city
def city_profile(request: HttpRequest, city: City, version: int) -> HttpResponse:
    """Show one version of what the city says about itself, and how long each part is."""
    profile = get_object_or_404(Profile.objects.select_related("source"), city=city, version=version)
    versions = Profile.objects.filter(city=city).order_by("-version")
    context = {
        "city": city,
        "profile": profile,
        "policies": policies_in_order(profile),
        "versions": versions,
        "table": word_table(profile),
    }
    return render(request, "portal/city_profile.html", context)


@login_not_required
@require_safe
@of_city
def city_card(request: HttpRequest, city: City) -> HttpResponse:
    """Show the picture with which links to the city's page appear elsewhere."""
    first, second = (city.name.th, city.name.en) if get_language() == "th" else (city.name.en, city.name.th)
    site = settings.SITE_NAME_TH if get_language() == "th" else settings.SITE_NAME_EN
    return HttpResponse(draw_card(city.slug, first, second, site), content_type="image/png")


@login_not_required
@require_safe
@of_city
def city_icon(request: HttpRequest, city: City) -> HttpResponse:
    """Show the city's cloth as the icon of its pages."""
    return HttpResponse(standalone_svg(city.slug), content_type="image/svg+xml")


def word_table(profile: Profile) -> Table:
    """Return how long each part of a profile is, for forms that set a limit."""
    return Table(
        caption=_("Words in each part"),
        columns=(Column(_("Part")), Column(_("Thai"), is_number=True), Column(_("English"), is_number=True)),
        rows=tuple((Cell(count.name), Cell(count.th), Cell(count.en)) for count in word_counts(profile)),
    )


def known_today(slug: str) -> dict[str, Any]:
    return known_of(slug, timezone.localdate(), content_version(), period(), get_language() or "th")


def period() -> int:
    """Return the number of the span of time in which we are; what was read is not kept beyond it."""
    return int(time.monotonic() // LONGEST_LIFE)


@lru_cache(maxsize=4)
def known_years(today: dt.date, version: int, period: int) -> list[int]:
    """Return the years to choose from; they are read again as soon as anything on the site changes."""
    return joining_years(on=today)


@lru_cache(maxsize=128)
def known_of(slug: str, today: dt.date, version: int, period: int, language: str) -> dict[str, Any]:
    """Return what is known of a city and how it is told; both are made anew as soon as anything on the site changes.

    :raises City.DoesNotExist: if there is no city at this address.
    """
    city = find_city(slug)
    page = read_city_page(city, on=today)
    pins = pins_of([city])
    title = _("Where %(city)s lies in Thailand") % {"city": city.name}
    drawn = render_to_string("parts/city_map.html", city_map(pins, title, highlight=city.province_id)) if pins else ""
    known = {"page": page, "city": city, "map": drawn}
    return {
        **known,
        "json_ld": city_as_json_ld(page),
        "glance": render_to_string("portal/city/glance.html", known),
        "article": render_to_string("portal/city/article.html", known),
    }


def pins_of(cities: "Page[City] | list[City]") -> tuple[Pin, ...]:
    """Return a pin for each city of which we know where it lies."""
    return tuple(
        Pin(str(city.name), float(city.latitude), float(city.longitude), reverse("city", args=[city.slug]))
        for city in cities
        if city.latitude is not None and city.longitude is not None
    )
