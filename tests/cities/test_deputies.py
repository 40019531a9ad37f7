import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.audit.models import Entry
from learningcity.cities.actions import end_all_roles, end_role, hand_over_role, name_deputy
from learningcity.cities.jobs import move_work_on_its_day
from learningcity.cities.models import Role
from learningcity.cities.queries.authority import approvers_of, may_approve, may_edit, places_of
from learningcity.moderation.models import Proposal
from learningcity.notices.models import Notice
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def on(days):
    return TODAY + dt.timedelta(days=days)


@pytest.fixture
def secretary():
    return make_role(kind="secretariat").user


@pytest.fixture
def role():
    return make_role(kind="approver")


def make_proposal(role, **changes):
    """Make a draft that the holder of a role has in hand."""
    words = {"kind": "milestone", "place": role.city.slug, "author": role.user, "keeper": role.user, **changes}
    return Proposal.objects.create(**words)


# --- Deputies ---


def test_name_deputy_lets_them_act_and_tells_them(role):
    deputy = name_deputy(role, make_user(), TODAY, on(14), by=role.user)

    assert (may_edit(deputy.user, role.city.slug), may_approve(deputy.user, role.city.slug)) == (True, True)
    assert places_of(deputy.user) == [role.city.slug]
    assert set(approvers_of(role.city.slug)) == {role.user, deputy.user}
    assert Entry.objects.values_list("action", "actor").get() == ("cities.name_deputy", role.user.pk)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(deputy.user.pk, "cities.deputy_named")]


def test_name_deputy_by_the_secretariat(role, secretary):
    assert name_deputy(role, make_user(), TODAY, on(1), by=secretary).deputy_of == role


def test_name_deputy_by_a_stranger_is_refused(role):
    colleague = make_role(city=role.city, kind="approver").user
    elsewhere = make_role(kind="approver").user

    for stranger in (make_user(), colleague, elsewhere):
        with pytest.raises(PermissionDenied):
            name_deputy(role, make_user(), TODAY, on(1), by=stranger)


def test_name_deputy_by_a_former_holder_is_refused(role):
    Role.objects.filter(pk=role.pk).update(ends_on=TODAY)

    with pytest.raises(PermissionDenied):
        name_deputy(role, make_user(), TODAY, on(1), by=role.user)


def test_name_deputy_by_a_deputy_is_refused(role):
    deputy = name_deputy(role, make_user(), TODAY, on(14), by=role.user)

    with pytest.raises(PermissionDenied):
        name_deputy(deputy, make_user(), TODAY, on(1), by=deputy.user)


@pytest.mark.parametrize(
    ("starts", "ends", "at"), [(0, 91, "ends_on"), (3, 3, "ends_on"), (3, 2, "ends_on"), (-1, 2, "starts_on")]
)
def test_name_deputy_for_a_time_that_cannot_be_is_refused_at_its_field(role, starts, ends, at):
    with pytest.raises(ValidationError) as refusal:
        name_deputy(role, make_user(), on(starts), on(ends), by=role.user)

    assert list(refusal.value.error_dict) == [at]


def test_name_deputy_for_ninety_days_is_the_most(role):
    assert name_deputy(role, make_user(), TODAY, on(90), by=role.user).ends_on == on(90)


def test_name_deputy_ends_with_a_role_that_ends_before(role):
    Role.objects.filter(pk=role.pk).update(ends_on=on(5))

    assert name_deputy(role, make_user(), TODAY, on(30), by=role.user).ends_on == on(5)


def test_name_deputy_after_the_role_has_ended_is_refused(role, secretary):
    Role.objects.filter(pk=role.pk).update(ends_on=on(5))

    with pytest.raises(ValidationError):
        name_deputy(role, make_user(), on(5), on(7), by=secretary)


@pytest.mark.parametrize("who", ["holder", "colleague", "closed", "twice"])
def test_name_deputy_who_cannot_be_one_is_refused(role, who):
    people = {
        "holder": role.user,
        "colleague": make_role(city=role.city, kind="approver").user,
        "closed": make_user(is_active=False),
        "twice": make_user(),
    }
    if who == "twice":
        name_deputy(role, people[who], TODAY, on(3), by=role.user)

    with pytest.raises(ValidationError):
        name_deputy(role, people[who], TODAY, on(7), by=role.user)


def test_end_role_ends_its_deputies_with_it(role, secretary):
    now = name_deputy(role, make_user(), TODAY, on(14), by=role.user)
    later = name_deputy(role, make_user(), on(20), on(30), by=role.user)

    end_role(role, on(3), by=secretary)

    assert dict(Role.objects.filter(deputy_of=role).values_list("pk", "ends_on")) == {now.pk: on(3), later.pk: on(20)}


def test_end_all_roles_ends_the_deputies_of_a_person_too(role):
    deputy = name_deputy(role, make_user(), TODAY, on(14), by=role.user)

    end_all_roles(role.user)

    assert Role.objects.get(pk=deputy.pk).ends_on == TODAY
    assert not may_edit(deputy.user, role.city.slug)


def test_end_role_of_a_deputy_of_the_secretariat_is_not_the_last_one(secretary):
    own = Role.objects.get(user=secretary)
    deputy = name_deputy(own, make_user(), TODAY, on(14), by=secretary)

    assert end_role(deputy, TODAY, by=secretary).ends_on == TODAY


# --- Handing over ---


def test_hand_over_role_today_moves_the_role_and_the_work(role):
    proposal, to = make_proposal(role), make_user()

    new = hand_over_role(role, to, TODAY, by=role.user)

    proposal.refresh_from_db()
    assert (new.user, new.kind, new.city, new.starts_on, new.ends_on) == (to, "approver", role.city, TODAY, None)
    assert Role.objects.get(pk=role.pk).ends_on == TODAY
    assert (proposal.keeper, proposal.author) == (to, role.user)
    assert (may_edit(role.user, role.city.slug), may_edit(to, role.city.slug)) == (False, True)


def test_hand_over_role_later_moves_the_work_on_that_day(role, monkeypatch):
    proposal, to = make_proposal(role), make_user()

    new = hand_over_role(role, to, on(7), by=role.user)

    proposal.refresh_from_db()
    job = ProcrastinateJob.objects.get(task_name="learningcity.cities.jobs.move_work_on_its_day")
    assert proposal.keeper == role.user
    assert timezone.localtime(job.scheduled_at) == timezone.make_aware(dt.datetime.combine(on(7), dt.time()))
    monkeypatch.setattr(timezone, "localdate", lambda: on(7))
    move_work_on_its_day(**job.args)
    proposal.refresh_from_db()
    assert (proposal.keeper, new.starts_on) == (to, on(7))


def test_hand_over_role_later_by_a_secretary_who_has_left_since_still_moves_the_work(role, secretary, monkeypatch):
    proposal, to = make_proposal(role), make_user()
    hand_over_role(role, to, on(7), by=secretary)
    Role.objects.filter(user=secretary).update(ends_on=TODAY)

    monkeypatch.setattr(timezone, "localdate", lambda: on(7))
    move_work_on_its_day(**ProcrastinateJob.objects.get(task_name__endswith="move_work_on_its_day").args)

    proposal.refresh_from_db()
    assert proposal.keeper == to


def test_hand_over_role_that_is_taken_back_before_its_day_moves_nothing(role, secretary, monkeypatch):
    proposal = make_proposal(role)
    new = hand_over_role(role, make_user(), on(7), by=role.user)
    end_role(new, on(7), by=secretary)

    monkeypatch.setattr(timezone, "localdate", lambda: on(7))
    move_work_on_its_day(**ProcrastinateJob.objects.get(task_name__endswith="move_work_on_its_day").args)

    proposal.refresh_from_db()
    assert proposal.keeper == role.user


def test_hand_over_role_of_the_last_secretary_leaves_one(secretary):
    to = make_user()

    hand_over_role(Role.objects.get(user=secretary), to, TODAY, by=secretary)

    assert list(Role.objects.filter(ends_on=None).values_list("user", flat=True)) == [to.pk]


def test_hand_over_role_with_an_end_keeps_it(role):
    Role.objects.filter(pk=role.pk).update(ends_on=on(30))

    assert hand_over_role(role, make_user(), on(3), by=role.user).ends_on == on(30)


def test_hand_over_role_ends_its_deputies(role):
    deputy = name_deputy(role, make_user(), TODAY, on(14), by=role.user)

    hand_over_role(role, make_user(), on(2), by=role.user)

    assert Role.objects.get(pk=deputy.pk).ends_on == on(2)


def test_hand_over_role_by_a_stranger_is_refused(role):
    elsewhere = make_role(kind="approver").user

    for stranger in (make_user(), make_role(city=role.city).user, elsewhere):
        with pytest.raises(PermissionDenied):
            hand_over_role(role, make_user(), TODAY, by=stranger)


@pytest.mark.parametrize("day", [-1, 30, 31])
def test_hand_over_role_on_a_day_that_cannot_be_is_refused(role, day):
    Role.objects.filter(pk=role.pk).update(ends_on=on(30))

    with pytest.raises(ValidationError):
        hand_over_role(role, make_user(), on(day), by=role.user)


def test_hand_over_role_to_somebody_who_cannot_take_it_is_refused(role):
    for to in (role.user, make_user(is_active=False), make_role(kind="approver", city=role.city).user):
        with pytest.raises(ValidationError):
            hand_over_role(role, to, TODAY, by=role.user)


def test_hand_over_role_of_a_deputy_is_refused(role, secretary):
    deputy = name_deputy(role, make_user(), TODAY, on(14), by=role.user)

    with pytest.raises(ValidationError):
        hand_over_role(deputy, make_user(), TODAY, by=secretary)
