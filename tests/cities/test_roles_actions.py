import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection
from django.utils import timezone

from learningcity.audit.actions import write
from learningcity.audit.models import Entry
from learningcity.cities.actions import end_role, grant_role, roles
from learningcity.cities.models import Role
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def secretary():
    return make_role(kind="secretariat").user


def editor_of(of_city, **changes):
    return Role(**{"user": make_user(), "kind": "editor", "city": of_city, "starts_on": TODAY, **changes})


def test_grant_role_lets_a_person_act_and_writes_one_entry(secretary):
    role = grant_role(editor_of(make_city()), by=secretary)

    entry = Entry.objects.get()
    assert (entry.action, entry.record, entry.actor) == ("cities.grant_role", f"cities.Role:{role.pk}", secretary)
    assert entry.detail == {
        "account": role.user_id,
        "role": "editor",
        "city": role.city_id,
        "from": TODAY.isoformat(),
        "to": None,
    }


def test_grant_role_by_a_stranger_is_refused():
    stranger = make_user()

    with pytest.raises(PermissionDenied):
        grant_role(editor_of(make_city()), by=stranger)


@pytest.mark.parametrize("kind", ["editor", "approver"])
def test_grant_role_by_an_officer_of_the_city_is_refused(kind):
    officer = make_role(kind=kind)

    with pytest.raises(PermissionDenied):
        grant_role(editor_of(officer.city), by=officer.user)


def test_grant_role_by_a_former_secretary_is_refused():
    former = make_role(kind="secretariat", ends_on=TODAY).user

    with pytest.raises(PermissionDenied):
        grant_role(editor_of(make_city()), by=former)


def test_grant_role_twice_is_refused(secretary):
    city, user = make_city(), make_user()
    grant_role(editor_of(city, user=user), by=secretary)

    with pytest.raises(ValidationError):
        grant_role(editor_of(city, user=user), by=secretary)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"city": None}, {"kind": "secretariat"}, {"kind": "king"}, {"ends_on": TODAY - dt.timedelta(days=1)}],
)
def test_grant_role_that_contradicts_itself_is_refused(secretary, wrong):
    with pytest.raises(ValidationError):
        grant_role(editor_of(make_city(), **wrong), by=secretary)


def test_grant_role_to_a_closed_account_is_refused(secretary):
    with pytest.raises(ValidationError):
        grant_role(editor_of(make_city(), user=make_user(is_active=False)), by=secretary)


def test_end_role_today_ends_it_at_once(secretary):
    role = make_role()

    end_role(role, TODAY, by=secretary)

    assert Role.objects.get(pk=role.pk).ends_on == TODAY
    assert Entry.objects.values_list("action", "actor").get() == ("cities.end_role", secretary.pk)


def test_end_role_that_has_ended_is_refused(secretary):
    role = make_role(ends_on="2024-06-01")

    with pytest.raises(ValidationError):
        end_role(role, TODAY, by=secretary)


def test_end_role_before_it_starts_is_refused(secretary):
    role = make_role(starts_on=TODAY)

    with pytest.raises(ValidationError):
        end_role(role, TODAY - dt.timedelta(days=1), by=secretary)


def test_end_role_of_the_last_secretary_is_refused(secretary):
    with pytest.raises(ValidationError):
        end_role(Role.objects.get(user=secretary), TODAY, by=secretary)


def test_end_role_of_a_secretary_leaves_the_other_one(secretary):
    other = make_role(kind="secretariat")

    end_role(other, TODAY, by=secretary)

    assert list(Role.objects.filter(ends_on=None).values_list("user", flat=True)) == [secretary.pk]


def test_end_role_by_a_stranger_is_refused():
    role, stranger = make_role(), make_user()

    with pytest.raises(PermissionDenied):
        end_role(role, TODAY, by=stranger)


def test_end_role_by_its_holder_is_refused():
    role = make_role()

    with pytest.raises(PermissionDenied):
        end_role(role, TODAY, by=role.user)


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_may_grant_each_other_a_role_at_once(monkeypatch):
    city, pair = make_city(), [make_role(kind="secretariat").user for _ in range(2)]
    both_wait, problems = threading.Barrier(2), []

    def write_when_both_are_there(*words, **said):
        both_wait.wait(timeout=10)
        return write(*words, **said)

    monkeypatch.setattr(roles, "write", write_when_both_are_there)

    def work(by, to):
        try:
            grant_role(editor_of(city, user=to), by=by)
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=who) for who in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert Entry.objects.count() == 2
