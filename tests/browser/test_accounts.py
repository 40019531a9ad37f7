"""The journeys of people who sign in: by keyboard alone, with an app, with a passkey."""

import base64
import hashlib
import hmac
import json
import struct
import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from learningcity.accounts.actions import open_account
from learningcity.accounts.models import User
from tests.browser.steps import insist_on_accessibility, reach
from tests.factories.cities import make_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS, PASSWORD = "secretary@example.org", "a long enough password"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def secretary():
    user = open_account(User(email=ADDRESS, name="ตัวอย่าง / Sample"), by=None)
    user.set_password(PASSWORD)
    user.save()
    make_role(user=user, kind="secretariat")
    return user


def code_of(secret):
    """Return the six digits that an app with this secret shows now."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def write(page, selector, words):
    reach(page, selector)
    page.keyboard.type(words)


def press(page, selector):
    """Press a button or follow a link by keyboard, and wait for what comes."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page, live_server, language=""):
    page.goto(f"{live_server.url}{language}/account/login/")
    write(page, "[name=login]", ADDRESS)
    write(page, "[name=password]", PASSWORD)
    press(page, "main form .button.primary")


def prove(page):
    """Type the password again where the site asks for it."""
    write(page, "[name=password]", PASSWORD)
    press(page, "main .button.primary")


def set_up_app(page):
    press(page, "a[href$='totp/activate/']")
    insist_on_accessibility(page)
    prove(page)
    insist_on_accessibility(page)
    write(page, "[name=code]", code_of(page.input_value("#authenticator_secret")))
    press(page, "main .button.primary")


def test_secretariat_sets_up_an_app_takes_its_data_and_leaves_by_keyboard(page, live_server, secretary):
    page.goto(f"{live_server.url}/account/login/")
    insist_on_accessibility(page)
    sign_in(page, live_server)
    assert page.url == f"{live_server.url}/account/2fa/"
    insist_on_accessibility(page)

    set_up_app(page)
    assert page.url == f"{live_server.url}/account/2fa/recovery-codes/"
    insist_on_accessibility(page)
    press(page, "main a[href='/account/']")
    assert page.url == f"{live_server.url}/account/"
    insist_on_accessibility(page)

    press(page, "a[href='/account/data/']")
    insist_on_accessibility(page)
    reach(page, "main .button.primary")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    taken = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert taken["cities.Role"][0]["kind"] == "secretariat"
    assert download.value.suggested_filename.startswith("my-data-")

    page.goto(f"{live_server.url}/account/erase/")
    insist_on_accessibility(page)
    reach(page, "[name=understood]")
    page.keyboard.press("Space")
    press(page, "main .button.danger")
    assert page.url == f"{live_server.url}/account/erased/"
    insist_on_accessibility(page)
    assert User.objects.filter(email=ADDRESS).count() == 0
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"] == []


def test_app_is_asked_at_the_next_sign_in_in_english(page, live_server, secretary):
    sign_in(page, live_server, "/en")
    set_up_app(page)
    page.goto(f"{live_server.url}/en/account/")
    press(page, "form[action$='logout/'] button")

    # The code of this half minute is spent; a recovery code is what a lost phone leaves.
    sign_in(page, live_server, "/en")
    insist_on_accessibility(page)
    write(page, "[name=code]", Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0])
    press(page, "main .button.primary")

    assert page.url == f"{live_server.url}/en/account/"


def test_passkey_is_added_and_signs_in_without_a_password(page, live_server, secretary):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, live_server)

    press(page, "main a[href$='webauthn/add/']")
    prove(page)
    insist_on_accessibility(page)
    reach(page, "[name=passwordless]")
    page.keyboard.press("Space")
    press(page, "#mfa_webauthn_add")
    assert page.url == f"{live_server.url}/account/2fa/recovery-codes/"
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    insist_on_accessibility(page)
    page.goto(f"{live_server.url}/account/")
    press(page, "form[action$='logout/'] button")

    page.goto(f"{live_server.url}/account/login/")
    press(page, "#passkey_login")
    page.wait_for_url(f"{live_server.url}/account/")
    assert page.locator("main .lead").inner_text() == ADDRESS


@pytest.mark.parametrize(("language", "size"), [("", "phone"), ("/en", "page")])
def test_pages_for_the_office_are_accessible_and_keep_to_the_policy(request, live_server, secretary, language, size):
    page = request.getfixturevalue(size)
    Authenticator.objects.create(user=secretary, type="webauthn", data={"name": "key"})
    secretary.is_staff = True
    secretary.save()
    role = make_role()
    client = request.getfixturevalue("client")
    client.force_login(secretary)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )

    for path in (
        "/account/",
        "/account/sessions/",
        "/account/email/",
        "/roles/",
        "/roles/grant/",
        f"/roles/{role.pk}/end/",
    ):
        assert page.goto(f"{live_server.url}{language}{path}").status == 200
        insist_on_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
    for path in ("/admin/", "/admin/cities/city/", f"/admin/cities/role/{role.pk}/change/", "/admin/audit/entry/"):
        assert page.goto(f"{live_server.url}{language}{path}").status == 200
