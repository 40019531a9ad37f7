from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command

from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.cities.models import Role
from tests.factories.cities import make_city

pytestmark = pytest.mark.django_db


def run(*words):
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_create_account_prints_a_link_that_works(client):
    link = run("create_account", "new@example.org", "--language", "en").splitlines()[1]

    assert link.startswith("http://localhost:8000/en/account/password/reset/key/")
    assert (
        client.get(link.removeprefix("http://localhost:8000"), follow=True).context["form"].user.email
        == "new@example.org"
    )


def test_create_account_gives_the_role_and_writes_both_down():
    make_city(slug="khon-kaen")

    run("create_account", "new@example.org", "--role", "editor", "--city", "khon-kaen")

    assert Role.objects.values_list("user__email", "kind", "city__slug").get() == (
        "new@example.org",
        "editor",
        "khon-kaen",
    )
    assert list(Entry.objects.order_by("pk").values_list("action", "actor")) == [
        ("accounts.open_account", None),
        ("cities.grant_role", None),
    ]


def test_create_account_mails_the_link_when_asked():
    run("create_account", "new@example.org", "--mail")

    assert [message.to for message in mail.outbox] == [["new@example.org"]]


@pytest.mark.parametrize(
    "words",
    [("--city", "khon-kaen"), ("--role", "editor"), ("--role", "editor", "--city", "atlantis")],
)
def test_create_account_with_half_a_role_opens_nothing(words):
    with pytest.raises(CommandError):
        run("create_account", "new@example.org", *words)

    assert User.objects.count() == 0


def test_create_account_with_a_bad_address_is_refused():
    with pytest.raises(CommandError):
        run("create_account", "not an address")


def test_sample_accounts_are_made_once():
    make_city(slug="khon-kaen")
    make_city(slug="chiang-mai")

    first, second = run("sample_accounts"), run("sample_accounts")

    assert first == second
    assert list(User.objects.order_by("email").values_list("email", flat=True)) == [
        "approver.chiangmai@example.org",
        "approver.khonkaen@example.org",
        "editor.chiangmai@example.org",
        "editor.khonkaen@example.org",
        "secretariat@example.org",
    ]
    assert Role.objects.count() == 5


def test_sample_accounts_sign_in_with_what_is_printed(client):
    code = run("sample_accounts").split("each of these once: ")[1].split()[0]

    client.post("/account/login/", {"login": "secretariat@example.org", "password": "learning-city-demo"})
    client.post("/account/2fa/authenticate/", {"code": code})

    assert client.get("/roles/").status_code == 200


def test_sample_accounts_put_used_codes_back():
    run("sample_accounts")
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    codes.validate_code(codes.generate_codes()[0])

    run("sample_accounts")

    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()) == 10


def test_sample_accounts_are_refused_outside_the_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        run("sample_accounts")

    assert User.objects.count() == 0
