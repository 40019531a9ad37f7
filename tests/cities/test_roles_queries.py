import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from learningcity.cities.queries import holdings_of, is_secretariat, role_history_of, roles_of, speaks_for
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role

pytestmark = pytest.mark.django_db

START, END = dt.date(2024, 1, 1), dt.date(2025, 6, 1)


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


def test_speaks_for_the_city_of_the_role_and_no_other():
    role, elsewhere = make_role(), make_city()

    assert (speaks_for(role.user, role.city), speaks_for(role.user, elsewhere)) == (True, False)


def test_speaks_for_nothing_when_the_account_is_closed():
    role = make_role(user=make_user(is_active=False))

    assert not speaks_for(role.user, role.city)


@pytest.mark.parametrize(("kind", "answer"), [("secretariat", True), ("editor", False), ("approver", False)])
def test_is_secretariat_only_with_that_role(kind, answer):
    assert is_secretariat(make_role(kind=kind).user) is answer


def test_permission_to_grant_is_refused_to_who_is_not_signed_in():
    assert not AnonymousUser().has_perm("cities.grant_role")
