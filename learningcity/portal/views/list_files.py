"""The lists of the site as files, narrowed as the pages are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.audit.queries import head
from learningcity.awards.queries import editions_in_order
from learningcity.cities.models import City
from learningcity.common.sheets.writing import rows_as_csv, rows_as_xlsx
from learningcity.library.queries import select_places, select_resources
from learningcity.opendata.queries import public_numbers
from learningcity.partners.queries import (
    agreements_in_order,
    commitments_in_order,
    organizations_in_order,
    select_agreements,
    select_commitments,
    select_organizations,
)
from learningcity.plans.queries import plans_in_order
from learningcity.portal.exports import facts, library, lists, partners as rows
from learningcity.portal.forms.cities import CityFilter
from learningcity.portal.forms.library import LibraryFilter
from learningcity.portal.forms.partners import AgreementFilter, CommitmentFilter, OrganizationFilter
from learningcity.portal.forms.practices import PracticeFilter
from learningcity.portal.forms.sources import SourceFilter
from learningcity.portal.queries.cities import cities_listed
from learningcity.portal.queries.lists import milestones_listed, numbers_listed, with_other_names
from learningcity.portal.queries.partners import agreement_lines, promises_of
from learningcity.portal.views.cities import known_years, period
from learningcity.portal.views.sources import sources_chosen
from learningcity.practices.queries import practices_in_order, select_practices

Content = tuple[str, list[str], Iterable[tuple[Any, ...]]]
# So many rows are read at once.
TOGETHER = 500


def cities(request: HttpRequest) -> Content:
    today, language = timezone.localdate(), get_language() or "th"
    form = CityFilter(request.GET, years=known_years(today, head(), period()))
    found = with_other_names(cities_listed(form.selection(), language=language, on=today))
    listed = found.select_related("location_source", "province").iterator(TOGETHER)
    return _("Cities"), lists.city_headings(), lists.city_rows(listed, today)


def numbers(request: HttpRequest) -> Content:
    found = public_numbers(numbers_listed(place_of(request)))
    return _("Numbers"), facts.number_headings(), facts.number_rows(found)


def milestones(request: HttpRequest) -> Content:
    found = milestones_listed(place_of(request)).iterator(TOGETHER)
    return _("Milestones"), facts.milestone_headings(), facts.milestone_rows(found)


def place_of(request: HttpRequest) -> str:
    """Return the city for which a file is asked, or nothing.

    :raises Http404: if there is no such city; a file has no room to say so.
    """
    slug = request.GET.get("city", "")
    return get_object_or_404(City, slug=slug).slug if slug else ""


def practices(request: HttpRequest) -> Content:
    found = practices_in_order(select_practices(PracticeFilter(request.GET).selection()), get_language() or "th")
    listed = found.select_related("city", "source").iterator(TOGETHER)
    return _("Good practices"), lists.practice_headings(), lists.practice_rows(listed)


def resources(request: HttpRequest) -> Content:
    found = select_resources(LibraryFilter(request.GET).selection()).select_related("city", "source")
    listed = found.order_by("sort_th", "pk").iterator(TOGETHER)
    return _("Learning resources"), library.resource_headings(), library.resource_rows(listed)


def places(request: HttpRequest) -> Content:
    found = select_places(LibraryFilter(request.GET).selection()).select_related("city", "source")
    listed = found.order_by("sort_th", "pk").iterator(TOGETHER)
    return _("Learning places"), library.place_headings(), library.place_rows(listed)


def sources(request: HttpRequest) -> Content:
    found = sources_chosen(SourceFilter(request.GET))
    return _("Sources"), lists.source_headings(), lists.source_rows(found.iterator(TOGETHER))


def awards(request: HttpRequest) -> Content:
    found = editions_in_order().select_related("source")
    return _("Awards"), lists.category_headings(), lists.category_rows(found)


def plans(request: HttpRequest) -> Content:
    found = plans_in_order(get_language() or "th").iterator(TOGETHER)
    return _("Plans"), lists.plan_headings(), lists.plan_rows(found)


def organizations(request: HttpRequest) -> Content:
    found = select_organizations(OrganizationFilter(request.GET).selection()).select_related("home")
    listed = organizations_in_order(found, get_language() or "th")
    return _("Partners"), rows.organization_headings(), rows.organization_rows(listed.iterator(TOGETHER))


def agreements(request: HttpRequest) -> Content:
    found = select_agreements(AgreementFilter(request.GET).selection(), on=timezone.localdate())
    listed = agreements_in_order(found.select_related("city"), get_language() or "th")
    return _("Agreements"), rows.agreement_headings(), rows.agreement_rows(agreement_lines(listed))


def promises(request: HttpRequest) -> Content:
    found = select_commitments(CommitmentFilter(request.GET).selection(), on=timezone.localdate())
    listed = commitments_in_order(found.select_related("organization", "city"))
    return _("Promises"), rows.promise_headings(), rows.promise_rows(promises_of(listed))


LISTS = {
    "cities": cities,
    "facts": numbers,
    "milestones": milestones,
    "practices": practices,
    "learning-resources": resources,
    "learning-places": places,
    "sources": sources,
    "awards": awards,
    "plans": plans,
    "partners": organizations,
    "agreements": agreements,
    "promises": promises,
}


@login_not_required
@require_safe
def list_file(request: HttpRequest, name: str, extension: str) -> StreamingHttpResponse | FileResponse:
    """Give a list as a CSV or as a workbook.

    :raises Http404: if there is no such list, or no such kind of file.
    """
    if name not in LISTS or extension not in ("csv", "xlsx"):
        raise Http404
    title, headings, content = LISTS[name](request)
    if extension == "xlsx":
        return FileResponse(rows_as_xlsx(title, headings, content), as_attachment=True, filename=f"{name}.xlsx")
    answer = StreamingHttpResponse(rows_as_csv(headings, content), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
