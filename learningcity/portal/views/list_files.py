"""The lists of the site as files, narrowed as the pages are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from learningcity.cities.models import City
from learningcity.cities.queries import select_cities
from learningcity.common.sending import for_programs
from learningcity.library.queries import select_places, select_resources
from learningcity.opendata.models import DIMENSIONS
from learningcity.opendata.queries import Chosen
from learningcity.opendata.queries.changes import content_version
from learningcity.partners.queries import select_agreements, select_commitments, select_organizations
from learningcity.plans.enums import PlanState
from learningcity.portal.forms.cities import CityFilter
from learningcity.portal.forms.library import LibraryFilter
from learningcity.portal.forms.partners import AgreementFilter, CommitmentFilter, OrganizationFilter
from learningcity.portal.forms.practices import PracticeFilter
from learningcity.portal.forms.sources import SourceFilter
from learningcity.portal.queries.lists import LISTS
from learningcity.portal.views.cities import known_years, period
from learningcity.portal.views.data_files import live_file
from learningcity.practices.queries import select_practices

# Numbers that count everybody.
TOTALS: Chosen = dict.fromkeys(DIMENSIONS, ("",))


def cities(request: HttpRequest) -> Chosen:
    today = timezone.localdate()
    selection = CityFilter(request.GET, years=known_years(today, content_version(), period())).selection()
    return chosen(selection, lambda: select_cities(selection, on=today))


def numbers(request: HttpRequest) -> Chosen:
    return {**TOTALS, **rows_of_city(request)}


def rows_of_city(request: HttpRequest) -> Chosen:
    """Choose the rows of the city for which a file is asked, if for one.

    :raises Http404: if there is no such city; a file has no room to say so.
    """
    slug = request.GET.get("city", "")
    return {"city": [get_object_or_404(City, slug=slug).slug]} if slug else {}


def practices(request: HttpRequest) -> Chosen:
    selection = PracticeFilter(request.GET).selection()
    return chosen(selection, lambda: select_practices(selection))


def resources(request: HttpRequest) -> Chosen:
    selection = LibraryFilter(request.GET).selection()
    return chosen(selection, lambda: select_resources(selection))


def places(request: HttpRequest) -> Chosen:
    selection = LibraryFilter(request.GET).selection()
    return chosen(selection, lambda: select_places(selection))


def sources(request: HttpRequest) -> Chosen:
    kind = SourceFilter(request.GET).kind_chosen()
    return {"kind": [kind]} if kind else {}


def plans(request: HttpRequest) -> Chosen:
    return {"state": [PlanState.IN_FORCE.value]}


def organizations(request: HttpRequest) -> Chosen:
    selection = OrganizationFilter(request.GET).selection()
    return chosen(selection, lambda: select_organizations(selection))


def agreements(request: HttpRequest) -> Chosen:
    selection = AgreementFilter(request.GET).selection()
    return chosen(selection, lambda: select_agreements(selection, on=timezone.localdate()))


def promises(request: HttpRequest) -> Chosen:
    selection = CommitmentFilter(request.GET).selection()
    return chosen(selection, lambda: select_commitments(selection, on=timezone.localdate()))


def chosen(selection: Any, found: Callable[[], QuerySet[Any]]) -> Chosen:
    """Choose the rows of the records that fit a selection; all, without asking, where nothing is selected."""
    return {} if selection == type(selection)() else {"slug": [*found().order_by().values_list("slug", flat=True)]}


# What a reader chose of a list; all rows of the others.
NARROWED: dict[str, Callable[[HttpRequest], Chosen]] = {
    "cities": cities,
    "facts": numbers,
    "milestones": rows_of_city,
    "practices": practices,
    "learning-resources": resources,
    "learning-places": places,
    "sources": sources,
    "plans": plans,
    "partners": organizations,
    "agreements": agreements,
    "promises": promises,
}


@for_programs
def list_file(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    """Send a list as a file.

    :raises Http404: if there is no such list, or no such kind of file.
    """
    if name not in LISTS:
        raise Http404
    rows = NARROWED[name](request) if name in NARROWED else {}
    return live_file(request, LISTS[name], f"{name}.{extension}", rows)
