"""What the kinds of plans share."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Model

from learningcity.plans.models import Action, Objective, SmallWin
from learningcity.search.actions import index
from learningcity.sources.fields import day_columns


def remove(record: Objective | Action | SmallWin) -> None:
    """Take a part out of its plan."""
    plan = record.objective.plan if isinstance(record, Action) else record.plan
    record.delete()
    index(plan)


def write_dates(record: Any, said: dict[str, Any], *names: str) -> None:
    """Write dates of a form, known to the day, the month or the year, into the two columns of each."""
    for name in names:
        for column, value in day_columns(f"{name}_on", said[name]).items():
            setattr(record, column, value)


def last_place(model: type[Model], **siblings: Any) -> int:
    """Return the position of the last of these records, 0 if there is none."""
    return model._default_manager.filter(**siblings).aggregate(last=Max("position"))["last"] or 0
