import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin

from learningcity.audit.actions import write
from learningcity.common.admin import Showcase
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = make_user(is_staff=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s3cret"})
    client.force_login(user)
    return client


def test_administration_shows_only_what_was_made_to_be_looked_at():
    assert [model for model, shown in admin.site._registry.items() if not isinstance(shown, Showcase)] == []
    assert Authenticator not in admin.site._registry


def test_administration_opens_every_list_and_every_record(staff):
    rows = {"cities/city": make_city(), "cities/role": make_role(), "audit/entry": write("test", "x:1", by=None)}
    paths = [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry]
    paths += ["/admin/", *(f"/admin/{kind}/{row.pk}/change/" for kind, row in rows.items())]

    assert [path for path in paths if staff.get(path).status_code != 200] == []


def test_administration_finds_what_is_searched(staff):
    city = make_city()

    assert list(staff.get(f"/admin/cities/city/?q={city.slug}").context["cl"].result_list) == [city]


@pytest.mark.parametrize("question", ["password__startswith=argon2", "password__regex=.", "password=x"])
def test_administration_answers_no_question_about_passwords(staff, question):
    assert staff.get(f"/admin/accounts/user/?{question}").status_code == 400


@pytest.mark.parametrize("step", ["add/", "{pk}/delete/"])
def test_administration_changes_nothing(staff, step):
    city = make_city()

    assert staff.post(f"/admin/cities/city/{step.format(pk=city.pk)}", {"post": "yes"}).status_code == 403


def test_administration_is_closed_to_an_officer(client):
    client.force_login(make_role().user)

    assert client.get("/admin/", follow=True).status_code == 403


def test_administration_leads_back_to_where_somebody_wanted_to_go(client):
    sign_in = client.get("/en/admin/cities/city/", follow=True).redirect_chain[-1][0]

    assert sign_in == "/en/account/login/?next=/en/admin/cities/city/"


def test_administration_changes_passwords_where_everybody_does(staff):
    assert staff.get("/admin/password_change/").headers["Location"] == "/account/password/change/"
