"""Deputies, handing over and new accounts, on pages."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone, translation

from learningcity.accounts.models import User
from learningcity.cities.models import Role
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def day(days):
    return (TODAY + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def office(client):
    """A browser in which the secretariat is signed in."""
    user = make_role(kind="secretariat").user
    Authenticator.objects.create(user=user, type="totp", data={})
    client.force_login(user)
    return client


@pytest.fixture
def role(client):
    """The role of somebody who is signed in."""
    role = make_role(kind="approver")
    client.force_login(role.user)
    return role


@pytest.mark.parametrize("language", ["", "/en"])
def test_team_shows_an_officer_what_can_be_done_with_each_role(client, role, language):
    colleague = make_role(city=role.city, user=make_user(name="Sample Colleague")).user

    page = client.get(f"{language}/roles/team/").content.decode()

    assert f'href="{language}/roles/{role.pk}/deputy/"' in page
    assert f'href="{language}/roles/{role.pk}/hand-over/"' in page
    assert (colleague.name in page, colleague.email in page) == (True, False)


def test_team_of_somebody_without_a_role_says_what_a_role_is(client):
    client.force_login(make_user())
    make_role()

    response = client.get("/en/roles/team/")

    assert (list(response.context["own"]), list(response.context["team"])) == ([], [])
    assert "You hold no role of your own" in response.content.decode()


def test_team_costs_the_same_for_one_and_for_three(client, role, django_assert_num_queries):
    with translation.override("en"):
        first = len(queries_of(client, "/en/roles/team/"))
        for _again in range(3):
            make_role(city=role.city, deputy_of=role, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=7))
        assert len(queries_of(client, "/en/roles/team/")) == first


def queries_of(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return asked


@pytest.mark.parametrize("step", ["deputy", "hand-over"])
def test_steps_with_the_role_of_somebody_else_are_closed(client, role, step):
    others = [make_role(kind="approver"), make_role(city=role.city)]

    assert [client.get(f"/roles/{other.pk}/{step}/").status_code for other in others] == [403, 403]
    assert client.get(f"/roles/999999/{step}/").status_code == 404


def test_role_deputy_names_one_and_leads_back(client, role):
    user = make_user()

    words = {"email": user.email.upper(), "starts_on": day(0), "ends_on": day(14)}
    response = client.post(f"/roles/{role.pk}/deputy/", words)

    assert response.headers["Location"] == "/roles/team/"
    assert Role.objects.get(user=user).deputy_of == role


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"email": "nobody@example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"ends_on": day(91)}, "ends_on"),
        ({"ends_on": day(-3)}, "ends_on"),
        ({"starts_on": day(-1)}, "starts_on"),
        ({"starts_on": "31/2/2567"}, "starts_on"),
        ({"ends_on": "2569-12-31"}, "ends_on"),
    ],
)
def test_role_deputy_that_cannot_be_is_refused_at_its_field(client, role, wrong, at):
    words = {"email": make_user().email, "starts_on": day(0), "ends_on": day(14), **wrong}

    response = client.post(f"/roles/{role.pk}/deputy/", words)

    assert (response.status_code, list(response.context["form"].errors)) == (400, [at])
    assert {name: response.context["form"][name].value() for name in words} == words


def test_role_hand_over_gives_it_on_and_leads_back(client, role):
    to = make_user()

    response = client.post(f"/roles/{role.pk}/hand-over/", {"email": to.email, "on": day(0)})

    assert response.headers["Location"] == "/roles/team/"
    assert Role.objects.get(user=to).kind == "approver"
    assert client.get(f"/roles/{role.pk}/hand-over/").status_code == 403


def test_role_hand_over_to_oneself_says_why_not(client, role):
    response = client.post(f"/en/roles/{role.pk}/hand-over/", {"email": role.user.email, "on": day(0)})

    assert response.context["form"].non_field_errors() == ["This person already holds this role."]


def test_role_hand_over_on_a_day_gone_by_is_refused_at_its_field(client, role):
    response = client.post(f"/roles/{role.pk}/hand-over/", {"email": make_user().email, "on": day(-1)})

    assert list(response.context["form"].errors) == ["on"]


def test_steps_of_the_secretariat_lead_back_to_all_roles(office):
    role = make_role()

    response = office.post(f"/roles/{role.pk}/hand-over/", {"email": make_user().email, "on": day(3)})

    assert response.headers["Location"] == "/roles/"


def test_roles_show_who_stands_in_for_whom(office):
    role = make_role(user=make_user(name="Sample Holder"))
    make_role(city=role.city, deputy_of=role, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=7))

    assert "stands in for Sample Holder" in office.get("/en/roles/").content.decode()


def test_person_invite_opens_an_account_and_leads_to_its_role(office, mailoutbox):
    words = {"email": "New.Person@Example.org", "name": "Sample Person", "language": "en"}

    response = office.post("/en/roles/invite/", words)

    user = User.objects.get(email="New.Person@example.org")
    assert response.headers["Location"] == "/en/roles/grant/?email=New.Person%40example.org"
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert office.get(response.headers["Location"]).context["form"]["email"].value() == user.email


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"email": ""}, {"language": "fr"}])
def test_person_invite_that_is_wrong_is_refused_at_its_field(office, mailoutbox, wrong):
    response = office.post("/roles/invite/", {"email": "a@example.org", "name": "", "language": "th", **wrong})

    assert (response.status_code, list(response.context["form"].errors), mailoutbox) == (400, list(wrong), [])


def test_person_invite_of_somebody_who_has_an_account_says_so(office):
    user = make_user()

    response = office.post("/en/roles/invite/", {"email": user.email.upper(), "name": "", "language": "th"})

    assert response.status_code == 400
    assert "There is already an account" in str(response.context["form"].errors)


def test_person_invite_whose_link_was_lost_gets_another_one_by_asking_for_a_password(office, client, mailoutbox):
    office.post("/roles/invite/", {"email": "a@example.org", "name": "", "language": "th"})
    client.logout()

    client.post("/account/password/reset/", {"email": "a@example.org"})

    assert [mail.to for mail in mailoutbox] == [["a@example.org"]] * 2
    assert "/password/reset/key/" in mailoutbox[1].body


def test_person_invite_makes_nobody_staff(office):
    words = {"email": "a@example.org", "name": "", "language": "th", "is_staff": "on", "is_superuser": "on"}

    office.post("/roles/invite/", words)

    user = User.objects.get(email="a@example.org")
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_addresses_cannot_be_tried_out_one_after_another(client, role):
    """Whoever names an account learns whether it exists; of twenty an hour, on both pages together."""
    pages = [f"/roles/{role.pk}/{page}/" for page in ("deputy", "hand-over")]

    answers = [client.post(pages[number % 2], {"email": f"{number}@example.org"}).status_code for number in range(21)]

    assert answers == [400] * 20 + [429]
    assert client.get(pages[0]).status_code == 200


def test_pages_of_roles_say_where_they_are(office):
    role = make_role(kind="approver")

    for path in ("", "grant/", "invite/", "team/", f"{role.pk}/end/", f"{role.pk}/deputy/"):
        trail = office.get(f"/en/roles/{path}").content.decode()
        assert '<li><a href="/en/workspace/">Workspace</a></li>' in trail, path
