from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command

from learningcity.accounts.adapter import SecondFactorAdapter
from learningcity.accounts.models import User
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def run(*words):
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_close_account_closes_it():
    make_user(email="gone@example.org")

    run("close_account", "GONE@example.org")

    assert User.objects.values_list("is_active", flat=True).get() is False


def test_close_account_of_nobody_says_so():
    with pytest.raises(CommandError):
        run("close_account", "nobody@example.org")


def test_renew_secrets_makes_the_former_key_needless(settings):
    settings.SECRET_KEY = "the old one"
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).generate_codes()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]

    said = run("renew_secrets")

    settings.SECRET_KEY_FALLBACKS = []
    assert said == "2 secrets are encrypted with the newest key.\n"
    assert SecondFactorAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes() == codes
