import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from learningcity.cities.models import Role
from learningcity.cities.queries import (
    holdings_of,
    holds,
    is_secretariat,
    role_history_of,
    roles_of,
    sources_of,
    team_of,
)
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_driving_body, make_milestone, make_office, make_profile, make_role

pytestmark = pytest.mark.django_db

START, END = dt.date(2024, 1, 1), dt.date(2025, 6, 1)
TODAY = timezone.localdate()
IN_A_MONTH = TODAY + dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("on", "held"),
    [(dt.date(2023, 12, 31), 0), (START, 1), (dt.date(2025, 5, 31), 1), (END, 0)],
)
def test_roles_of_hold_from_the_first_day_until_before_the_last(on, held):
    role = make_role(starts_on=START, ends_on=END)

    assert roles_of(role.user, on=on).count() == held


def test_roles_of_hold_today_when_no_day_is_named():
    role = make_role()

    assert list(roles_of(role.user)) == [role]


def test_role_history_of_holds_ended_roles_too():
    user = make_user()
    old, new = make_role(user=user, ends_on=END), make_role(user=user, starts_on=END)

    assert list(role_history_of(user)) == [new, old]


def test_holdings_of_name_the_whole_network_for_the_secretariat():
    role = make_role(kind="secretariat")

    with translation.override("en"):
        assert [(holding.title, holding.place) for holding in holdings_of(role.user)] == [
            ("secretariat", "the whole network")
        ]


@pytest.mark.parametrize(("holder", "deputy"), [(None, 1), (TODAY, 0)])
def test_roles_of_a_deputy_hold_only_while_the_role_does(holder, deputy):
    role = make_role(kind="secretariat", ends_on=holder)
    stand_in = make_role(kind="secretariat", deputy_of=role, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=7)).user

    assert (roles_of(stand_in).count(), is_secretariat(stand_in)) == (deputy, bool(deputy))


def test_roles_of_a_deputy_do_not_begin_before_their_day():
    role = make_role()
    tomorrow = TODAY + dt.timedelta(days=1)
    stand_in = make_role(city=role.city, deputy_of=role, starts_on=tomorrow, ends_on=IN_A_MONTH).user

    assert (roles_of(stand_in).count(), roles_of(stand_in, on=tomorrow).count()) == (0, 1)


def test_holds_is_said_of_a_role_of_ones_own_and_not_of_a_deputy():
    role = make_role()
    stand_in = make_role(city=role.city, deputy_of=role, starts_on=TODAY, ends_on=IN_A_MONTH)

    assert (holds(role.user, role), holds(stand_in.user, stand_in), holds(stand_in.user, role)) == (True, False, False)


def test_team_of_holds_the_people_of_ones_own_cities_now_and_later():
    mine, later = make_role(), make_role(starts_on=TODAY + dt.timedelta(days=1))
    Role.objects.filter(pk=later.pk).update(city=mine.city)
    make_role(city=mine.city, ends_on=TODAY)
    make_role()

    assert [role.pk for role in team_of(mine.user)] == [mine.pk, later.pk]


def test_sources_of_a_city_are_those_its_facts_rest_on():
    city = make_city()
    told = [make_milestone(city=city), make_office(city=city), make_profile(city=city), make_driving_body(city=city)]
    make_milestone()

    assert set(sources_of(city.slug)) == {record.source_id for record in told}


@pytest.mark.parametrize(("kind", "answer"), [("secretariat", True), ("editor", False), ("approver", False)])
def test_is_secretariat_only_with_that_role(kind, answer):
    assert is_secretariat(make_role(kind=kind).user) is answer


def test_permission_to_grant_is_refused_to_who_is_not_signed_in():
    assert not AnonymousUser().has_perm("cities.grant_role")
