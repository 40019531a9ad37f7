"""A city's plan on one page of paper, for whoever looks for ten seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, ngettext

from learningcity.cities.models import City
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import shown_date
from learningcity.common.typeset import typeset
from learningcity.plans.enums import ActionState, PlanState
from learningcity.plans.models import Action, Plan
from learningcity.plans.queries import (
    LivingPlan,
    Measure,
    ObjectiveShown,
    Progress,
    action_owner,
    action_period,
    is_late,
    measure_words,
    plan_period,
    reading_words,
    target_words,
)
from learningcity.portal.exports.cloth import standalone_svg
from learningcity.sources.models import Source

TEMPLATE = Path(__file__).with_name("plan.typ")
# So many rows never stand on one page; what comes after them is only counted.
MOST_ROWS = 120
MOST_SOURCES = 4
MOST_WINS = 3
# What a mayor must see first, where not everything has room.
FIRST = [ActionState.UNDER_WAY, ActionState.STOPPED, ActionState.PLANNED, ActionState.DONE]


def plan_as_pdf(living: LivingPlan, city: City, *, on: dt.date) -> bytes:
    """Return the plan as one page in the reader's language, a PDF that a screen reader can read."""
    return typeset(TEMPLATE, plan_on_paper(living, city, on=on), language=get_language() or "th", on=on)


def plan_on_paper(living: LivingPlan, city: City, *, on: dt.date) -> dict[str, Any]:
    """Return everything that the page says, in words; it says more first than it may have room for."""
    plan = living.plan
    rows = list(_rows(living, on))
    rows.sort(key=lambda row: row.pop("weight"))
    for rank, row in enumerate(rows):
        row["rank"] = rank
    site = settings.SITE_NAME_TH if get_language() == "th" else settings.SITE_NAME_EN
    return {
        "document": f"{plan.title}, {city.name}",
        "site": str(site),
        "city": str(city.name),
        **_said(plan.title),
        "facts": _facts(living),
        "cloth": standalone_svg(city.slug, 8),
        "rows": sorted(rows[:MOST_ROWS], key=lambda row: row.pop("place")),
        "total": len(rows),
        "more": _("… and {n} more, on the page of the plan."),
        "empty": _("This plan has no objective yet."),
        "sources": _sources(living.sources),
        "note": _("The six fields of action are those of UNESCO (2015). Progress is computed from the newest number."),
        "printed": _("As of %(day)s") % {"day": shown_date(on)},
        "address": settings.SITE_URL + reverse("city-plan", args=[city.slug]),
    }


def _facts(living: LivingPlan) -> list[dict[str, str]]:
    plan, targets = living.plan, living.targets
    states = ", ".join(f"{state.label} {number}" for state, number in living.actions_by_state)
    reached = _("%(number)s, %(reached)s reached") % {"number": len(targets), "reached": living.reached}
    facts = [
        (_("Period"), plan_period(plan)),
        (_("Adopted by the city"), _adopted(plan)),
        (_("State"), str(plan.get_state_display()) if plan.state == PlanState.CLOSED else ""),
        (_("Objectives"), str(len(living.objectives))),
        (_("Targets"), reached if targets else ""),
        (_("Actions"), f"{len(living.actions)} ({states})" if living.actions else ""),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _said(text: LocalText) -> dict[str, str]:
    """Return a text with its language, because where the reader's is missing the other one is read out otherwise."""
    return {"title": str(text), "lang": text.lang}


def _adopted(plan: Plan) -> str:
    return shown_date(plan.adopted_on, plan.adopted_precision) if plan.adopted_on else ""


def _rows(living: LivingPlan, on: dt.date) -> Iterator[dict[str, Any]]:
    """Return every row of the plan with its place on the page, and with its weight: the lightest is shown first."""
    place = 0
    for field in living.fields:
        for number, shown in enumerate(field.objectives):
            for rank, row in _rows_of(shown, on):
                place += 1
                # The first of every field before the second of any, so that no field is missing.
                yield {"section": str(field.field.label), "place": place, "weight": (rank, number, place), **row}
    for number, win in enumerate(living.wins):
        day = shown_date(win.happened_on, win.happened_precision)
        words = {"kind": "win", **_said(win.note), "date": day}
        # The newest few stand before the actions, the others after everything else.
        weight = (2 if number < MOST_WINS else 9, number, 0)
        yield {"section": _("Small wins"), "place": place + number + 1, "weight": weight, **words}


def _rows_of(shown: ObjectiveShown, on: dt.date) -> Iterator[tuple[int, dict[str, Any]]]:
    yield 0, {"kind": "objective", **_said(shown.objective.title)}
    for progress in shown.targets:
        yield 1, _target(progress, on)
    for action in shown.actions:
        weight = 3 if is_late(action, on) else 4 + FIRST.index(ActionState(action.state))
        yield weight, _action(action, on)


def _target(progress: Progress, on: dt.date) -> dict[str, Any]:
    target = progress.target
    numbers = [_dated(progress.start, progress), *(_dated(said, progress) for said in progress.latest)]
    numbers.append(f"{target_words(progress)} ({shown_date(target.due_on, target.due_precision)})")
    return {
        "kind": "target",
        **_said(target.indicator.name),
        "share": progress.share,
        "reading": f"{reading_words(progress)} {_('Its time is over.') if progress.is_overdue(on) else ''}".strip(),
        "numbers": numbers,
    }


def _dated(said: Measure, progress: Progress) -> str:
    return f"{measure_words(said, progress.target.indicator)} ({shown_date(said.on, said.precision)})"


def _action(action: Action, on: dt.date) -> dict[str, Any]:
    promise = ""
    if action.commitment:
        promise = _("with %(organization)s") % {"organization": action.commitment.organization}
    state = str(action.get_state_display())
    if is_late(action, on):
        state = f"{state}, {_('late')}"
    return {
        "kind": "action",
        **_said(action.title),
        "state": capfirst(state),
        "detail": " · ".join(filter(None, (action_owner(action), action_period(action), promise))),
    }


def _sources(sources: list[Source]) -> str:
    named = [", ".join(filter(None, (str(one.title), str(one.publisher)))) for one in sources[:MOST_SOURCES]]
    if rest := len(sources) - len(named):
        named.append(ngettext("… and %(n)s more source", "… and %(n)s more sources", rest) % {"n": rest})
    return f"{_('Sources')}: {' · '.join(named)}" if named else ""
