import datetime as dt
from decimal import Decimal

import pytest

from learningcity.plans.queries import (
    Reading,
    actions_due,
    plan_in_force,
    plans_in_order,
    read_plan,
    shown_plan,
    sources_of_plans,
)
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_commitment
from tests.factories.plans import make_action, make_objective, make_plan, make_target, make_win
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def plan(city):
    return make_plan(city=city)


@pytest.fixture
def objective(plan):
    return make_objective(plan=plan)


def read(plan):
    return read_plan(plan, on=TODAY)


def told(objective, *numbers, start=100, value=200):
    """Return the progress of a target after these (value, day, qualifier) numbers of the city were published."""
    city = objective.plan.city
    baseline = make_observation(city=city, value=start)
    make_target(objective=objective, baseline=baseline, value=value)
    for number, day, qualifier in numbers:
        make_observation(city=city, indicator=baseline.indicator, value=number, observed_on=day, qualifier=qualifier)
    return read(objective.plan).targets[0]


LATER, LATEST = dt.date(2025, 9, 17), dt.date(2026, 9, 17)


def test_progress_without_a_newer_number_is_not_measured(objective):
    progress = told(objective)

    assert (progress.reading, progress.share, progress.now) == (Reading.UNMEASURED, None, None)


def test_progress_takes_the_newest_number(objective):
    progress = told(objective, (120, LATER, "exact"), (150, LATEST, "exact"))

    assert (progress.reading, progress.share, progress.now.value) == (Reading.CLOSER, 0.5, 150)


def test_progress_ignores_numbers_from_before_the_start(objective):
    progress = told(objective, (300, dt.date(2020, 1, 1), "exact"))

    assert progress.reading == Reading.UNMEASURED


def test_progress_ignores_the_numbers_of_other_cities(objective):
    baseline = make_observation(city=objective.plan.city)
    make_target(objective=objective, baseline=baseline)
    make_observation(indicator=baseline.indicator, observed_on=LATEST, value=900)

    assert read(objective.plan).targets[0].reading == Reading.UNMEASURED


def test_progress_counts_downwards_too(objective):
    progress = told(objective, (40, LATEST, "exact"), start=100, value=20)

    assert (progress.reading, progress.share) == (Reading.CLOSER, 0.75)


@pytest.mark.parametrize(
    ("number", "qualifier", "value", "reading"),
    [
        (200, "exact", 200, Reading.REACHED),
        (250, "exact", 200, Reading.REACHED),
        (200, "at_least", 200, Reading.REACHED),
        (200, "more_than", 200, Reading.REACHED),
        (200, "about", 200, Reading.CLOSER),
        (250, "about", 200, Reading.REACHED),
        (250, "less_than", 200, Reading.CLOSER),
        (100, "exact", 200, Reading.UNCHANGED),
        (90, "exact", 200, Reading.FURTHER),
        (20, "exact", 20, Reading.REACHED),
        (20, "less_than", 20, Reading.REACHED),
        (10, "at_least", 20, Reading.CLOSER),
        (120, "exact", 20, Reading.FURTHER),
    ],
)
def test_target_is_reached_only_by_a_number_that_says_so(objective, number, qualifier, value, reading):
    progress = told(objective, (number, LATEST, qualifier), value=value)

    assert progress.reading == reading


def test_sources_that_contradict_each_other_are_both_shown_and_measure_nothing(objective):
    progress = told(objective, (150, LATEST, "exact"), (160, LATEST, "exact"))

    assert (progress.reading, progress.share) == (Reading.CONTRADICTED, None)
    assert [said.value for said in progress.latest] == [150, 160]


def test_sources_that_agree_do_not_contradict_each_other(objective):
    progress = told(objective, (150, LATEST, "exact"), (150, LATEST, "exact"))

    assert (progress.reading, progress.share) == (Reading.CLOSER, 0.5)


def test_target_with_a_start_of_its_own_names_its_source(objective):
    source = make_source()
    make_target(
        objective=objective,
        indicator=make_indicator(),
        baseline_value=Decimal("13.5"),
        baseline_on=dt.date(2024, 1, 1),
        baseline_precision="year",
        baseline_source=source,
    )

    start = read(objective.plan).targets[0].start

    assert (start.value, start.on.year, start.precision, start.source) == (Decimal("13.5"), 2024, "year", source)


@pytest.mark.parametrize(
    ("due_on", "precision", "overdue"),
    [
        (dt.date(2026, 1, 1), "year", False),
        (dt.date(2025, 1, 1), "year", True),
        (dt.date(2026, 11, 1), "month", False),
        (dt.date(2026, 10, 1), "month", True),
        (TODAY, "day", False),
    ],
)
def test_target_is_overdue_after_the_last_day_of_its_date(objective, due_on, precision, overdue):
    make_target(objective=objective, due_on=due_on, due_precision=precision)

    assert read(objective.plan).targets[0].is_overdue(TODAY) is overdue


def test_target_that_is_reached_is_never_overdue(objective):
    progress = told(objective, (200, LATEST, "exact"))

    assert progress.is_overdue(dt.date(2999, 1, 1)) is False


def test_plan_is_read_with_all_six_fields_in_order(plan, objective):
    fields = [field.field.value for field in read(plan).fields]

    assert fields == ["planning", "involvement", "celebration", "accessibility", "monitoring", "funding"]


def test_plan_counts_what_is_in_it(plan, objective):
    told(objective, (200, LATEST, "exact"))
    make_action(objective=objective, state="done")
    make_action(objective=objective)
    make_action(objective=objective)

    living = read(plan)

    assert living.reached == 1
    assert living.actions_by_state == [("planned", 2), ("done", 1)]


def test_plan_shows_only_promises_that_both_sides_confirmed(plan, objective):
    late = make_commitment(city=plan.city, state="confirmed", due_on=dt.date(2026, 1, 1))
    make_action(objective=objective, commitment=late)
    make_action(objective=objective, commitment=make_commitment(city=plan.city))

    confirmed, proposed = read(plan).actions

    assert (confirmed.commitment.outcome, proposed.commitment) == ("late", None)


def test_plan_names_each_source_once(plan, objective):
    told(objective, (150, LATEST, "exact"))
    make_target(objective=objective, position=2, baseline=make_observation(city=plan.city, source=plan.source))

    sources = read(plan).sources

    assert sources[0] == plan.source
    assert len(sources) == len(set(sources)) == 3


def test_small_wins_stand_newest_first(plan):
    old = make_win(plan=plan, happened_on=dt.date(2024, 1, 1))
    new = make_win(plan=plan)

    assert read(plan).wins == [new, old]


def test_texts_of_a_plan_know_the_language_of_its_source_without_asking_again(city, django_assert_num_queries):
    make_action(objective=make_objective(plan=make_plan(city=city, source=make_source(original="th"))))
    living = read(shown_plan(city))

    with django_assert_num_queries(0):
        assert living.actions[0].title.original == living.objectives[0].objective.title.original == "th"


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_takes_six_queries_however_much_is_in_it(plan, rows, django_assert_num_queries):
    for _ in range(rows):
        objective = make_objective(plan=plan)
        told(objective, (150, LATEST, "exact"))
        make_action(objective=objective, commitment=make_commitment(city=plan.city, state="confirmed"))
        make_win(plan=plan)

    # Objectives, targets, numbers, actions, promises, small wins.
    with django_assert_num_queries(6):
        read(plan)


def test_city_is_shown_with_its_plan_in_force(city):
    make_plan(city=city, state="closed", starts_on=dt.date(2026, 1, 1))
    current = make_plan(city=city)

    assert shown_plan(city) == plan_in_force(city.slug) == current


def test_city_without_a_plan_in_force_is_shown_with_its_newest_closed_one(city):
    make_plan(city=city, state="closed", starts_on=dt.date(2017, 1, 1))
    newest = make_plan(city=city, state="closed", starts_on=dt.date(2020, 1, 1))

    assert (shown_plan(city), plan_in_force(city.slug)) == (newest, None)


def test_plans_stand_in_the_order_of_their_cities_with_what_they_hold():
    for name in ("เกาะ", "กา"):
        objective = make_objective(plan=make_plan(city=make_city(name_th=name)))
        make_target(objective=objective)
        make_action(objective=objective, state="done")
        make_action(objective=objective)
    make_plan(state="closed")

    plans = plans_in_order("th")

    assert [plan.city.name_th for plan in plans] == ["กา", "เกาะ"]
    first = plans[0]
    assert (first.objective_count, first.target_count, first.action_count, first.done_count) == (1, 1, 2, 1)


def test_actions_due_are_open_ones_whose_last_day_lies_before(city, objective):
    year = {"ends_on": dt.date(2025, 1, 1), "ends_precision": "year"}
    late = make_action(objective=objective, **year)
    make_action(objective=objective, state="done", **year)
    make_action(objective=objective, ends_on=dt.date(2026, 1, 1), ends_precision="year")
    make_action(**year)

    assert actions_due([city.slug], before=TODAY) == [late]


def test_sources_of_plans_are_those_of_the_plan_and_of_its_own_starts(plan, objective):
    source = make_source()
    own = {"baseline_value": 1, "baseline_on": dt.date(2024, 1, 1), "baseline_source": source}
    make_target(objective=objective, indicator=make_indicator(), **own)
    make_plan()

    assert set(sources_of_plans(plan.city.slug)) == {plan.source_id, source.pk}
