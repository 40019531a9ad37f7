"""Plans by city, and what is due in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from learningcity.cities.models import City
from learningcity.plans.enums import ActionState, PlanState
from learningcity.plans.models import Action, Plan, Target
from learningcity.plans.queries.words import is_late
from learningcity.sources.models import Source


def has_plan() -> Exists:
    """Return the condition that a city, the outer row, has a plan."""
    return Exists(Plan.objects.filter(city=OuterRef("pk")))


def plans_of_city(city: City) -> QuerySet[Plan]:
    """Return every plan of a city: the one in force, then the closed ones, newest first."""
    plans = Plan.objects.filter(city=city).select_related("city", "source")
    return plans.order_by("-state", "-starts_on", "-pk")


def shown_plan(city: City) -> Plan | None:
    """Return the plan that a city is shown with: the one in force, or the newest of those that are closed."""
    return plans_of_city(city).first()


def plan_in_force(place: str) -> Plan | None:
    """Return the plan in force of the city at this address, if it has one."""
    return Plan.objects.filter(city__slug=place, state=PlanState.IN_FORCE).select_related("city", "source").first()


def plans_in_order(language: str) -> QuerySet[Plan]:
    """Return the plans in force, by city in the order of the language, each with what it holds."""
    by_city = ("city__sort_th",) if language == "th" else (Lower("city__name_en"),)
    in_force = Plan.objects.filter(state=PlanState.IN_FORCE).select_related("city", "source")
    return counted(in_force).order_by(*by_city, "pk")


def counted(plans: QuerySet[Plan]) -> QuerySet[Any]:
    """Return the same plans, each with how many objectives, targets and actions it holds, and how many of those are done."""
    done = Q(objectives__actions__state=ActionState.DONE)
    return plans.annotate(
        objective_count=Count("objectives", distinct=True),
        target_count=Count("objectives__targets", distinct=True),
        action_count=Count("objectives__actions", distinct=True),
        done_count=Count("objectives__actions", filter=done, distinct=True),
    )


def sources_of_plans(place: str) -> QuerySet[Source, int]:
    """Return the numbers of the sources that a city's plans rest on."""
    plans = Q(pk__in=Plan.objects.filter(city__slug=place).values("source"))
    starts = Q(pk__in=Target.objects.filter(objective__plan__city__slug=place).values("baseline_source"))
    return Source.objects.filter(plans | starts).values_list("pk", flat=True)


def actions_due(places: Collection[str], *, before: dt.date) -> list[Action]:
    """Return the actions of these cities' plans in force that shall be over by this day and are still open, oldest first."""
    open_ones = Action.objects.filter(
        objective__plan__city__slug__in=places,
        objective__plan__state=PlanState.IN_FORCE,
        state__in=[ActionState.PLANNED, ActionState.UNDER_WAY],
        ends_on__lt=before,
    )
    found = open_ones.select_related("objective__plan__city", "objective__plan__source").order_by("ends_on", "pk")
    return [action for action in found if is_late(action, before)]
