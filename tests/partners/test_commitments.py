import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.notices.models import Notice
from learningcity.partners.actions import (
    check_evidence,
    confirm_commitment,
    mark_broken,
    report_kept,
    withdraw_commitment,
)
from learningcity.partners.models import Evidence
from learningcity.partners.queries import CommitmentSelection, public_commitments, select_commitments, side_of
from learningcity.search.models import Document
from tests.factories.cities import make_role
from tests.factories.partners import make_clerk, make_commitment, make_evidence, make_file

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def proposed(cast):
    return make_commitment(city=cast.city, organization=cast.organization)


@pytest.fixture
def confirmed(cast):
    return make_commitment(city=cast.city, organization=cast.organization, state="confirmed", due_on=YESTERDAY)


def words():
    return Evidence(text_th="ทำแล้ว", text_en="It is done.")


def kinds_of_notices(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("order", [("clerk", "approver"), ("approver", "clerk")])
def test_confirm_commitment_counts_when_both_sides_have_said_yes(cast, proposed, order):
    first, second = (getattr(cast, name) for name in order)

    once = confirm_commitment(proposed, by=first)
    after_one = once.state
    twice = confirm_commitment(proposed, by=second)

    assert (after_one, twice.state) == ("proposed", "confirmed")
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["partners.confirm_commitment"] * 2 + ["move"]
    assert list(public_commitments()) == [proposed]
    assert Document.objects.filter(kind="promise", key=str(proposed.pk)).count() == 1


@pytest.mark.parametrize("first", ["partner", "city"])
def test_confirm_commitment_takes_two_people_even_if_one_changes_sides(cast, proposed, first):
    one, today = cast.approver, timezone.localdate()
    if first == "city":
        confirm_commitment(proposed, by=one)
    clerk = make_clerk(organization=cast.organization, user=one)
    if first == "partner":
        confirm_commitment(proposed, by=one)
        clerk.ends_on = today
        clerk.save()

    with pytest.raises(PermissionDenied):
        confirm_commitment(proposed, by=one)


def test_confirm_commitment_by_one_side_twice_changes_nothing(cast, proposed):
    confirm_commitment(proposed, by=cast.clerk)

    again = confirm_commitment(proposed, by=cast.clerk)

    assert (again.state, again.confirmed_by_city_at, Entry.objects.count()) == ("proposed", None, 1)
    assert not public_commitments().exists()


def test_confirm_commitment_tells_the_other_side_what_waits(cast, proposed):
    confirm_commitment(proposed, by=cast.clerk)

    assert kinds_of_notices(cast.approver) == ["partners.confirm"]
    assert kinds_of_notices(cast.clerk) == []


def test_confirm_commitment_by_a_clerk_who_is_an_officer_as_well_is_of_the_partner_alone(cast, proposed):
    both = make_role(kind="approver", city=cast.city).user
    make_clerk(user=both, organization=cast.organization)
    confirm_commitment(proposed, by=both)

    again = confirm_commitment(proposed, by=both)

    assert (again.state, again.confirmed_by_city_at) == ("proposed", None)


def test_confirm_commitment_by_a_stranger_is_refused(cast, proposed):
    for stranger in [*cast.strangers, cast.editor]:
        with pytest.raises(PermissionDenied):
            confirm_commitment(proposed, by=stranger)
    assert Entry.objects.count() == 0


def test_confirm_commitment_by_a_clerk_who_ended_yesterday_is_refused(cast, proposed):
    former = make_clerk(organization=cast.organization, ends_on=YESTERDAY).user

    with pytest.raises(PermissionDenied):
        confirm_commitment(proposed, by=former)


@pytest.mark.parametrize("state", ["confirmed", "kept", "broken", "withdrawn"])
def test_confirm_commitment_of_what_waits_for_nobody_is_refused(cast, state):
    settled = make_commitment(city=cast.city, organization=cast.organization, state=state)

    with pytest.raises(TransitionNotAllowed):
        confirm_commitment(settled, by=cast.clerk)


@pytest.mark.parametrize(("name", "side"), [("clerk", "partner"), ("editor", "city"), ("approver", "city")])
def test_report_kept_says_since_when_and_by_what_one_sees_it(cast, confirmed, name, side):
    kept = report_kept(confirmed, YESTERDAY, words(), by=getattr(cast, name))

    shown = Evidence.objects.get()
    assert (kept.state, kept.settled_on, shown.side, shown.by) == ("kept", YESTERDAY, side, getattr(cast, name))
    assert shown.checked_at is None


def test_report_kept_without_a_word_is_refused(cast, confirmed):
    with pytest.raises(ValidationError):
        report_kept(confirmed, TODAY, Evidence(), by=cast.clerk)

    confirmed.refresh_from_db()
    assert (confirmed.state, Evidence.objects.count()) == ("confirmed", 0)


def test_report_kept_tomorrow_is_refused(cast, confirmed):
    with pytest.raises(ValidationError) as refusal:
        report_kept(confirmed, TODAY + dt.timedelta(days=1), words(), by=cast.clerk)

    assert list(refusal.value.message_dict) == ["on"]


def test_report_kept_of_what_nobody_confirmed_is_refused(cast, proposed):
    with pytest.raises(TransitionNotAllowed):
        report_kept(proposed, TODAY, words(), by=cast.clerk)


def test_report_kept_by_a_stranger_is_refused(cast, confirmed):
    for stranger in cast.strangers:
        with pytest.raises(PermissionDenied):
            report_kept(confirmed, TODAY, words(), by=stranger)
    assert Evidence.objects.count() == 0


def test_report_kept_makes_good_what_was_broken(cast):
    broken = make_commitment(city=cast.city, organization=cast.organization, state="broken")

    assert report_kept(broken, TODAY, words(), by=cast.clerk).state == "kept"


def test_mark_broken_says_so_for_the_city(cast, confirmed):
    broken = mark_broken(confirmed, words(), by=cast.approver)

    assert (broken.state, broken.settled_on) == ("broken", TODAY)
    assert kinds_of_notices(cast.clerk) == ["partners.broken"]


@pytest.mark.parametrize("due_on", [None, TODAY, TODAY + dt.timedelta(days=9)])
def test_mark_broken_before_its_day_has_passed_is_refused(cast, confirmed, due_on):
    confirmed.due_on = due_on
    confirmed.save()

    with pytest.raises(ValidationError):
        mark_broken(confirmed, words(), by=cast.approver)


def test_mark_broken_by_a_stranger_is_refused(cast, confirmed):
    for stranger in [*cast.strangers, cast.clerk, cast.editor]:
        with pytest.raises(PermissionDenied):
            mark_broken(confirmed, words(), by=stranger)


@pytest.mark.parametrize("name", ["clerk", "approver"])
def test_withdraw_commitment_takes_it_back_with_a_reason(cast, confirmed, name):
    withdrawn = withdraw_commitment(confirmed, words(), by=getattr(cast, name))

    assert (withdrawn.state, withdrawn.settled_on) == ("withdrawn", TODAY)


def test_withdraw_commitment_that_was_kept_is_refused(cast):
    kept = make_commitment(city=cast.city, organization=cast.organization, state="kept")

    with pytest.raises(TransitionNotAllowed):
        withdraw_commitment(kept, words(), by=cast.clerk)


def test_withdraw_commitment_by_a_stranger_is_refused(cast, confirmed):
    for stranger in [*cast.strangers, cast.editor]:
        with pytest.raises(PermissionDenied):
            withdraw_commitment(confirmed, words(), by=stranger)


def test_selection_narrows_promises_by_city_and_by_what_is_given(cast):
    wanted = make_commitment(city=cast.city, state="confirmed", kind="place")
    make_commitment(city=cast.city, state="confirmed")
    make_commitment(state="confirmed", kind="place")

    found = select_commitments(CommitmentSelection(city=cast.city.slug, kind="place"), on=TODAY)

    assert list(found) == [wanted]


def test_nobody_without_an_account_stands_on_a_side(cast, proposed):
    cast.approver.is_active = False
    nobody = AnonymousUser()

    assert side_of(cast.approver, proposed) is None
    assert not nobody.has_perm("partners.confirm_commitment", proposed)
    assert not nobody.has_perm("partners.check_evidence", make_evidence(commitment=proposed))
    assert not nobody.has_perm("partners.read_file", make_file())


def test_check_evidence_by_the_other_side_lets_everybody_see_it(cast, confirmed):
    shown = make_evidence(commitment=confirmed, side="partner", by=cast.clerk)

    checked = check_evidence(shown, by=cast.editor)

    assert checked.checked_at is not None
    with pytest.raises(TransitionNotAllowed):
        check_evidence(shown, by=cast.editor)


def test_check_evidence_of_ones_own_side_or_by_a_stranger_is_refused(cast, confirmed):
    shown = make_evidence(commitment=confirmed, side="partner", by=cast.clerk)
    colleague = make_clerk(organization=cast.organization).user

    for person in [*cast.strangers, cast.clerk, colleague]:
        with pytest.raises(PermissionDenied):
            check_evidence(shown, by=person)
