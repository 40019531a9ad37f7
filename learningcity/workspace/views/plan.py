"""The plan builder: through the six fields of action, from the first sentence to what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.cities.models import City
from learningcity.moderation import actions as moderation
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import Values
from learningcity.plans import actions
from learningcity.plans.enums import PlanState
from learningcity.plans.models import Action, Plan
from learningcity.plans.queries import GUIDES, actions_due, plan_in_force, plans_of_city, read_plan
from learningcity.workspace.forms.plan import BeginActionForm, BeginForm, BeginObjectiveForm, StopForm
from learningcity.workspace.queries.plan import drafts_of, steps_of
from learningcity.workspace.queries.records import may_propose
from learningcity.workspace.views.asking import acting, insist

ACTION_VERBS = {"start": actions.start_action, "finish": actions.finish_action}
PLAN_VERBS = {"close": actions.close_plan, "reopen": actions.reopen_plan}


@require_safe
def plan_builder(request: HttpRequest, place: str) -> HttpResponse:
    """Lead through the six fields of action."""
    city = _own_city(request, place)
    return _builder(request, city)


@require_POST
def plan_begin(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """Begin an objective, an action or a small win with one sentence."""
    city = _own_city(request, place)
    forms: dict[str, type[BeginForm]] = {
        "objective": BeginObjectiveForm,
        "action": BeginActionForm,
        "small-win": BeginForm,
    }
    if kind not in forms:
        raise Http404(kind)
    form = forms[kind](request.POST)
    if not form.is_valid():
        return _builder(request, city, form)
    if kind == "small-win":
        return _hand_in(request, _begun(request, city, kind, form, form.typed("note") | _today()))
    chosen = {name: str(form.cleaned_data[name]) for name in ("field", "objective") if name in form.cleaned_data}
    return redirect("proposal", _begun(request, city, kind, form, form.typed("title") | chosen).pk)


@require_POST
def plan_action_move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say that an action has begun, or that it is done."""
    action = _action(pk)
    if verb not in ACTION_VERBS:
        raise Http404(verb)
    try:
        ACTION_VERBS[verb](action, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("Somebody else was faster; this is how it stands now."))
    return _back(action.objective.plan, action)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_action_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why an action goes on no more, and say so."""
    action = _action(pk)
    insist(request, "plans.stop_action", action)
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stop_action(action, form.cleaned_data["reason"], by=acting(request))
        except TransitionNotAllowed:
            messages.error(request, _("Somebody else was faster; this is how it stands now."))
        return _back(action.objective.plan, action)
    context = {"action": action, "form": form, "city": action.objective.plan.city}
    return render(request, "workspace/plan/stop.html", context, status=400 if form.errors else 200)


@require_POST
def plan_move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Close a plan, or put it into force again."""
    plan = get_object_or_404(Plan.objects.select_related("city"), pk=pk)
    if verb not in PLAN_VERBS:
        raise Http404(verb)
    try:
        PLAN_VERBS[verb](plan, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("Somebody else was faster; this is how it stands now."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return _back(plan)


def _own_city(request: HttpRequest, place: str) -> City:
    """Return the city of this place.

    :raises PermissionDenied: if the person has nothing to do with it.
    """
    insist(request, "moderation.see_queue", place)
    return get_object_or_404(City, slug=place)


def _builder(request: HttpRequest, city: City, form: BeginForm | None = None) -> HttpResponse:
    who, today = acting(request), timezone.localdate()
    plan = plan_in_force(city.slug)
    drafts = drafts_of(city.slug, who)
    closed = list(plans_of_city(city).filter(state=PlanState.CLOSED))
    context: dict[str, Any] = {
        "city": city,
        "plan": plan,
        "steps": steps_of(GUIDES, read_plan(plan, on=today) if plan else None, drafts),
        "plan_drafts": [draft for draft in drafts if draft.kind == "plan"],
        "other_drafts": [draft for draft in drafts if draft.kind in ("action", "small-win")],
        "closed": closed,
        "late": {action.pk for action in actions_due([city.slug], before=today)},
        "may_edit": may_propose(who, city.slug),
        "may_close": plan is not None and who.has_perm("plans.close_plan", plan),
        "may_reopen": any(who.has_perm("plans.reopen_plan", old) for old in closed[:1]),
        "form": form,
    }
    return render(request, "workspace/plan/builder.html", context, status=400 if form else 200)


def _begun(request: HttpRequest, city: City, kind: str, form: BeginForm, values: Values) -> Proposal:
    """Return the draft that begins with these values; two clicks find the same one."""
    who = acting(request)
    proposal = moderation.begin((kind, city.slug, ""), form.cleaned_data["token"], by=who)
    return proposal if proposal.version else moderation.save_draft(proposal, values, 0, by=who).proposal


def _today() -> Values:
    return {"happened": timezone.localdate().isoformat()}


def _hand_in(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Hand a small win in at once; what is wrong with it the long form says."""
    try:
        moderation.submit(proposal, by=acting(request))
    except ValidationError:
        return redirect(f"{reverse('proposal', args=[proposal.pk])}?check=1")
    except TransitionNotAllowed:
        return redirect("proposal", proposal.pk)
    messages.success(request, _("Handed in. It stands in the plan as soon as somebody has approved it."))
    return redirect("plan-builder", proposal.place)


def _action(pk: int) -> Action:
    return get_object_or_404(Action.objects.select_related("objective__plan__city", "objective__plan__source"), pk=pk)


def _back(plan: Plan, action: Action | None = None) -> HttpResponse:
    """Lead back to the builder, to where the person was."""
    where = f"#objective-{action.objective_id}" if action else ""
    return redirect(f"{reverse('plan-builder', args=[plan.city.slug])}{where}")
