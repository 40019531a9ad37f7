import datetime as dt

import pytest

from learningcity.notices.models import Notice
from learningcity.partners.actions import remind
from tests.factories.partners import make_agreement, make_commitment, make_party

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


def days_told(thing, on):
    """Return on which days before (or after) the day of a thing somebody is told, asked every day."""
    return [left for left in range(100, -70, -1) if remind(on - dt.timedelta(days=left))]


def test_agreements_that_end_are_told_90_30_and_7_days_before(cast):
    agreement = make_agreement(city=cast.city, ends_on=DAY)

    assert days_told(agreement, DAY) == [90, 30, 7]


def test_promises_are_told_30_and_7_days_before_and_after_their_day(cast):
    promise = make_commitment(city=cast.city, organization=cast.organization, state="confirmed", due_on=DAY)

    assert days_told(promise, DAY) == [30, 7, -1, -30]


def test_remind_reaches_both_sides_of_a_promise(cast):
    make_commitment(city=cast.city, organization=cast.organization, state="confirmed", due_on=DAY)

    remind(DAY)
    remind(DAY + dt.timedelta(days=1))

    assert [n.kind for n in Notice.objects.filter(recipient=cast.clerk).order_by("pk")] == [
        "partners.due",
        "partners.late",
    ]
    assert Notice.objects.filter(recipient=cast.approver).count() == 2
    assert Notice.objects.filter(recipient__in=cast.strangers).count() == 0


def test_remind_reaches_the_clerks_of_all_parties(cast):
    agreement = make_agreement(city=cast.city, ends_on=DAY)
    make_party(agreement=agreement, organization=cast.organization)

    remind(DAY)

    assert {notice.recipient for notice in Notice.objects.all()} == {cast.clerk, cast.approver}


def test_remind_makes_up_for_days_on_which_nobody_ran_it(cast):
    make_agreement(city=cast.city, ends_on=DAY)

    assert [remind(DAY - dt.timedelta(days=left)) for left in (85, 84, 20, 20)] == [1, 0, 1, 0]


def test_remind_speaks_anew_of_a_day_that_was_moved(cast):
    agreement = make_agreement(city=cast.city, ends_on=DAY)
    remind(DAY - dt.timedelta(days=5))
    agreement.ends_on = DAY + dt.timedelta(days=60)
    agreement.save()

    assert remind(DAY - dt.timedelta(days=5)) == 1


@pytest.mark.parametrize("state", ["proposed", "kept", "broken", "withdrawn"])
def test_remind_is_silent_about_promises_that_are_not_open(cast, state):
    make_commitment(city=cast.city, organization=cast.organization, state=state, due_on=DAY)

    assert remind(DAY) == 0


def test_remind_is_silent_about_agreements_that_were_renewed_or_called_off(cast):
    old = make_agreement(city=cast.city, ends_on=DAY)
    make_agreement(city=cast.city, renews=old)
    make_agreement(city=cast.city, ends_on=DAY, called_off_on=DAY)
    make_agreement(city=cast.city, ends_on=DAY, signed_on=None)

    assert remind(DAY) == 0
