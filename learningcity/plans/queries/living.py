"""A whole plan, read at once: the six fields of action with their objectives, targets, actions, and the small wins."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from learningcity.opendata.models import Observation
from learningcity.partners.queries import public_commitments, with_outcome
from learningcity.plans.enums import ActionState, Field
from learningcity.plans.models import Action, Objective, Plan, SmallWin, Target
from learningcity.plans.queries.progress import Progress, Reading, progress_of
from learningcity.sources.models import Source


@dataclass(frozen=True, slots=True)
class ObjectiveShown:
    """An objective with how far its targets have come, and what is done for it."""

    objective: Objective
    targets: list[Progress]
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One of the six fields of action; a field without an objective is shown too, because that says something."""

    field: Field
    objectives: list[ObjectiveShown]


@dataclass(frozen=True, slots=True)
class LivingPlan:
    """A plan with everything in it."""

    plan: Plan
    fields: list[FieldShown]
    wins: list[SmallWin]

    @property
    def objectives(self) -> list[ObjectiveShown]:
        return [shown for field in self.fields for shown in field.objectives]

    @property
    def targets(self) -> list[Progress]:
        return [progress for shown in self.objectives for progress in shown.targets]

    @property
    def actions(self) -> list[Action]:
        return [action for shown in self.objectives for action in shown.actions]

    @property
    def reached(self) -> int:
        """How many targets are reached."""
        return sum(1 for progress in self.targets if progress.reading == Reading.REACHED)

    @property
    def actions_by_state(self) -> list[tuple[ActionState, int]]:
        """How many actions are in each state, without the states in which there are none."""
        counts = Counter(action.state for action in self.actions)
        return [(state, counts[state]) for state in ActionState if counts[state]]

    @property
    def sources(self) -> list[Source]:
        """Every source that the plan and its numbers rest on, each once, in the order in which they come."""
        return list(dict.fromkeys(self._sources()))

    def _sources(self) -> Iterator[Source]:
        if self.plan.source:
            yield self.plan.source
        for progress in self.targets:
            yield progress.start.source
            yield from (said.source for said in progress.latest)


def read_plan(plan: Plan, *, on: dt.date) -> LivingPlan:
    """Return a plan with everything in it: its targets measured by the newest numbers, its promises as they stand."""
    objectives = list(Objective.objects.filter(plan=plan).order_by("position", "pk"))
    for objective in objectives:
        # So that the language of the source is known without asking for the plan again.
        objective.plan = plan
    by_pk = {objective.pk: objective for objective in objectives}
    targets: dict[int, list[Progress]] = defaultdict(list)
    for progress in _targets(plan):
        targets[progress.target.objective_id].append(progress)
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in _actions(plan, on):
        action.objective = by_pk[action.objective_id]
        actions[action.objective_id].append(action)
    shown = [ObjectiveShown(one, targets[one.pk], actions[one.pk]) for one in objectives]
    fields = [FieldShown(field, [one for one in shown if one.objective.field == field]) for field in Field]
    return LivingPlan(plan, fields, _wins(plan))


def _targets(plan: Plan) -> list[Progress]:
    targets = list(
        Target.objects.filter(objective__plan=plan)
        .select_related("indicator", "baseline__source", "baseline__indicator", "baseline_source")
        .order_by("position", "pk")
    )
    numbers: dict[int, list[Observation]] = defaultdict(list)
    said = Observation.totals.filter(city=plan.city_id, indicator__in={target.indicator_id for target in targets})
    for one in said.select_related("source", "indicator").order_by("-observed_on", "pk"):
        numbers[one.indicator_id].append(one)
    return [progress_of(target, numbers[target.indicator_id]) for target in targets]


def _actions(plan: Plan, on: dt.date) -> list[Action]:
    """Return the actions of a plan, each with its promise only where both sides have confirmed it."""
    actions = list(
        Action.objects.filter(objective__plan=plan).select_related("organization").order_by("position", "pk")
    )
    public = with_outcome(public_commitments(), on=on).select_related("organization")
    promises = {promise.pk: promise for promise in public.filter(city=plan.city_id)} if actions else {}
    for action in actions:
        action.commitment = promises.get(action.commitment_id)
    return actions


def _wins(plan: Plan) -> list[SmallWin]:
    wins = SmallWin.objects.filter(plan=plan).select_related("action")
    return list(wins.order_by("-happened_on", "-pk"))
