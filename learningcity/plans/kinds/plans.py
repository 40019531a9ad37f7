"""How a plan is read, typed and written."""

from __future__ import annotations

from typing import Any

from learningcity.cities.models import City
from learningcity.moderation.registry import Values
from learningcity.plans.kinds.writing import write_dates
from learningcity.plans.models import Plan
from learningcity.search.actions import index
from learningcity.sources.actions import named_source
from learningcity.sources.fields import day_value, source_values


def plan_values(plan: Plan) -> Values:
    """Return a plan as its form shows it."""
    return {
        "title_th": plan.title_th,
        "title_en": plan.title_en,
        "starts": day_value(plan.starts_on, plan.starts_precision),
        "ends": day_value(plan.ends_on, plan.ends_precision),
        "adopted": day_value(plan.adopted_on, plan.adopted_precision),
        **source_values(plan.source),
    }


def save_plan(plan: Plan | None, form: Any, place: str) -> Plan:
    """Write a plan; a new one is in force at once."""
    said = form.cleaned_data
    plan = plan or Plan(city=City.objects.get(slug=place))
    plan.title_th, plan.title_en = said["title_th"], said["title_en"]
    plan.source = named_source(said) if said["source"] else None
    write_dates(plan, said, "starts", "ends", "adopted")
    plan.full_clean()
    plan.save()
    index(plan)
    return plan
