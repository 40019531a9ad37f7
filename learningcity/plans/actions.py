"""What can be done in plans: one verb, one function, one transaction, one audit entry."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import move
from learningcity.common.text import language_of
from learningcity.plans.enums import ACTION_STEPS, PLAN_STEPS, ActionState, PlanState
from learningcity.plans.models import Action, Plan
from learningcity.search.actions import index


@transaction.atomic
def start_action(action: Action, *, by: User) -> Action:
    """Say that an action has begun, or goes on after it was stopped or called done too early.

    :raises PermissionDenied: if somebody does it who does not edit for the city.
    :raises TransitionNotAllowed: if it is under way already.
    """
    action = _locked_action(action)
    if not by.has_perm("plans.start_action", action):
        raise PermissionDenied
    action.reason_th = action.reason_en = ""
    return move(action, to=ActionState.UNDER_WAY, steps=ACTION_STEPS, by=by)


@transaction.atomic
def finish_action(action: Action, *, by: User) -> Action:
    """Say that an action is done.

    :raises PermissionDenied: if somebody does it who does not edit for the city.
    :raises TransitionNotAllowed: if it is not under way.
    """
    action = _locked_action(action)
    if not by.has_perm("plans.finish_action", action):
        raise PermissionDenied
    return move(action, to=ActionState.DONE, steps=ACTION_STEPS, by=by)


@transaction.atomic
def stop_action(action: Action, reason: str, *, by: User) -> Action:
    """Say that an action goes on no more, and why; everybody reads the reason.

    :raises PermissionDenied: if somebody does it who does not edit for the city.
    :raises ValidationError: if no reason is given.
    :raises TransitionNotAllowed: if it is done or stopped already.
    """
    action = _locked_action(action)
    if not by.has_perm("plans.stop_action", action):
        raise PermissionDenied
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Say why it was stopped.")})
    setattr(action, f"reason_{language_of(reason)}", reason)
    return move(action, to=ActionState.STOPPED, steps=ACTION_STEPS, by=by)


@transaction.atomic
def close_plan(plan: Plan, *, by: User) -> Plan:
    """Close a plan whose time is over or that another one follows; it stays readable.

    :raises PermissionDenied: if somebody does it who does not approve for the city.
    :raises TransitionNotAllowed: if it is closed already.
    """
    plan = _locked_plan(plan)
    if not by.has_perm("plans.close_plan", plan):
        raise PermissionDenied
    plan = move(plan, to=PlanState.CLOSED, steps=PLAN_STEPS, by=by)
    # It stands at an address of its own now.
    index(plan)
    return plan


@transaction.atomic
def reopen_plan(plan: Plan, *, by: User) -> Plan:
    """Put a plan into force again that was closed by mistake.

    :raises PermissionDenied: if somebody does it who does not approve for the city.
    :raises ValidationError: if the city has another plan in force by now.
    :raises TransitionNotAllowed: if it is in force already.
    """
    plan = _locked_plan(plan)
    if not by.has_perm("plans.reopen_plan", plan):
        raise PermissionDenied
    if Plan.objects.filter(city=plan.city_id, state=PlanState.IN_FORCE).exclude(pk=plan.pk).exists():
        raise ValidationError(_("The city has a plan in force already: close that one first."))
    plan = move(plan, to=PlanState.IN_FORCE, steps=PLAN_STEPS, by=by)
    index(plan)
    return plan


def _locked_action(action: Action) -> Action:
    """Return the action as it stands now: what was published meanwhile must not be written over."""
    found = Action.objects.select_related("objective__plan__city").select_for_update(of=("self",))
    return found.get(pk=action.pk)


def _locked_plan(plan: Plan) -> Plan:
    return Plan.objects.select_related("city").select_for_update(of=("self",)).get(pk=plan.pk)
