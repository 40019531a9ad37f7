"""What waits for a decision, and the page on which it is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation import actions
from learningcity.moderation.models import Proposal
from learningcity.moderation.queries import queue_of, titles_of
from learningcity.workspace.forms.moderating import ApproveForm, QueueFilter, ReasonForm
from learningcity.workspace.queries.places import names_of
from learningcity.workspace.queries.reading import reading_of
from learningcity.workspace.views.asking import acting, visible_proposal

PER_PAGE = 25


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits in the places of this person, the longest waiting first."""
    who = acting(request)
    form = QueueFilter(request.GET)
    page = Paginator(form.chosen(queue_of(who)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page),
        "is_filtered": bool(request.GET.get("city") or request.GET.get("kind")),
    }
    return render(request, "workspace/queue.html", context)


def rows_of(page: Any) -> list[dict[str, Any]]:
    titles, names = titles_of(page), names_of({each.place for each in page})
    return [{"proposal": each, "title": titles[each.pk], "place": names[each.place]} for each in page]


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a proposal changes, and let whoever may decide on it do so."""
    proposal = visible_proposal(request, pk)
    approving = ApproveForm(initial={"publish_at": proposal.publish_at})
    refusing = ReasonForm()
    if request.method == "POST":
        if "send_back" in request.POST:
            refusing = ReasonForm(request.POST)
            answer = send_back(request, proposal, refusing)
        else:
            approving = ApproveForm(request.POST)
            answer = approve(request, proposal, approving)
        if answer:
            return answer
        proposal.refresh_from_db()
    context = reading_of(proposal, acting(request)) | {"approving": approving, "refusing": refusing}
    wrong = approving.errors or refusing.errors
    return render(request, "workspace/decision.html", context, status=400 if wrong else 200)


def approve(request: HttpRequest, proposal: Proposal, form: ApproveForm) -> HttpResponse | None:
    """Publish; return nothing where the page must be shown again with what is wrong."""
    if not form.is_valid():
        return None
    at = form.cleaned_data["publish_at"] if "later" in request.POST else None
    if "later" in request.POST and at is None:
        form.add_error("publish_at", _("Say when, or publish now."))
        return None
    try:
        actions.approve(proposal, at, by=acting(request), seen=seen_in(request))
    except ValidationError as problem:
        add_problem(form, problem)
        return None
    except actions.Overtaken:
        form.add_error(
            None, _("It was overtaken: the page was changed meanwhile. Send it back, so that it can be looked at.")
        )
        return None
    except TransitionNotAllowed:
        return too_late(request)
    messages.success(request, _("It will be published at its time.") if at else _("Published."))
    return redirect("workspace-queue")


def send_back(request: HttpRequest, proposal: Proposal, form: ReasonForm) -> HttpResponse | None:
    """Send it back with the reason; return nothing where there is none."""
    if not form.is_valid():
        return None
    try:
        actions.send_back(proposal, form.cleaned_data["reason"], by=acting(request))
    except TransitionNotAllowed:
        return too_late(request)
    messages.success(request, _("Sent back, with your reason."))
    return redirect("workspace-queue")


def too_late(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Somebody decided on it meanwhile, or it was taken back. Nothing was done."))
    return redirect("workspace-queue")


def seen_in(request: HttpRequest) -> int | None:
    """Return which state of the proposal the page showed; nothing where it does not say."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def add_problem(form: forms.Form, problem: ValidationError) -> None:
    """Say on the form what is wrong, also where it is about a field of another form."""
    for message in dict.fromkeys(problem.messages):
        form.add_error(None, message)
