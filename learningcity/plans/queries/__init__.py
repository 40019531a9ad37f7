"""What may be asked of plans, by noun."""

from learningcity.plans.queries.guide import GUIDES, Guide, guide_to
from learningcity.plans.queries.living import FieldShown, LivingPlan, ObjectiveShown, read_plan
from learningcity.plans.queries.plans import (
    actions_due,
    counted,
    has_plan,
    plan_in_force,
    plans_in_order,
    plans_of_city,
    shown_plan,
    sources_of_plans,
)
from learningcity.plans.queries.progress import Measure, Progress, Reading, last_day, progress_of
from learningcity.plans.queries.words import (
    action_owner,
    action_period,
    is_late,
    measure_words,
    number_words,
    plan_period,
    reading_words,
    target_words,
)

__all__ = [
    "GUIDES",
    "FieldShown",
    "Guide",
    "LivingPlan",
    "Measure",
    "ObjectiveShown",
    "Progress",
    "Reading",
    "action_owner",
    "action_period",
    "actions_due",
    "counted",
    "guide_to",
    "has_plan",
    "is_late",
    "last_day",
    "measure_words",
    "number_words",
    "plan_in_force",
    "plan_period",
    "plans_in_order",
    "plans_of_city",
    "progress_of",
    "read_plan",
    "reading_words",
    "shown_plan",
    "sources_of_plans",
    "target_words",
]
