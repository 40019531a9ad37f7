"""Plans in words, the same on the page and on paper."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator
from learningcity.plans.enums import ActionState
from learningcity.plans.models import Action, Plan
from learningcity.plans.queries.progress import Measure, Progress, Reading, last_day


def number_words(value: object, indicator: Indicator, qualifier: str = Qualifier.EXACT) -> str:
    """Return a number with its unit, and with what the source says of how exact it is."""
    before = "" if qualifier == Qualifier.EXACT else f"{Qualifier(qualifier).label} "
    return f"{before}{shown_number(value)} {indicator.unit}".strip()  # type: ignore[arg-type]


def measure_words(measure: Measure, indicator: Indicator) -> str:
    """Return a measured number in words."""
    return number_words(measure.value, indicator, measure.qualifier)


def target_words(progress: Progress) -> str:
    """Return the number that shall be reached in words."""
    return number_words(progress.target.value, progress.target.indicator)


def reading_words(progress: Progress) -> str:
    """Return what the newest number says of a target."""
    said = {
        Reading.UNMEASURED: _("Not measured since the start."),
        Reading.CONTRADICTED: _("The newest numbers contradict each other."),
        Reading.REACHED: _("Reached."),
        Reading.UNCHANGED: _("As at the start."),
        Reading.FURTHER: _("Further away than at the start."),
    }
    if progress.reading != Reading.CLOSER:
        return said[progress.reading]
    share = progress.share or 0
    if share >= 1:
        # As far as a vague number can say.
        return _("Probably reached; the newest number is not exact.")
    # Never rounded up to what is not yet true.
    return _("%(percent)s%% of the way.") % {"percent": int(share * 100)}


def plan_period(plan: Plan) -> str:
    """Return from when to when a plan is made."""
    start, end = shown_date(plan.starts_on, plan.starts_precision), shown_date(plan.ends_on, plan.ends_precision)
    return f"{start} – {end}"


def action_period(action: Action) -> str:
    """Return from when to when an action is meant to last, as far as that is known."""
    start = action.starts_on and shown_date(action.starts_on, action.starts_precision)
    end = action.ends_on and shown_date(action.ends_on, action.ends_precision)
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("from %(day)s") % {"day": start}
    return _("until %(day)s") % {"day": end} if end else ""


def action_owner(action: Action) -> str:
    """Return who sees to an action."""
    return str(action.organization or action.get_role_display())


def is_late(action: Action, on: dt.date) -> bool:
    """Tell whether the time of an action is over while it is neither done nor stopped."""
    is_open = action.state in (ActionState.PLANNED, ActionState.UNDER_WAY)
    return bool(is_open and action.ends_on and last_day(action.ends_on, action.ends_precision) < on)
