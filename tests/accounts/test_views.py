import json
import re

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from learningcity.accounts.actions import open_account
from learningcity.accounts.models import User
from learningcity.accounts.queries import password_link
from learningcity.audit.models import Entry
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db

ADDRESS, PASSWORD = "officer@example.org", "a long enough password"


@pytest.fixture
def officer():
    return make_user(email=ADDRESS, password=PASSWORD)


def sign_in(client, password=PASSWORD, address=ADDRESS):
    return client.post("/account/login/", {"login": address, "password": password})


@pytest.fixture
def signed_in(client, officer):
    officer.delete()
    user = open_account(User(email=ADDRESS, name="Officer"), by=None)
    user.set_password(PASSWORD)
    user.save()
    sign_in(client)
    return client


@pytest.fixture
def trusted(signed_in):
    """Somebody who has typed the password again just now."""
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    return signed_in


# --- Signing in -------------------------------------------------------------------------------------------------------


def test_login_leads_to_the_account(signed_in):
    assert signed_in.get("/account/").status_code == 200


def test_pages_of_the_account_lead_back_to_it_and_to_the_desk(trusted):
    desk, account = (
        '<li><a href="/en/workspace/">Workspace</a></li>',
        '<li><a href="/en/account/">Your account</a></li>',
    )
    pages = ["data/", "erase/", "2fa/", "sessions/", "password/change/", "email/"]

    told = [trusted.get(f"/en/account/{page}").content.decode() for page in pages]

    assert [(words.count(desk), words.count(account)) for words in told] == [(1, 1)] * 6
    assert '<li aria-current="page">Your account</li>' in trusted.get("/en/account/").content.decode()


def test_login_page_sets_no_session_for_a_stranger(client):
    response = client.get("/account/login/")

    assert set(response.cookies) == {"csrftoken"}


def test_login_with_a_wrong_password_says_so_without_telling_who_exists(client, officer):
    known, unknown = sign_in(client, "wrong"), sign_in(client, "wrong", "nobody@example.org")

    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert known.status_code == unknown.status_code == 200


def test_login_tried_too_often_is_answered_with_429_in_both_languages(client, officer):
    for _ in range(5):
        sign_in(client, "wrong")

    assert sign_in(client).status_code == 429
    english = client.post("/en/account/login/", {"login": ADDRESS, "password": PASSWORD})
    assert (english.status_code, english.headers["Content-Language"]) == (429, "en")


def test_signup_is_closed_and_says_who_opens_accounts(client):
    response = client.post(
        "/en/account/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert User.objects.count() == 0


def test_password_reset_answers_alike_for_who_exists_and_who_does_not(client, officer):
    known = client.post("/account/password/reset/", {"email": ADDRESS})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.to for message in mail.outbox] == [[ADDRESS], ["nobody@example.org"]]


def test_password_link_lets_its_owner_choose_a_password_once(client, officer):
    path = password_link(officer).removeprefix("http://localhost:8000")
    form = client.get(path).headers["Location"]

    client.post(form, {"password1": "another long password", "password2": "another long password"})

    officer.refresh_from_db()
    assert officer.check_password("another long password")
    assert client.get(path).context["token_fail"] is True


def test_password_shorter_than_twelve_is_refused(client, officer):
    form = client.get(password_link(officer).removeprefix("http://localhost:8000")).headers["Location"]

    response = client.post(form, {"password1": "Kx9!short", "password2": "Kx9!short"})

    assert [error.code for error in response.context["form"].errors.as_data()["password1"]] == ["password_too_short"]


def test_password_change_ends_all_sessions_and_is_told_by_mail(trusted):
    elsewhere = Client()
    sign_in(elsewhere)
    words = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}

    trusted.post("/account/password/change/", words)

    assert [browser.get("/account/").status_code for browser in (trusted, elsewhere)] == [302, 302]
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


def test_email_changes_by_a_code_that_is_sent_to_the_new_address(trusted):
    trusted.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    code = next(line for line in mail.outbox[0].body.splitlines() if re.fullmatch(r"[A-Z0-9-]{6,9}", line))

    trusted.post("/account/confirm-email/", {"code": code})

    assert User.objects.get().email == "new@example.org"


def test_email_change_asks_for_the_password_again(client, officer):
    client.force_login(officer)

    response = client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})

    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert mail.outbox == []
    assert client.get("/account/email/").status_code == 200


@pytest.mark.parametrize("field", ["login", "password"])
def test_login_with_a_nul_byte_is_answered_like_any_other(client, officer, field):
    words = {"login": ADDRESS, "password": PASSWORD, field: "a\x00b@example.org"}

    assert client.post("/account/login/", words).status_code == 200


# --- The account page -------------------------------------------------------------------------------------------------


def test_account_leads_a_stranger_to_sign_in(client):
    assert client.get("/en/account/").headers["Location"] == "/en/account/login/?next=/en/account/"


def test_account_shows_roles_from_and_to(client, officer):
    role = make_role(user=officer, ends_on="2025-06-01")
    client.force_login(officer)

    holding = client.get("/en/account/").context["holdings"][0]

    assert (holding.place, holding.starts_on, str(holding.ends_on)) == (role.city.name_en, role.starts_on, "2025-06-01")


def test_account_saves_name_and_language(signed_in):
    signed_in.post("/account/", {"name": "สมชาย", "language": "en"})

    assert list(User.objects.values_list("name", "language")) == [("สมชาย", "en")]


def test_account_can_be_changed_twenty_times_an_hour(signed_in):
    answers = [signed_in.post("/account/", {"name": "x", "language": "en"}).status_code for _ in range(21)]

    assert answers == [302] * 20 + [429]


def test_account_with_an_unknown_language_says_what_is_wrong_and_keeps_what_was_typed(signed_in):
    response = signed_in.post("/account/", {"name": "สมชาย", "language": "xx"})

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["language"])
    assert response.context["form"]["name"].value() == "สมชาย"


# --- Sessions ---------------------------------------------------------------------------------------------------------


def test_session_end_signs_out_the_other_browser(signed_in):
    elsewhere = Client()
    sign_in(elsewhere)
    there = UserSession.objects.latest("pk")

    signed_in.post(f"/account/sessions/{there.pk}/end/")

    assert elsewhere.get("/account/").status_code == 302
    assert signed_in.get("/account/").status_code == 200


def test_session_end_of_a_stranger_is_not_found(signed_in):
    other = UserSession.objects.create(user=make_user(), session_key="x", ip="127.0.0.1")

    assert signed_in.post(f"/account/sessions/{other.pk}/end/").status_code == 404


def test_session_list_shows_all_browsers(signed_in):
    assert signed_in.get("/account/sessions/").context["session_count"] == 1


# --- Data and erasure -------------------------------------------------------------------------------------------------


def test_account_data_lists_what_is_in_the_file(trusted):
    assert next(iter(trusted.get("/account/data/").context["found"])) == "accounts.User"


def test_account_data_comes_as_a_file_and_is_written_down(trusted):
    response = trusted.post("/account/data/")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(response.content)["accounts.User"][0]["email"] == ADDRESS
    assert Entry.objects.latest("pk").action == "accounts.download_data"


def test_account_data_asks_for_the_password_first(signed_in):
    assert signed_in.get("/account/data/").headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Fdata%2F"


def test_account_data_can_be_taken_five_times_an_hour(trusted):
    assert [trusted.post("/account/data/").status_code for _ in range(6)] == [200] * 5 + [429]


def test_account_erase_without_the_tick_erases_nothing(trusted):
    response = trusted.post("/account/erase/", {})

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["understood"])
    assert User.objects.get().erased_at is None


def test_account_erase_signs_out_and_says_goodbye(trusted):
    response = trusted.post("/account/erase/", {"understood": "on"})

    assert response.headers["Location"] == "/account/erased/"
    assert User.objects.get().erased_at is not None
    assert trusted.get("/account/").status_code == 302


def test_account_erase_asks_for_the_password_first(signed_in):
    response = signed_in.post("/account/erase/", {"understood": "on"})

    assert response.headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Ferase%2F"
    assert User.objects.get().erased_at is None


PAGES = (
    "",
    "data/",
    "erase/",
    "reauthenticate/",
    "sessions/",
    "email/",
    "password/change/",
    "logout/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_of_an_account_is_shown(trusted, page, language):
    assert trusted.get(f"{language}/account/{page}").status_code == 200


@pytest.mark.parametrize(
    "page", ["login/", "signup/", "password/reset/", "password/reset/done/", "erased/", "inactive/"]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_before_signing_in_is_shown(client, page, language):
    assert client.get(f"{language}/account/{page}").status_code == 200
