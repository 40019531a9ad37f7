import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from learningcity.accounts.adapter import AccountAdapter, SecondFactorAdapter
from tests.factories.accounts import make_user


def test_secret_of_an_app_lies_encrypted(db):
    user = make_user()

    TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    stored = Authenticator.objects.get(user=user).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert SecondFactorAdapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"


def test_secret_survives_a_new_key_of_the_site(settings):
    settings.SECRET_KEY = "the old one"
    stored = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]

    assert SecondFactorAdapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"


def test_secret_cannot_be_read_with_another_key(settings):
    stored = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY = "another one"

    with pytest.raises(PermissionDenied):
        SecondFactorAdapter().decrypt(stored)


def test_mail_is_signed_by_the_site_and_not_by_a_host(db, rf):
    with request_context(rf.get("/")):
        AccountAdapter().send_mail("account/email/unknown_account", "x@example.org", {})

    lines = mail.outbox[0].body.splitlines()
    assert (lines[0], lines[-1]) == ("แพลตฟอร์มเมืองแห่งการเรียนรู้", "http://localhost:8000")


def test_link_for_a_new_password_leads_to_the_site_whatever_host_was_asked(db, client, mailoutbox):
    make_user(email="officer@example.org")

    client.post("/account/password/reset/", {"email": "officer@example.org"}, headers={"Host": "localhost:6666"})

    assert "http://localhost:8000/account/password/reset/key/" in mailoutbox[0].body
    assert "6666" not in mailoutbox[0].body


def test_many_visitors_do_not_make_the_site_forget_wrong_passwords(db):
    cache.set("allauth:rl:account:login_failed", [1.0], 300)
    for number in range(400):
        cache.set(f"allauth:rl:account:reset_password:{number}", [1.0], 300)

    assert cache.get("allauth:rl:account:login_failed") == [1.0]
