import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import translation

from learningcity.accounts.actions import (
    change_profile,
    close_account,
    erase_account,
    invite_person,
    note_download,
    open_account,
)
from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.audit.queries import verify_chain
from learningcity.cities.models import Role
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Nobody Remembers Me", "unforgettable.person@example.org"


def entries():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def tables_that_say(*words):
    """Return the tables in which any row holds one of these words, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS line WHERE line::text ILIKE ANY (%s)', [[f"%{w}%" for w in words]]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_open_account_proves_the_address_and_sets_no_password():
    user = open_account(User(email=ADDRESS, name=NAME), by=None)

    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (user.pk, ADDRESS, True, True)
    ]
    assert not user.has_usable_password()
    assert entries() == ["accounts.open_account"]


def test_open_account_with_an_address_in_use_is_refused():
    make_user(email=ADDRESS)

    with translation.override("en"), pytest.raises(ValidationError, match="already an account"):
        open_account(User(email=ADDRESS.upper()), by=None)

    assert entries() == []


def test_open_account_by_a_stranger_is_refused():
    stranger = make_user()

    with pytest.raises(PermissionDenied):
        open_account(User(email=ADDRESS), by=stranger)


@pytest.mark.parametrize("more", [{"is_staff": True}, {"is_superuser": True}])
def test_open_account_for_the_administration_is_for_commands_alone(more):
    secretary = make_role(kind="secretariat").user

    with pytest.raises(PermissionDenied):
        open_account(User(email=ADDRESS, **more), by=secretary)


def test_invite_person_by_the_secretariat_opens_an_account_and_sends_the_way_in(mailoutbox):
    secretary = make_role(kind="secretariat").user

    user = invite_person(User(email=ADDRESS, name=NAME, language="en"), by=secretary)

    assert list(Entry.objects.values_list("action", "actor", "record")) == [
        ("accounts.open_account", secretary.pk, f"accounts.User:{user.pk}")
    ]
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]
    assert "/password/reset/key/" in mailoutbox[0].body


@pytest.mark.parametrize("kind", ["editor", "approver"])
def test_invite_person_by_a_stranger_is_refused(kind, mailoutbox):
    officer = make_role(kind=kind).user

    with pytest.raises(PermissionDenied):
        invite_person(User(email=ADDRESS), by=officer)

    assert (mailoutbox, User.objects.filter(email=ADDRESS).count()) == ([], 0)


def test_change_profile_keeps_the_name_out_of_the_chain():
    user = make_user()

    change_profile(user, name=NAME, language="en", by=user)

    user.refresh_from_db()
    assert (user.name, user.language) == (NAME, "en")
    assert [entry.detail for entry in Entry.objects.all()] == [{}]


def test_change_profile_by_a_stranger_is_refused():
    user, stranger = make_user(), make_user()

    with pytest.raises(PermissionDenied):
        change_profile(user, name=NAME, language="en", by=stranger)


def test_close_account_signs_out_and_keeps_the_name(client):
    user = open_account(User(email=ADDRESS, name=NAME), by=None)
    user.set_password("a long enough password")
    user.save()
    client.post("/account/login/", {"login": ADDRESS, "password": "a long enough password"})

    close_account(user, by=None)

    assert client.get("/account/").status_code == 302
    assert User.objects.values_list("name", "is_active").get() == (NAME, False)
    assert entries() == ["accounts.open_account", "accounts.close_account"]


def test_close_account_by_a_stranger_is_refused():
    user, stranger = make_user(), make_user()

    with pytest.raises(PermissionDenied):
        close_account(user, by=stranger)


def test_note_download_writes_one_entry():
    user = make_user()

    note_download(user, by=user)

    assert entries() == ["accounts.download_data"]


def test_note_download_by_a_stranger_is_refused():
    user, stranger = make_user(), make_user()

    with pytest.raises(PermissionDenied):
        note_download(user, by=stranger)


def test_erase_account_leaves_no_word_of_the_person_in_any_table(client):
    user = open_account(User(email=ADDRESS, name=NAME), by=None)
    user.set_password("a long enough password")
    user.save()
    client.post("/account/login/", {"login": ADDRESS, "password": "a long enough password"})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": NAME})
    change_profile(user, name=f"{NAME} Junior", language="en", by=user)
    # The address is in the session too; whoever reads it there must decode it.
    assert tables_that_say(NAME, ADDRESS) == ["account_emailaddress", "accounts_user", "mfa_authenticator"]
    assert Session.objects.count() == 1

    erase_account(user, by=user)

    assert tables_that_say(NAME, ADDRESS) == []
    assert Session.objects.count() == UserSession.objects.count() == 0


def test_erase_account_keeps_history_whole_under_a_retired_name():
    user = make_user(name=NAME)
    change_profile(user, name=NAME, language="th", by=user)

    erase_account(user, by=user)

    entry = Entry.objects.select_related("actor").earliest("pk")
    with translation.override("en"):
        assert str(entry.actor) == "former account"
    assert verify_chain().broken_at is None


def test_erase_account_ends_roles_and_writes_an_entry_for_each_change():
    user = make_user()
    held, over = make_role(user=user), make_role(user=user, ends_on="2024-06-01")

    erase_account(user, by=user)

    assert Role.objects.get(pk=held.pk).ends_on is not None
    assert str(Role.objects.get(pk=over.pk).ends_on) == "2024-06-01"
    assert entries() == ["cities.end_role", "accounts.erase_account"]


def test_erase_account_closes_the_door(client):
    user = make_user(email=ADDRESS, password="a long enough password")

    erase_account(user, by=user)

    assert not client.login(email=ADDRESS, password="a long enough password")


def test_erase_account_twice_is_refused():
    user = make_user()
    erased = erase_account(user, by=user)

    with pytest.raises(PermissionDenied):
        erase_account(erased, by=erased)


def test_erase_account_by_a_second_click_is_refused():
    user = make_user()
    second = User.objects.get(pk=user.pk)
    erase_account(user, by=user)

    with pytest.raises(PermissionDenied):
        erase_account(second, by=second)

    assert entries() == ["accounts.erase_account"]


def test_erase_account_by_a_stranger_is_refused():
    user, stranger = make_user(), make_user()

    with pytest.raises(PermissionDenied):
        erase_account(user, by=stranger)

    assert User.objects.get(pk=user.pk).erased_at is None
