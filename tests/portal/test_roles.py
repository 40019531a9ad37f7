import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone, translation

from learningcity.accounts.models import User
from learningcity.cities.models import Role
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def office(client):
    """A browser in which the secretariat is signed in."""
    user = make_role(kind="secretariat").user
    Authenticator.objects.create(user=user, type="totp", data={})
    client.force_login(user)
    return client


def words(user, of_city, **changes):
    return {
        "email": user.email,
        "kind": "editor",
        "city": of_city.pk,
        "starts_on": "2026-01-01",
        "ends_on": "",
        **changes,
    }


@pytest.mark.parametrize("path", ["/roles/", "/roles/grant/", "/roles/invite/", "/roles/1/end/"])
def test_role_pages_are_closed_to_an_officer(client, path):
    client.force_login(make_role(kind="approver").user)

    assert client.get(path).status_code == 403


@pytest.mark.parametrize("language", ["", "/en"])
def test_role_pages_are_shown_in_both_languages(office, language):
    role = f"/roles/{make_role().pk}"
    paths = ("/roles/", "/roles/grant/", "/roles/invite/", f"{role}/end/", f"{role}/deputy/", f"{role}/hand-over/")

    assert [office.get(language + path).status_code for path in paths] == [200] * 6


def test_account_page_shows_the_secretariat_and_staff_their_doors(office):
    User.objects.update(is_staff=True)

    doors = {door.address for door in office.get("/en/account/").context["doors"]}

    assert doors >= {"/en/roles/", "/en/roles/team/", "/en/admin/"}


@pytest.mark.parametrize("ends_on", [None, TODAY])
def test_account_page_shows_an_officer_the_team_and_not_the_roles_of_all(client, ends_on):
    client.force_login(make_role(ends_on=ends_on).user)

    doors = {door.address for door in client.get("/account/").context["doors"]}

    assert ("/roles/team/" in doors, "/roles/" in doors) == (ends_on is None, False)


def test_roles_cost_the_same_for_one_and_for_three(office, django_assert_num_queries):
    make_role()
    with translation.override("en"), django_assert_num_queries(8):
        office.get("/en/roles/")
    make_role()
    make_role()
    with translation.override("en"), django_assert_num_queries(8):
        office.get("/en/roles/")


def test_roles_with_a_page_that_does_not_exist_show_the_last(office):
    assert office.get("/roles/?page=1000000000").context["page"].number == 1


def test_role_grant_grants_and_leads_back(office):
    user, city = make_user(), make_city()

    response = office.post("/roles/grant/", words(user, city))

    assert response.headers["Location"] == "/roles/"
    assert Role.objects.filter(user=user, city=city, kind="editor").count() == 1


def test_role_grant_with_a_buddhist_year_names_the_christian_one(office):
    response = office.post("/en/roles/grant/", words(make_user(), make_city(), starts_on="2569-01-01"))

    assert response.status_code == 400
    assert response.context["form"].errors["starts_on"] == ["2569 is a Buddhist year; did you mean 2026?"]


def test_role_grant_to_nobody_we_know_keeps_what_was_typed(office):
    response = office.post("/roles/grant/", words(make_user(), make_city(), email="nobody@example.org"))

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["email"])
    assert response.context["form"]["starts_on"].value() == "2026-01-01"


@pytest.mark.parametrize("wrong", [{"city": ""}, {"kind": "secretariat"}, {"ends_on": "2025-01-01"}, {"kind": "king"}])
def test_role_grant_that_contradicts_itself_says_so(office, wrong):
    response = office.post("/roles/grant/", words(make_user(), make_city(), **wrong))

    assert response.status_code == 400
    assert Role.objects.filter(kind="editor").count() == 0


def test_role_grant_of_a_role_held_already_says_so(office):
    role = make_role()

    response = office.post("/en/roles/grant/", words(role.user, role.city))

    assert response.context["form"].non_field_errors() == ["This person already holds this role."]


def test_role_end_ends_it(office):
    role = make_role()

    response = office.post(f"/roles/{role.pk}/end/", {"on": TODAY.isoformat()})

    assert response.headers["Location"] == "/roles/"
    assert Role.objects.get(pk=role.pk).ends_on == TODAY


def test_role_end_of_the_last_secretary_says_why_not(office):
    role = Role.objects.get(kind="secretariat")

    response = office.post(f"/roles/{role.pk}/end/", {"on": TODAY.isoformat()})

    assert (response.status_code, len(response.context["form"].non_field_errors())) == (400, 1)


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999"])
def test_role_end_of_no_role_is_not_found(office, pk):
    assert office.get(f"/roles/{pk}/end/").status_code == 404
