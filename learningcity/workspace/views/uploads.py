"""One file that was brought: what was found in it, and what its columns mean."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learningcity.common.columnar.found import Choices
from learningcity.moderation.registry import authority, kind_named
from learningcity.opendata import actions
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Upload
from learningcity.opendata.queries.following import dataset_before
from learningcity.workspace.queries.columns import (
    COLUMNS_ON_A_PAGE,
    column_rows,
    columns_of,
    remarks_on,
    said_of_columns,
)
from learningcity.workspace.queries.datasets import IN_WORK, KIND
from learningcity.workspace.views.asking import NETWORK, acting

# So much of the first rows is shown.
PREVIEW_ROWS, PREVIEW_COLUMNS = 8, 12


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was found in a file, or how far the reading is; take in what its columns mean."""
    found = visible(request, token)
    if request.method == "POST":
        return describe(request, found)
    if request.htmx and found.standing not in IN_WORK:  # type: ignore[attr-defined]
        # The reading is done: the whole page is another one now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return show(request, found, {})


def show(request: HttpRequest, found: Upload, faults: dict[str, list[str]]) -> HttpResponse:
    """Show a file; with faults, what was typed stands in the boxes still."""
    context: dict[str, Any] = {
        "upload": found,
        "place": found.place or NETWORK,
        "name": authority().name_of(found.place),
        "in_work": found.standing in IN_WORK,
    }
    if context["in_work"]:
        part = request.htmx  # type: ignore[attr-defined]
        return render(request, f"workspace/datasets/{'progress' if part else 'upload'}.html", context)
    if found.standing == Standing.READY:
        context |= findings(request, found, faults)
        before = dataset_before(found)
        context["before"] = before.pk if before else 0
        context["datasets"] = kind_named(KIND).records_in(found.place)
    context["may_write"] = acting(request).has_perm("opendata.upload", found.place)  # type: ignore[arg-type]
    return render(request, "workspace/datasets/upload.html", context, status=400 if faults else 200)


def findings(request: HttpRequest, found: Upload, faults: dict[str, list[str]]) -> dict[str, Any]:
    """Return everything that the page shows of a file that was read."""
    columns = columns_of(found)
    first = first_column(request, len(columns))
    shown = columns[first : first + COLUMNS_ON_A_PAGE]
    after = first + COLUMNS_ON_A_PAGE
    rows = column_rows(found, shown, request.POST, faults)
    return {
        "columns": columns,
        "remarks": remarks_on(found),
        "rows": rows,
        "faults": [fault for row in rows for fault in row.faults],
        "first": first,
        "following": after if after < len(columns) else 0,
        "preceding": max(first - COLUMNS_ON_A_PAGE, 0) if first else None,
        "headings": columns[:PREVIEW_COLUMNS],
        "preview": [row[:PREVIEW_COLUMNS] for row in found.found.get("preview", [])[:PREVIEW_ROWS]],
    }


def first_column(request: HttpRequest, count: int) -> int:
    """Return the first column that is shown: there may be a thousand."""
    said = request.GET.get("from", "")
    wanted = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
    return wanted if wanted < count else 0


def describe(request: HttpRequest, found: Upload) -> HttpResponse:
    """Keep what is said of the columns, and have the file read again if it shall be read otherwise."""
    columns = columns_of(found)
    try:
        found = actions.describe_columns(found, said_of_columns(request.POST, columns), by=acting(request))
    except ValidationError as problem:
        return show(request, found, problem.message_dict)
    sheet = request.POST.get("sheet", "")
    if sheet in found.found.get("sheets", []) and sheet != found.found.get("sheet"):
        # Another sheet has other columns.
        actions.read_again(found, Choices(sheet=sheet), by=acting(request))
    if found.standing == Standing.READY:
        messages.success(request, _("Saved."))
    else:
        messages.success(request, _("Saved. The file is read again as you chose."))
    first = first_column(request, len(columns))
    return redirect(f"{reverse('upload', args=[found.token])}{f'?from={first}' if first else ''}")


@require_POST
def upload_drop(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a file that was brought and is not published."""
    found = visible(request, token)
    actions.drop_upload(found, by=acting(request))
    messages.success(request, _("The file is deleted. What is published stays as it is."))
    return redirect("place-data", found.place or NETWORK)


def visible(request: HttpRequest, token: str) -> Upload:
    """Return an upload.

    :raises Http404: if there is none that this person may see.
    """
    try:
        known = UUID(token)
    except ValueError:
        raise Http404(token) from None
    found = get_object_or_404(Upload.objects.select_related("by"), token=known)
    if not acting(request).has_perm("opendata.see_upload", found):
        raise Http404
    return found
