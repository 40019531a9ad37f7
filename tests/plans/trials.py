"""Rows that each constraint of plans refuses, for tests/architecture/test_constraints.py."""

import datetime as dt

from tests.factories import plans
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator
from tests.factories.sources import make_source

DAY = dt.date(2024, 9, 17)
BEFORE = dt.date(2024, 9, 16)


def a_second_plan_in_force():
    city = make_city()
    plans.make_plan(city=city)
    plans.make_plan(city=city)


def two_targets(changes):
    first = plans.make_target()
    plans.make_target(objective=first.objective, **{"position": 2, "due_on": dt.date(2028, 1, 1)} | changes(first))


def a_start_of_its_own(**changes):
    own = {"baseline_value": 100, "baseline_on": DAY, "baseline_source": make_source(), "indicator": make_indicator()}
    plans.make_target(**own | changes)


TRIALS = {
    "plans_plan_has_a_title": lambda: plans.make_plan(title_th="", title_en=""),
    "plans_plan_state_is_known": lambda: plans.make_plan(state="dreamt"),
    "plans_a_city_has_one_plan_in_force": a_second_plan_in_force,
    "plans_plan_has_a_source_or_a_day_of_adoption": lambda: plans.make_plan(source=None),
    "plans_plan_ends_after_it_starts": lambda: plans.make_plan(starts_on=DAY, ends_on=BEFORE),
    "plans_vague_plan_starts_are_stored_alike": lambda: plans.make_plan(starts_on=DAY, starts_precision="year"),
    "plans_vague_plan_ends_are_stored_alike": lambda: plans.make_plan(ends_precision="month"),
    "plans_vague_adoptions_are_stored_alike": lambda: plans.make_plan(adopted_on=DAY, adopted_precision="year"),
    "plans_objective_has_a_title": lambda: plans.make_objective(title_th="", title_en=""),
    "plans_field_of_action_is_one_of_six": lambda: plans.make_objective(field="fun"),
    "plans_targets_of_an_objective_have_distinct_positions": lambda: two_targets(lambda first: {"position": 1}),
    "plans_an_indicator_has_one_target_for_a_date": lambda: two_targets(
        lambda first: {"baseline": first.baseline, "due_on": first.due_on}
    ),
    "plans_target_starts_from_a_sourced_number": lambda: a_start_of_its_own(baseline_source=None),
    "plans_target_differs_from_where_it_starts": lambda: a_start_of_its_own(value=100),
    "plans_target_is_due_after_it_starts": lambda: a_start_of_its_own(due_on=BEFORE, due_precision="day"),
    "plans_vague_baselines_are_stored_alike": lambda: a_start_of_its_own(baseline_precision="month"),
    "plans_vague_due_dates_are_stored_alike": lambda: plans.make_target(due_on=dt.date(2027, 9, 30)),
    "plans_action_has_a_title": lambda: plans.make_action(title_th="", title_en=""),
    "plans_action_has_one_owner": lambda: plans.make_action(role=""),
    "plans_action_state_is_known": lambda: plans.make_action(state="dreamt"),
    "plans_a_stopped_action_says_why": lambda: plans.make_action(state="stopped"),
    "plans_action_ends_after_it_starts": lambda: plans.make_action(starts_on=DAY, ends_on=BEFORE),
    "plans_vague_action_starts_are_stored_alike": lambda: plans.make_action(starts_on=DAY, starts_precision="year"),
    "plans_vague_action_ends_are_stored_alike": lambda: plans.make_action(ends_on=DAY, ends_precision="month"),
    "plans_small_win_says_something": lambda: plans.make_win(note_th="", note_en=""),
    "plans_vague_small_wins_are_stored_alike": lambda: plans.make_win(happened_on=DAY, happened_precision="year"),
}
