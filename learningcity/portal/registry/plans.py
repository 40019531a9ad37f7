"""Plans: how the search knows them, where their facts are shown, and on which page each part of one stands."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcity.moderation import registry as moderation
from learningcity.plans.models import Action, Objective, Plan, SmallWin, Target
from learningcity.portal.registry.documents import address, bodies
from learningcity.search.registry import Entry, register
from learningcity.sources.registry import Display, show


def show_plans() -> None:
    """Tell search, sources and moderation where plans are."""
    register("plan", _("Plans"), Plan, plan_documents)
    show(Plan, Display(lambda plan: f"{plan.city}: {plan.title}", plan_address, ("city", "source")))
    start = Display(lambda target: f"{target.objective.plan.city}: {target.indicator}", target_address, START)
    show(Target, start, field="baseline_source")
    moderation.show("plan", plan_address)
    moderation.show("objective", lambda objective: f"{plan_address(objective.plan)}#objective-{objective.pk}")
    moderation.show("action", lambda action: f"{plan_address(action.objective.plan)}#objective-{action.objective_id}")
    moderation.show("small-win", lambda win: f"{plan_address(win.plan)}#small-wins")


START = ("indicator", "objective__plan__city")


def plan_address(plan: Plan) -> str:
    """Return the address of a plan: that of its city for the plan in force, one of its own for an older one."""
    if plan.state == "in_force":
        return reverse("city-plan", args=[plan.city.slug])
    return reverse("city-plan-older", args=[plan.city.slug, plan.pk])


def target_address(target: Target) -> str:
    return f"{plan_address(target.objective.plan)}#objective-{target.objective_id}"


def plan_documents(plans: QuerySet[Plan]) -> Iterator[Entry]:
    """Describe plans with their objectives, actions and small wins."""
    parts: list[Prefetch[Any]] = [
        Prefetch("objectives", Objective.objects.order_by("position", "pk")),
        Prefetch("objectives__actions", Action.objects.order_by("position", "pk")),
        Prefetch("wins", SmallWin.objects.order_by("-happened_on", "-pk")),
    ]
    for plan in plans.select_related("city", "source").prefetch_related(*parts).iterator(chunk_size=200):
        yield Entry(
            key=str(plan.pk),
            address=_neutral_address(plan),
            title_th=plan.title_th,
            title_en=plan.title_en,
            city=plan.city.slug,
            date=plan.starts_on,
            date_precision=plan.starts_precision,
            **bodies(partial(plan_texts, plan)),
        )


def plan_texts(plan: Plan, language: str) -> Iterator[object]:
    yield plan.city.name
    for objective in plan.objectives.all():
        yield from (objective.get_field_display(), objective.title, objective.why)
        for action in objective.actions.all():
            yield from (action.title, action.text)
    yield from (win.note for win in plan.wins.all())


def _neutral_address(plan: Plan) -> str:
    if plan.state == "in_force":
        return address("city-plan", plan.city.slug)
    return address("city-plan-older", plan.city.slug, str(plan.pk))
