import pytest
from allauth.mfa.models import Authenticator

from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def secretary():
    return make_role(kind="secretariat").user


def test_second_factor_is_asked_of_the_secretariat_before_any_page(client, secretary):
    sign_in(client, secretary)

    assert {client.get(path).headers["Location"] for path in ("/", "/account/", "/roles/")} == {"/account/2fa/"}


def test_second_factor_is_asked_of_staff_in_their_language(client):
    sign_in(client, make_user(is_staff=True))

    assert client.get("/en/admin/").headers["Location"] == "/en/account/2fa/"


def test_second_factor_can_be_set_up_without_one(client, secretary):
    sign_in(client, secretary)

    assert client.get("/account/2fa/").status_code == 200


def test_second_factor_is_not_needed_for_signing_out(client, secretary):
    sign_in(client, secretary)

    assert client.post("/account/logout/").headers["Location"] == "/"


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_second_factor_opens_everything(client, secretary, kind):
    Authenticator.objects.create(user=secretary, type=kind, data={"name": "key"})
    sign_in(client, secretary)

    assert client.get("/roles/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, secretary):
    Authenticator.objects.create(user=secretary, type="recovery_codes", data={})
    sign_in(client, secretary)

    assert client.get("/roles/").headers["Location"] == "/account/2fa/"


def test_second_factor_is_not_asked_of_a_city_officer(client):
    sign_in(client, make_role(kind="editor").user)

    assert client.get("/account/").status_code == 200


def test_second_factor_is_not_asked_of_a_former_secretary(client):
    sign_in(client, make_role(kind="secretariat", ends_on="2024-06-01").user)

    assert client.get("/account/").status_code == 200
