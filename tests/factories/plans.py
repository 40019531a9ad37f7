import datetime as dt
from itertools import count
from typing import Any

from learningcity.plans.models import Action, Objective, Plan, SmallWin, Target
from tests.factories.cities import make_city
from tests.factories.opendata import make_observation
from tests.factories.sources import make_source

_numbers = count(1)


def make_plan(**changes: Any) -> Plan:
    """Make a plan in force from October 2566 to September 2570, as a source tells it."""
    number = next(_numbers)
    if "city" not in changes:
        changes["city"] = make_city()
    if "source" not in changes:
        changes["source"] = make_source()
    return Plan.objects.create(
        **{
            "title_th": f"แผนเมือง {number:04}",
            "title_en": f"City plan {number:04}",
            "starts_on": dt.date(2023, 10, 1),
            "ends_on": dt.date(2027, 9, 30),
            **changes,
        }
    )


def make_objective(**changes: Any) -> Objective:
    number = next(_numbers)
    if "plan" not in changes:
        changes["plan"] = make_plan()
    return Objective.objects.create(
        **{
            "field": "accessibility",
            "title_th": f"เป้าประสงค์ {number:04}",
            "title_en": f"Objective {number:04}",
            **changes,
        }
    )


def make_target(**changes: Any) -> Target:
    """Make a target that starts from a published number of the city: from 100 on 17 September 2567 to 200 in 2570."""
    if "objective" not in changes:
        changes["objective"] = make_objective()
    if "baseline" not in changes and "baseline_value" not in changes:
        changes["baseline"] = make_observation(city=changes["objective"].plan.city)
    if "indicator" not in changes:
        changes["indicator"] = changes["baseline"].indicator
    return Target.objects.create(**{"value": 200, "due_on": dt.date(2027, 1, 1), "due_precision": "year", **changes})


def make_action(**changes: Any) -> Action:
    """Make a planned action that the city's editor owns."""
    number = next(_numbers)
    if "objective" not in changes:
        changes["objective"] = make_objective()
    return Action.objects.create(
        **{
            "title_th": f"กิจกรรม {number:04}",
            "title_en": f"Action {number:04}",
            "role": "" if "organization" in changes else "editor",
            **changes,
        }
    )


def make_win(**changes: Any) -> SmallWin:
    number = next(_numbers)
    if "plan" not in changes:
        changes["plan"] = make_plan()
    return SmallWin.objects.create(
        **{
            "note_th": f"ก้าวเล็ก ๆ {number:04}",
            "note_en": f"Small win {number:04}",
            "happened_on": dt.date(2024, 12, 5),
            **changes,
        }
    )
