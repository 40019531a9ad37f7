"""Keys for programs: made and revoked by their owners, seen and revoked by the secretariat."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from learningcity.accounts.actions import erase_account
from learningcity.accounts.exports import data_about
from learningcity.audit.models import Entry
from learningcity.interfaces.actions import make_key, note_key_used, revoke_key
from learningcity.interfaces.models import ApiKey
from learningcity.interfaces.queries.keys import MOST_KEYS, digest_of, holder_of
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.interfaces import make_key as make_sample

pytestmark = pytest.mark.django_db
KEYS, ALL = "/en/account/api-keys/", "/en/account/api-keys/all/"


def secretary():
    from allauth.mfa.models import Authenticator

    user = make_user()
    make_role(user=user, kind="secretariat", city=None)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "sample"})
    return user


def test_make_key_keeps_its_digest_alone_and_writes_an_entry():
    user = make_user()
    key, token = make_key(" R at home ", by=user)

    assert (key.name, key.beginning, key.digest) == ("R at home", token[:9], digest_of(token))
    assert token.startswith("lc_")
    assert len(token) == 46
    assert list(Entry.objects.values_list("action", "detail")) == [("make key", {})]
    assert holder_of(token, 1) == key.pk


def test_make_key_refuses_more_than_anybody_needs_and_one_without_a_name():
    user = make_user()
    with pytest.raises(ValidationError):
        make_key("  ", by=user)
    for number in range(MOST_KEYS):
        make_key(str(number), by=user)

    with pytest.raises(ValidationError, match="10"):
        make_key("one more", by=user)


def test_make_key_stranger_may_not():
    stranger = make_user(is_active=False)

    with pytest.raises(PermissionDenied):
        make_key("mine", by=stranger)
    assert not ApiKey.objects.exists()


def test_key_is_looked_up_by_its_digest_and_never_itself(django_assert_num_queries):
    key = make_sample("lc_mine")
    with django_assert_num_queries(1) as asked:
        holder = holder_of("lc_mine", -7)

    assert holder == key.pk
    assert (digest_of("lc_mine") in asked[0]["sql"], "lc_mine" in asked[0]["sql"]) == (True, False)


def test_revoke_key_stranger_may_not():
    key = make_sample()
    officer = make_user()
    make_role(user=officer, kind="approver", city=make_city())

    for stranger in (make_user(), officer):
        with pytest.raises(PermissionDenied):
            revoke_key(key, by=stranger)
    assert ApiKey.objects.get().revoked_at is None


def test_revoke_key_is_written_down_once():
    key = make_sample()
    revoke_key(revoke_key(key, by=secretary()), by=key.user)

    assert list(Entry.objects.filter(action="revoke key").values_list("record", flat=True)) == [
        f"interfaces.ApiKey:{key.pk}"
    ]


def test_note_key_used_keeps_the_day():
    key = make_sample()
    note_key_used(key.pk), note_key_used(key.pk)

    assert ApiKey.objects.filter(last_used_on__isnull=False).count() == 1


def test_who_leaves_leaves_no_key_behind():
    key = make_sample("lc_mine", name="My laptop")
    erase_account(key.user, by=key.user)

    assert holder_of("lc_mine", -5) is None
    assert ApiKey.objects.get().name == "–"


def test_the_digest_is_kept_back_from_the_download():
    key = make_sample()

    assert data_about(key.user)["interfaces.ApiKey"][0]["digest"].startswith("kept back")


def test_a_key_is_shown_once(client):
    client.force_login(make_user())
    made = client.post(KEYS, {"name": "R at home"})
    token = ApiKey.objects.get().beginning

    assert (made.status_code, made.context["token"][:9]) == (200, token)
    assert made.context["token"] in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert made.context["token"] not in client.get(KEYS).content.decode()
    assert "R at home" in client.get(KEYS).content.decode()


def test_a_key_without_a_name_is_refused_in_words(client):
    client.force_login(make_user())

    assert client.post(KEYS, {"name": ""}).status_code == 400
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_after_a_question(client):
    key = make_sample()
    client.force_login(key.user)
    address = f"/en/account/api-keys/{key.pk}/revoke/"

    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == KEYS
    assert ApiKey.objects.get().is_revoked
    assert "already" in client.get(address).content.decode()


def test_nobody_finds_the_keys_of_others(client):
    key = make_sample()
    client.force_login(make_user())

    assert client.get(KEYS).context["keys"].count() == 0
    assert [client.get(path).status_code for path in (ALL, f"/account/api-keys/{key.pk}/revoke/")] == [403, 403]
    assert client.post(f"/account/api-keys/{key.pk}/revoke/").status_code == 403
    assert client.get("/account/api-keys/99999999999999999999/revoke/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_secretariat_sees_all_at_the_same_cost(client, count, django_assert_num_queries):
    client.force_login(secretary())
    for _number in range(count):
        make_sample()
    client.get(ALL)

    with django_assert_num_queries(8):
        assert len(client.get(ALL).context["page"]) == count


def test_the_secretariat_revokes_a_key_of_another(client):
    key = make_sample()
    client.force_login(secretary())

    assert client.post(f"/en/account/api-keys/{key.pk}/revoke/")["Location"] == ALL
    assert ApiKey.objects.get().is_revoked


def test_the_account_leads_to_the_keys(client):
    client.force_login(make_user())

    assert KEYS in client.get("/en/account/").content.decode()
