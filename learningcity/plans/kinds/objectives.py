"""How an objective with its targets is read, typed and written."""

from __future__ import annotations

from typing import Any

from learningcity.moderation.registry import Values
from learningcity.opendata.models import Indicator
from learningcity.plans.forms.targets import Slot, slot_values
from learningcity.plans.kinds.writing import last_place
from learningcity.plans.models import Objective, Target
from learningcity.plans.queries import plan_in_force
from learningcity.search.actions import index
from learningcity.sources.actions import named_source
from learningcity.sources.fields import SOURCE_FIELDS


def objective_values(objective: Objective) -> Values:
    """Return an objective with its targets as its form shows it."""
    said = {
        "field": objective.field,
        "position": str(objective.position),
        **{name: getattr(objective, name) for name in ("title_th", "title_en", "why_th", "why_en")},
        **dict.fromkeys(SOURCE_FIELDS[1:], ""),
    }
    for target in objective.targets.select_related("indicator", "baseline_source").order_by("position"):
        said |= slot_values(target)
    return said


def save_objective(objective: Objective | None, form: Any, place: str) -> Objective:
    """Write an objective and its targets; a target whose fields were emptied is gone."""
    said = form.cleaned_data
    objective = objective or Objective(plan=plan_in_force(place))
    for name in ("field", "title_th", "title_en", "why_th", "why_en"):
        setattr(objective, name, said[name])
    objective.position = said["position"] or last_place(Objective, plan=objective.plan, field=objective.field) + 1
    objective.full_clean()
    objective.save()
    # All anew: two targets may have changed places.
    objective.targets.all().delete()
    for slot in form.filled:
        save_target(objective, slot, said)
    index(objective.plan)
    return objective


def save_target(objective: Objective, slot: Slot, said: dict[str, Any]) -> Target:
    """Write the target that stands in one slot of the form."""
    value = {name: said[slot.name(name)] for name in ("indicator", "baseline", "start", "start_on", "value", "due")}
    target = Target(
        objective=objective,
        position=slot.position,
        indicator=Indicator.objects.get(slug=value["indicator"]),
        baseline_id=value["baseline"] or None,
        value=value["value"],
        due_on=value["due"].date,
        due_precision=value["due"].precision,
    )
    if not value["baseline"]:
        target.baseline_value = value["start"]
        target.baseline_on, target.baseline_precision = value["start_on"].date, value["start_on"].precision
        target.baseline_source = named_source({**said, "source": said[slot.name("source")]})
    target.full_clean()
    target.save()
    return target
