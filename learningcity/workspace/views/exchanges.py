"""Cities that learn from each other: asking for a visit, answering, telling what came of it; mentors and learners."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation.registry import authority
from learningcity.partners import actions
from learningcity.partners.models import MentorPair, StudyVisit
from learningcity.partners.queries import pairs_of_city, visits_of_city
from learningcity.workspace.forms.partners import FollowUpForm, LearnedForm, PairForm, VisitForm, WordsForm
from learningcity.workspace.views.asking import acting
from learningcity.workspace.views.partnering import own_city


@require_http_methods(["GET", "HEAD", "POST"])
def exchanges(request: HttpRequest, place: str) -> HttpResponse:
    """Show the visits and pairs of a city; ask for a visit, or begin to accompany another city."""
    city = own_city(request, place)
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    wish = VisitForm(request.POST if sent == "visit" else None, here=city, instance=StudyVisit(guest=city))
    pair = PairForm(request.POST if sent == "pair" else None, here=city, instance=MentorPair(mentor=city))
    try:
        if sent == "visit" and wish.is_valid():
            actions.request_visit(wish.instance, by=acting(request))
            messages.success(request, _("The other city is asked."))
            return redirect("exchanges", place)
        if sent == "pair" and pair.is_valid():
            actions.pair_mentor(pair.instance, by=acting(request))
            messages.success(request, _("The other city is told."))
            return redirect("exchanges", place)
    except ValidationError as problem:
        (wish if sent == "visit" else pair).add_error(None, ValidationError(problem.messages))
    context = {
        "city": city,
        "visits": visits_of_city(city),
        "pairs": pairs_of_city(city, on=timezone.localdate()),
        "wish": wish,
        "pair": pair,
        "may_pair": acting(request).has_perm("partners.pair_mentor", MentorPair(mentor=city)),
    }
    status = 400 if wish.errors or pair.errors else 200
    return render(request, "workspace/partner/exchanges.html", context, status=status)


@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a visit to the two cities, and what each can do about it."""
    found = own_visit(request, pk)
    return render(request, "workspace/partner/visit.html", forms_of(request, found))


@require_POST
def visit_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Accept or decline a visit, tell what was learned, or what came of it.

    :raises Http404: if there is no such thing to do.
    """
    found = own_visit(request, pk)
    kinds: dict[str, Any] = {
        "accepted": WordsForm,
        "declined": WordsForm,
        "report": LearnedForm,
        "follow-up": FollowUpForm,
    }
    if verb not in kinds:
        raise Http404(verb)
    form = kinds[verb](request.POST)
    if form.is_valid():
        try:
            do(found, verb, form.cleaned_data, request)
        except ValidationError as problem:
            form.add_error(None, ValidationError(problem.messages))
        except TransitionNotAllowed:
            messages.error(request, _("Somebody did this meanwhile."))
            return redirect("visit", pk)
        else:
            messages.success(request, _("It is written down. The other city is told."))
            return redirect("visit", pk)
    return render(request, "workspace/partner/visit.html", forms_of(request, found) | {"failed": form}, status=400)


def do(found: StudyVisit, verb: str, said: dict[str, Any], request: HttpRequest) -> None:
    """Do what the form says."""
    if verb == "report":
        actions.report_visit(found, said["participants"], (said["th"], said["en"]), by=acting(request))
    elif verb == "follow-up":
        actions.follow_up_visit(found, (said["th"], said["en"]), by=acting(request))
    else:
        actions.answer_visit(found, verb, said["words"], by=acting(request))


@require_POST
def pair_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End from today on that one city accompanies another."""
    pair = get_object_or_404(MentorPair.objects.select_related("mentor", "learner"), pk=pk)
    try:
        actions.end_pair(pair, max(timezone.localdate(), pair.starts_on), by=acting(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    ours = next((c for c in (pair.mentor, pair.learner) if authority().may_edit(acting(request), c.slug)), pair.mentor)
    return redirect("exchanges", ours.slug)


def own_visit(request: HttpRequest, pk: int) -> StudyVisit:
    """Return the visit.

    :raises Http404: if there is none to or from a city for which this person acts.
    """
    found = get_object_or_404(StudyVisit.objects.select_related("host", "guest"), pk=pk)
    if not any(authority().may_edit(acting(request), city.slug) for city in (found.host, found.guest)):
        raise Http404
    return found


def forms_of(request: HttpRequest, found: StudyVisit) -> dict[str, Any]:
    """Return a visit with the forms for its next step, as far as this person may take it."""
    user = acting(request)
    ours = found.host if authority().may_edit(user, found.host.slug) else found.guest
    context: dict[str, Any] = {"visit": found, "words": None, "learned": None, "follow_up": None, "failed": None}
    context["ours"] = ours
    if found.state == "requested" and user.has_perm("partners.answer_visit", found):
        context["words"] = WordsForm()
    if found.state == "accepted" and user.has_perm("partners.report_visit", found):
        context["learned"] = LearnedForm(initial={"participants": found.participants})
    if found.state == "done" and user.has_perm("partners.follow_up_visit", found):
        context["follow_up"] = FollowUpForm()
    return context
