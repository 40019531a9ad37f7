import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from learningcity.accounts.exports import KEPT_BACK, SECRETS, as_json, data_about
from learningcity.accounts.queries import relations_that_go_with_account, relations_to_account
from learningcity.audit.actions import write
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db


def labels(relations):
    return {relation.related_model._meta.label for relation in relations}


def test_data_about_holds_rows_behind_hidden_keys():
    user = make_user()
    role = make_role(user=user)
    write("cities.grant_role", role, by=user)

    found = json.loads(as_json(data_about(user)))

    assert [row["city"]["key"] for row in found["cities.Role"]] == [role.city_id]
    assert [row["action"] for row in found["audit.Entry"]] == ["cities.grant_role"]


def test_data_about_holds_entries_that_others_wrote_about_the_person():
    user = make_user()
    write("accounts.open_account", user, by=None)

    found = json.loads(as_json(data_about(user)))

    assert [row["action"] for row in found["audit entries about this account"]] == ["accounts.open_account"]


def test_data_about_holds_nothing_of_others():
    user, other = make_user(), make_user(name="Somebody Else")
    make_role(user=other)

    found = json.loads(as_json(data_about(user)))

    assert list(found) == ["accounts.User"]


def test_data_about_keeps_secrets_back():
    user = make_user(password="a long enough password")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s3cret-of-the-app"})
    UserSession.objects.create(user=user, session_key="key-of-the-session", ip="127.0.0.1")

    text = as_json(data_about(user)).decode()

    assert text.count(KEPT_BACK) == 3
    assert [word for word in (user.password, "s3cret-of-the-app", "key-of-the-session") if word in text] == []


def test_secrets_name_columns_that_exist():
    columns = {
        f"{relation.related_model._meta.label}.{field.name}"
        for relation in relations_to_account()
        for field in relation.related_model._meta.concrete_fields
    }

    assert SECRETS - columns == {"accounts.User.password"}


def test_relations_to_account_find_hidden_ones():
    assert labels(relations_to_account()) >= {"cities.Role", "audit.Entry", "mfa.Authenticator"}


def test_relations_that_go_with_account_leave_history_alone():
    assert labels(relations_that_go_with_account()) == {
        "account.EmailAddress",
        "accounts.User_groups",
        "accounts.User_user_permissions",
        "admin.LogEntry",
        "mfa.Authenticator",
        "notices.Letter",
        "notices.Notice",
        "notices.Preference",
        "usersessions.UserSession",
    }
