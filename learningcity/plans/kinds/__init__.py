"""The kinds of records that a plan is made of: each goes through moderation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from learningcity.moderation.registry import Kind, register
from learningcity.plans.forms import ActionForm, ObjectiveForm, PlanForm, SmallWinForm
from learningcity.plans.kinds.actions import action_values, save_action, save_win, win_values
from learningcity.plans.kinds.objectives import objective_values, save_objective
from learningcity.plans.kinds.plans import plan_values, save_plan
from learningcity.plans.kinds.writing import remove
from learningcity.plans.models import Action, Objective, Plan, SmallWin

PLAN = Kind(
    name="plan",
    label=_("plan"),
    plural=_("plans"),
    model=Plan,
    form=PlanForm,
    place_of=lambda plan: plan.city.slug,
    follows=("city", "source"),
    values_of=plan_values,
    records_in=lambda place: (
        Plan.objects.filter(city__slug=place).select_related("city", "source").order_by("-state", "-starts_on", "-pk")
    ),
    save=save_plan,
    begins_in=bool,
)
OBJECTIVE = Kind(
    name="objective",
    label=_("objective"),
    plural=_("objectives"),
    model=Objective,
    form=ObjectiveForm,
    place_of=lambda objective: objective.plan.city.slug,
    follows=("plan__city", "plan__source"),
    values_of=objective_values,
    records_in=lambda place: (
        Objective.objects.filter(plan__city__slug=place)
        .select_related("plan__city", "plan__source")
        .order_by("-plan", "position", "pk")
    ),
    save=save_objective,
    begins_in=bool,
    remove=remove,
)
ACTION = Kind(
    name="action",
    label=_("action of a plan"),
    plural=_("actions of plans"),
    model=Action,
    form=ActionForm,
    place_of=lambda action: action.objective.plan.city.slug,
    follows=("objective__plan__city", "objective__plan__source"),
    values_of=action_values,
    records_in=lambda place: (
        Action.objects.filter(objective__plan__city__slug=place)
        .select_related("objective__plan__city", "objective__plan__source")
        .order_by("-objective__plan", "objective__position", "position", "pk")
    ),
    save=save_action,
    begins_in=bool,
    remove=remove,
)
SMALL_WIN = Kind(
    name="small-win",
    label=_("small win"),
    plural=_("small wins"),
    model=SmallWin,
    form=SmallWinForm,
    place_of=lambda win: win.plan.city.slug,
    follows=("plan__city",),
    values_of=win_values,
    records_in=lambda place: (
        SmallWin.objects.filter(plan__city__slug=place).select_related("plan__city").order_by("-happened_on", "-pk")
    ),
    save=save_win,
    begins_in=bool,
    remove=remove,
)


def register_kinds() -> None:
    """Put everything in a plan under moderation."""
    for kind in (PLAN, OBJECTIVE, ACTION, SMALL_WIN):
        register(kind)
