"""One proposal, from its first word to the moment it is handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation import actions, queries
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import kind_named
from learningcity.workspace.forms.moderating import SubmitForm
from learningcity.workspace.queries.reading import reading_of
from learningcity.workspace.views.asking import acting, is_typed, visible_proposal
from learningcity.workspace.views.editing import filled, receive, sheet_of, show


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to whoever has it in hand, and to all others what it says."""
    found = visible_proposal(request, pk)
    may_write = acting(request).has_perm("moderation.save_draft", found)
    if not is_typed(kind_named(found.kind)) and (request.method == "POST" or (may_write and found.is_writable)):
        # What is proposed are the rows of a file, and whoever goes on with it does so on their page.
        return redirect("import", found.key)
    if request.method == "POST":
        return receive(request, found)
    if found.removes and may_write and found.is_writable:
        return redirect("proposal-submit", pk)
    if not may_write or not found.is_writable:
        return render(request, "workspace/proposal.html", reading_of(found, acting(request)))
    if "check" in request.GET:
        return show_faults(request, found)
    return show(request, sheet_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show once more what would be changed, and hand it in."""
    found = visible_proposal(request, pk)
    if not acting(request).has_perm("moderation.submit", found):
        raise PermissionDenied
    if not found.is_writable:
        return redirect("proposal", pk)
    initial = {"note": found.note, "publish_at": found.publish_at}
    form = SubmitForm(request.POST if request.method == "POST" else None, initial=initial)
    try:
        if request.method == "POST" and form.is_valid():
            actions.submit(found, form.cleaned_data["note"], form.cleaned_data["publish_at"], by=acting(request))
            messages.success(request, _("Handed in. You will be told what becomes of it."))
            return redirect("proposal", pk)
        if request.method != "POST":
            actions.check(found)
    except (ValidationError, actions.Overtaken) as problem:
        return show_faults(request, found, problem)
    except TransitionNotAllowed:
        return redirect("proposal", pk)
    context = reading_of(found, acting(request)) | {"form": form}
    return render(request, "workspace/submit.html", context, status=400 if form.errors else 200)


@require_POST
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_proposal(request, pk)
    try:
        actions.withdraw(found, by=acting(request))
    except TransitionNotAllowed:
        return redirect("proposal", pk)
    messages.success(request, _("Withdrawn. What was typed is kept with the proposal."))
    return redirect("workspace")


@require_POST
def proposal_recall(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_proposal(request, pk)
    try:
        actions.recall(found, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("It was decided on meanwhile."))
    return redirect("proposal", pk)


def show_faults(request: HttpRequest, found: Proposal, problem: Any = None) -> HttpResponse:
    """Show the form with everything that keeps it from being published."""
    kind = kind_named(found.kind)
    record = queries.record_or_none(kind, found.key)
    live = queries.live_values(kind, record)
    form = kind.form({**live, **queries.whole_values(found)}, place=found.place, record=record)
    sheet = sheet_of(found, form=form)
    if form.is_valid():
        sheet.form = filled(kind, queries.whole_values(found), found.place, record)
        sheet.problems = problem.messages if isinstance(problem, ValidationError) else []
    return show(request, sheet, 200 if request.method == "GET" and problem is None else 400)
