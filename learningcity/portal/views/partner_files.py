"""The lists of partners as files, narrowed as the pages are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.sheets.writing import plain, rows_as_csv, rows_as_xlsx
from learningcity.partners.queries import (
    agreements_in_order,
    commitments_in_order,
    organizations_in_order,
    select_agreements,
    select_commitments,
    select_organizations,
)
from learningcity.portal.exports import partners as rows
from learningcity.portal.forms.partners import AgreementFilter, CommitmentFilter, OrganizationFilter
from learningcity.portal.queries.partners import agreement_lines, promises_of

Content = tuple[str, list[str], Iterable[tuple[Any, ...]]]


def organizations(request: HttpRequest) -> Content:
    found = select_organizations(OrganizationFilter(request.GET).selection()).select_related("home")
    listed = organizations_in_order(found, get_language() or "th")
    return _("Partners"), rows.organization_headings(), rows.organization_rows(listed)


def agreements(request: HttpRequest) -> Content:
    found = select_agreements(AgreementFilter(request.GET).selection(), on=timezone.localdate())
    listed = agreements_in_order(found.select_related("city"), get_language() or "th")
    return _("Agreements"), rows.agreement_headings(), rows.agreement_rows(agreement_lines(listed))


def promises(request: HttpRequest) -> Content:
    found = select_commitments(CommitmentFilter(request.GET).selection(), on=timezone.localdate())
    listed = commitments_in_order(found.select_related("organization", "city"))
    return _("Promises"), rows.promise_headings(), rows.promise_rows(promises_of(listed))


LISTS = {"partners": organizations, "agreements": agreements, "promises": promises}


@login_not_required
@require_safe
def partner_list(request: HttpRequest, name: str, extension: str) -> StreamingHttpResponse | FileResponse:
    """Give a list as a CSV or as a workbook.

    :raises Http404: if there is no such list, or no such kind of file.
    """
    if name not in LISTS or extension not in ("csv", "xlsx"):
        raise Http404
    title, headings, content = LISTS[name](request)
    # Read now: when the answer is sent, the language of the reader is forgotten.
    content = [tuple(plain(value) for value in row) for row in content]
    if extension == "xlsx":
        return FileResponse(rows_as_xlsx(title, headings, content), as_attachment=True, filename=f"{name}.xlsx")
    answer = StreamingHttpResponse(rows_as_csv(headings, content), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
