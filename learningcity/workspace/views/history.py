"""What a record said, and since when: for those who work on it with names, for everybody without."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation import actions
from learningcity.moderation.models import Revision
from learningcity.moderation.queries import record_or_none, revisions_of
from learningcity.moderation.registry import Kind, address_of, authority
from learningcity.workspace.forms.moderating import EraseForm
from learningcity.workspace.queries.history import compared, numbers_in, steps_of
from learningcity.workspace.views.asking import NETWORK, acting, found_record, insist, named_kind

PER_PAGE = 20


@require_safe
def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show every revision with who proposed and approved it, and what differs between any two."""
    of = named_kind(kind)
    revisions = revisions_of(kind, key)
    newest = revisions.first()
    record = record_or_none(of, key)
    if record is None and newest is None:
        raise Http404(key)
    slug = of.place_of(record) if record is not None else newest.place if newest else ""
    who = acting(request)
    if not (who.has_perm("moderation.see_queue", slug) or (record is not None and of.also_by(who, record))):  # type: ignore[arg-type]
        raise PermissionDenied
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    context = shown(of, record, key) | {
        "page": page,
        "place": slug or NETWORK,
        "title": of.title_of(record) if record is not None else newest.title if newest else "",
        "comparison": compared(of, key, *numbers_in(request.GET)),
        "may_erase": bool(of.personal) and who.has_perm("moderation.erase_names"),
    }
    return render(request, "workspace/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask why, and erase from the history of a record who it named."""
    of = named_kind(kind)
    insist(request, "moderation.erase_names", None)
    if not of.personal or not revisions_of(kind, key).exists():
        raise Http404(key)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_names((kind, key), form.cleaned_data["why"], by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The names are erased from the history."))
            return redirect("record-history", kind, key)
    context = {"kind": of, "key": key, "form": form}
    return render(request, "workspace/erase.html", context, status=400 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft that says what an earlier revision said."""
    revision = get_object_or_404(Revision, pk=pk)
    try:
        proposal = actions.restore(revision, by=acting(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("record-history", revision.kind, revision.key)
    except TransitionNotAllowed:
        messages.error(request, _("You have a change of this waiting. Take it back or wait until it is decided."))
        return redirect("record-history", revision.kind, revision.key)
    return redirect("proposal", proposal.pk)


@login_not_required
@require_safe
def public_history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show what a record said and since when; who wrote it is nobody's business."""
    of = named_kind(kind)
    record = found_record(of, key)
    if not address_of(kind, record):
        raise Http404(key)
    page = Paginator(revisions_of(kind, key), PER_PAGE).get_page(request.GET.get("page"))
    context = shown(of, record, key) | {
        "page": page,
        "steps": steps_of(of, record, list(page)),
        "title": of.title_of(record),
        "place_name": authority().name_of(of.place_of(record)),
    }
    return render(request, "workspace/public_history.html", context)


def shown(kind: Kind, record: Any, key: str) -> dict[str, Any]:
    return {"kind": kind, "key": key, "public_address": address_of(kind.name, record) if record is not None else ""}
