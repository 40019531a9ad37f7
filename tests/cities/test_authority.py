"""What moderation and notices learn from the roles."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from learningcity.cities.actions import end_role, hand_over_role, name_deputy
from learningcity.cities.queries.authority import approvers_of, may_approve, may_edit, name_of, places_of
from learningcity.notices.queries import line, newest, notices_of
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("kind", "edits", "approves", "network"),
    [("editor", True, False, False), ("approver", True, True, False), ("secretariat", True, True, True)],
)
def test_authority_follows_from_the_kind_of_role(kind, edits, approves, network):
    role = make_role(kind=kind)
    place = role.city.slug if role.city else make_city().slug

    assert (may_edit(role.user, place), may_approve(role.user, place)) == (edits, approves)
    assert (may_edit(role.user, ""), may_approve(role.user, "")) == (network, network)


@pytest.mark.parametrize("changes", [{"ends_on": TODAY}, {"starts_on": TODAY + dt.timedelta(days=1)}])
def test_authority_is_not_there_before_and_after_the_role(changes):
    role = make_role(**changes)

    assert (may_edit(role.user, role.city.slug), places_of(role.user)) == (False, [])


def test_authority_over_another_city_nobody_has_but_the_secretariat():
    role, elsewhere = make_role(kind="approver"), make_city()

    assert (may_edit(role.user, elsewhere.slug), may_approve(role.user, elsewhere.slug)) == (False, False)


def test_authority_of_a_closed_account_is_none():
    role = make_role(user=make_user(is_active=False))

    assert not may_edit(role.user, role.city.slug)


def test_places_of_the_secretariat_are_all():
    assert places_of(make_role(kind="secretariat").user) is None


def test_places_of_an_officer_are_the_cities_of_the_roles():
    user, cities = make_user(), [make_city(), make_city()]
    for city in cities:
        make_role(user=user, city=city)

    assert places_of(user) == sorted(city.slug for city in cities)


def test_approvers_of_a_city_without_any_are_the_secretariat():
    editor, secretary = make_role(), make_role(kind="secretariat").user

    assert list(approvers_of(editor.city.slug)) == [secretary]
    approver = make_role(kind="approver", city=editor.city).user
    assert list(approvers_of(editor.city.slug)) == [approver]
    assert list(approvers_of("")) == [secretary]


def test_name_of_a_place_is_that_of_the_city():
    city = make_city(slug="khon-kaen", name_en="Khon Kaen")

    with translation.override("en"):
        assert [str(name_of(place)) for place in ("khon-kaen", "", "gone")] == [
            str(city.name),
            "the whole network",
            "gone",
        ]


def test_notices_about_roles_say_which_and_when_and_lead_to_the_team():
    city = make_city(name_en="Khon Kaen")
    role, user = make_role(city=city), make_user(language="en")
    name_deputy(role, user, TODAY, TODAY + dt.timedelta(days=7), by=role.user)
    hand_over_role(make_role(kind="approver", city=city), user, TODAY, by=make_role(kind="secretariat").user)

    with translation.override("en"):
        titles = [told.title for told in lines(user)]
        assert titles[0].startswith("Handed over to you from ")
        assert titles[0].endswith(": city officer: approver, Khon Kaen")
        assert titles[1].startswith("You stand in as city officer: editor, Khon Kaen, from ")
        assert {told.address for told in lines(user)} == {"/en/roles/team/"}


def test_notice_of_a_role_that_was_taken_back_is_still_about_ones_own():
    role, user = make_role(), make_user()
    deputy = name_deputy(role, user, TODAY, TODAY + dt.timedelta(days=7), by=role.user)

    end_role(deputy, TODAY, by=make_role(kind="secretariat").user)

    assert len(lines(user)) == 1


def lines(user):
    return [line(notice) for notice in newest(notices_of(user), user, 10).notices]
