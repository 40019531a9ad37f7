"""Telling people before a day comes, and after it has passed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from learningcity.accounts.models import User
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify
from learningcity.partners import queries
from learningcity.partners.actions.commitments import people_of
from learningcity.partners.models import Agreement, Commitment, Reminder

# So many days before; after the day, fewer than none.
AGREEMENT_STEPS = (90, 30, 7)
COMMITMENT_STEPS = (30, 7, -1, -30)


def remind(on: dt.date) -> int:
    """Tell those concerned of what ends or is due soon, or is late; return of how many things they were told.

    A day on which nobody ran this is made up for on the next.
    """
    first, last = on - dt.timedelta(days=60), on + dt.timedelta(days=max(AGREEMENT_STEPS))
    told = 0
    for agreement in queries.ending_between(on, last).select_related("city").order_by("ends_on", "pk"):
        told += _remind_of_agreement(agreement, on)
    due = queries.due_between(first, on + dt.timedelta(days=max(COMMITMENT_STEPS)))
    for commitment in due.select_related("city", "organization").order_by("due_on", "pk"):
        told += _remind_of_commitment(commitment, on)
    return told


@transaction.atomic
def _remind_of_agreement(agreement: Agreement, on: dt.date) -> bool:
    assert agreement.ends_on is not None  # noqa: S101 -- the query asked for it
    step = step_on(AGREEMENT_STEPS, (agreement.ends_on - on).days)
    if step is None or not _is_new(Reminder(agreement=agreement, day=agreement.ends_on, step=step)):
        return False
    for user in partners_in(agreement):
        notify(user, "partners.expiring", agreement, day=agreement.ends_on)
    return True


@transaction.atomic
def _remind_of_commitment(commitment: Commitment, on: dt.date) -> bool:
    assert commitment.due_on is not None  # noqa: S101 -- the query asked for it
    step = step_on(COMMITMENT_STEPS, (commitment.due_on - on).days)
    if step is None or not _is_new(Reminder(commitment=commitment, day=commitment.due_on, step=step)):
        return False
    kind = "partners.due" if commitment.due_on >= on else "partners.late"
    for user in people_of(commitment):
        notify(user, kind, commitment, day=commitment.due_on)
    return True


def step_on(steps: tuple[int, ...], left: int) -> int | None:
    """Return the latest of the steps that has come when so many days are left, or nothing before the first."""
    return min((step for step in steps if left <= step), default=None)


def _is_new(reminder: Reminder) -> bool:
    found = Reminder.objects.get_or_create(
        agreement=reminder.agreement, commitment=reminder.commitment, day=reminder.day, step=reminder.step
    )
    return found[1]


def partners_in(agreement: Agreement) -> list[User]:
    """Return who acts for a party of an agreement, and who approves for its city, each once."""
    clerks = queries.clerks_of_parties(agreement)
    return list({user.pk: user for user in [*clerks, *authority().approvers_of(agreement.city.slug)]}.values())
