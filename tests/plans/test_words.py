import datetime as dt

import pytest
from django.utils import translation

from learningcity.plans.queries import action_owner, action_period, is_late, plan_period, read_plan, reading_words
from tests.factories.opendata import make_observation
from tests.factories.partners import make_organization
from tests.factories.plans import make_action, make_objective, make_plan, make_target

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 9, 17)
YEAR = {"starts_precision": "year", "ends_precision": "year"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "Not measured since the start."),
        ([(199, "exact")], "99% of the way."),
        ([(200, "exact")], "Reached."),
        ([(200, "about")], "Probably reached; the newest number is not exact."),
        ([(100, "exact")], "As at the start."),
        ([(90, "exact")], "Further away than at the start."),
        ([(150, "exact"), (160, "exact")], "The newest numbers contradict each other."),
    ],
)
def test_reading_is_told_in_words_and_never_rounded_up(numbers, words):
    objective = make_objective()
    start = make_observation(city=objective.plan.city, value=100)
    make_target(objective=objective, baseline=start, value=200)
    for value, qualifier in numbers:
        said = {"indicator": start.indicator, "value": value, "qualifier": qualifier}
        make_observation(city=objective.plan.city, observed_on=LATER, **said)

    progress = read_plan(objective.plan, on=LATER).targets[0]

    assert reading_words(progress) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, ""),
        ({"starts_on": dt.date(2025, 1, 1)}, "from 2025"),
        ({"ends_on": dt.date(2026, 1, 1)}, "until 2026"),
        ({"starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2026, 1, 1)}, "2025 – 2026"),
    ],
)
def test_period_of_an_action_says_what_is_known_of_it(dates, words):
    assert action_period(make_action(**YEAR, **dates)) == words


def test_period_of_a_plan_is_told_in_the_calendar_of_the_reader():
    plan = make_plan(starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2027, 1, 1), **YEAR)

    assert plan_period(plan) == "2023 – 2027"
    with translation.override("th"):
        assert plan_period(plan) == "พ.ศ. 2566 – พ.ศ. 2570"


def test_owner_is_a_role_or_an_organization():
    assert action_owner(make_action(role="approver")) == "the city's officer (approver)"
    assert action_owner(make_action(organization=make_organization(name_en="Sample University"))) == "Sample University"


@pytest.mark.parametrize(
    ("state", "ends_on", "late"),
    [
        ("planned", dt.date(2025, 1, 1), True),
        ("under_way", dt.date(2025, 1, 1), True),
        ("under_way", dt.date(2026, 1, 1), False),
        ("done", dt.date(2025, 1, 1), False),
        ("under_way", None, False),
    ],
)
def test_action_is_late_after_its_last_day_while_it_is_open(state, ends_on, late):
    action = make_action(state=state, ends_on=ends_on, ends_precision="year")

    assert is_late(action, LATER) is late


def test_target_is_named_by_its_indicator_and_number():
    target = make_target()
    target.refresh_from_db()

    assert str(target) == f"{target.indicator}: 200"
