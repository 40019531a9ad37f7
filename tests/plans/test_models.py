import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from learningcity.plans.models import Plan
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator
from tests.factories.plans import make_plan, make_target
from tests.factories.sources import make_source
from tests.plans.trials import TRIALS

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 9, 17)


def start(**changes):
    own = {"baseline_value": 100, "baseline_on": DAY, "baseline_source": make_source(), "indicator": make_indicator()}
    return make_target(**own | changes)


@pytest.mark.parametrize("name", TRIALS)
def test_constraint_holds_against_a_row_that_went_round_the_forms(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        TRIALS[name]()

    assert f'"{name}"' in str(refusal.value)


@pytest.mark.parametrize(
    ("due_on", "precision"), [(dt.date(2024, 1, 1), "year"), (dt.date(2024, 9, 1), "month"), (DAY, "day")]
)
def test_target_may_be_due_in_the_month_or_year_in_which_it_starts(due_on, precision):
    target = start(due_on=due_on, due_precision=precision)

    assert target.pk


@pytest.mark.parametrize(("due_on", "precision"), [(dt.date(2023, 1, 1), "year"), (dt.date(2024, 8, 1), "month")])
def test_target_is_not_due_in_a_month_or_year_before_it_starts(due_on, precision):
    with pytest.raises(IntegrityError, match="plans_target_is_due_after_it_starts"), transaction.atomic():
        start(due_on=due_on, due_precision=precision)


def test_a_city_may_have_closed_plans_beside_the_one_in_force():
    city = make_city()
    make_plan(city=city, state="closed")
    make_plan(city=city, state="closed")
    make_plan(city=city)

    assert Plan.objects.filter(city=city).count() == 3


def test_a_plan_of_the_citys_own_needs_no_source():
    plan = make_plan(source=None, adopted_on=DAY)

    assert str(plan) == plan.title_th
