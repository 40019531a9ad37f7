from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learningcity.imports import exports
from learningcity.imports.models import Import
from learningcity.imports.registry import NotRegistered, Table, table_named

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@require_safe
@never_cache
def import_template(request: HttpRequest, table: str) -> FileResponse:
    """Send the template of a table."""
    chosen = named(table)
    content = exports.template(chosen)
    return FileResponse(content, as_attachment=True, filename=f"{chosen.name}.xlsx", content_type=TYPES["xlsx"])


@require_safe
@never_cache
def import_records(request: HttpRequest, table: str) -> FileResponse:
    """Send what a place says already as a file that an import takes back."""
    chosen, place = named(table), request.GET.get("place", "")
    if not request.user.has_perm("moderation.see_queue", place):  # type: ignore[arg-type]
        raise PermissionDenied
    name = f"{chosen.name}-{place}.xlsx" if place else f"{chosen.name}.xlsx"
    content = exports.records(chosen, place)
    return FileResponse(content, as_attachment=True, filename=name, content_type=TYPES["xlsx"])


@require_safe
@never_cache
def import_answer(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file of an import back with its faults marked."""
    upload = get_object_or_404(Import, pk=pk)
    if not request.user.has_perm("imports.see_import", upload) or not upload.refused or not upload.file:
        raise Http404
    name = f"{upload.name.rpartition('.')[0] or upload.name}-{_('checked')}.{upload.format}"
    return FileResponse(exports.answer(upload), as_attachment=True, filename=name, content_type=TYPES[upload.format])


def named(table: str) -> Table:
    """Return the table of this name.

    :raises Http404: if there is none.
    """
    try:
        return table_named(table)
    except NotRegistered:
        raise Http404(table) from None
