"""Spreadsheets in: choose a table, bring a file, see what every row would do, and hand it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.common.sheets.guards import Unreadable
from learningcity.imports import actions, queries
from learningcity.imports.enums import IN_WORK, State
from learningcity.imports.models import Import
from learningcity.imports.registry import NotRegistered, Table, table_named, tables
from learningcity.moderation.registry import authority
from learningcity.workspace.forms.imports import SubmitForm, UploadForm
from learningcity.workspace.queries import uploads
from learningcity.workspace.views.asking import acting

PER_PAGE = 50


@require_safe
@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.uploads_in(acting(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(upload, table_named(upload.table).label) for upload in page]
    may = bool(uploads.places_to_write_for(acting(request)))
    return render(
        request, "workspace/imports/list.html", {"page": page, "rows": rows, "tables": tables(), "may_upload": may}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_new(request: HttpRequest, table: str) -> HttpResponse:
    chosen = named(table)
    places = uploads.places_to_write_for(acting(request))
    form = UploadForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            upload = actions.upload_table(said["file"], chosen.name, said["place"], by=acting(request))
        except Unreadable as problem:
            form.add_error("file", str(problem))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("import", upload.pk)
    context = {"form": form, "table": chosen, "may_upload": bool(places)}
    return render(request, "workspace/imports/new.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    upload = visible(request, pk)
    return show(request, upload, SubmitForm(refused=upload.refused))


def show(request: HttpRequest, upload: Import, form: SubmitForm) -> HttpResponse:
    """Show an import: how far it is, or what would become of its rows."""
    context: dict[str, Any] = {
        "upload": upload,
        "table": table_named(upload.table),
        "place": authority().name_of(upload.place),
        "in_work": upload.state in IN_WORK,
    }
    if context["in_work"]:
        context["progress"] = uploads.progress_in_words(upload)
        template = "workspace/imports/progress.html" if request.htmx else "workspace/imports/import.html"  # type: ignore[attr-defined]
        return render(request, template, context)
    if request.htmx:  # type: ignore[attr-defined]
        # The work is done: the whole page is another one now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    user, verdict = acting(request), request.GET.get("show", "")
    columns = uploads.columns_of(upload)
    page = Paginator(queries.rows_of(upload, verdict), PER_PAGE).get_page(request.GET.get("page"))
    proposal = queries.proposal_of(upload)
    context |= {
        "page": page,
        "columns": columns,
        "lines": [uploads.line_of(row, columns) for row in page],
        "counts": uploads.counts_of(upload),
        "verdict": verdict,
        "form": form,
        "proposal": proposal,
        "seen": queries.shown_of(upload),
        "may": {
            "write": user.has_perm("imports.submit_import", upload),
            "decide": proposal is not None and user.has_perm("moderation.approve", proposal),
            "undo": user.has_perm("imports.undo_import", upload),
        },
    }
    return render(request, "workspace/imports/import.html", context, status=400 if form.errors else 200)


@require_POST
def import_submit(request: HttpRequest, pk: int) -> HttpResponse:
    upload = visible(request, pk)
    form = SubmitForm(request.POST, refused=upload.refused)
    if not form.is_valid():
        return show(request, upload, form)
    said = form.cleaned_data
    try:
        actions.submit_import(upload, said["mode"], said["note"], by=acting(request), seen=request.POST.get("seen"))
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return show(request, upload, form)
    except TransitionNotAllowed:
        return too_late(request, upload)
    messages.success(request, _("Handed in. Whoever approves for this place is told."))
    return redirect("import", pk)


@require_POST
def import_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one of the things that need no more than a button."""
    upload = visible(request, pk)
    try:
        done = VERBS[verb](upload, by=acting(request), seen=request.POST.get("seen"))
    except KeyError:
        raise Http404(verb) from None
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except TransitionNotAllowed:
        return too_late(request, upload)
    else:
        if done.state == State.DISCARDED:
            messages.success(request, _("The import is discarded; nothing on the site has changed."))
            return redirect("imports")
    return redirect("import", pk)


VERBS = {
    "check": actions.check_again,
    "apply": actions.apply_import,
    "undo": actions.undo_import,
    "discard": actions.discard_import,
}


def too_late(request: HttpRequest, upload: Import) -> HttpResponse:
    messages.warning(request, _("Somebody was faster, or it is done already. This is how it stands now."))
    return redirect("import", upload.pk)


def visible(request: HttpRequest, pk: int) -> Import:
    """Return an import.

    :raises Http404: if there is none that this person may see.
    """
    upload = get_object_or_404(Import.objects.select_related("by", "progress"), pk=pk)
    if not acting(request).has_perm("imports.see_import", upload):
        raise Http404
    return upload


def named(table: str) -> Table:
    """Return the table of this name.

    :raises Http404: if there is none.
    """
    try:
        return table_named(table)
    except NotRegistered:
        raise Http404(table) from None
