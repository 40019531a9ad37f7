"""Rows that the constraints of moderation refuse."""

from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.moderation import make_proposal, make_report, make_revision


def two_drafts_of_one_record():
    first = make_proposal(key="1")
    make_proposal(key="1", author=first.author)


def one_hand_twice():
    proposal = make_proposal()
    proposal.hands.create(user=proposal.author)


def own_proposal_decided():
    proposal = make_proposal(key="1", state="submitted")
    proposal.decided_by = proposal.author
    proposal.save()


def one_number_for_two_revisions():
    make_revision()
    make_revision()


TRIALS = {
    "moderation_proposal_state_is_known": lambda: make_proposal(state="dreamt"),
    "moderation_nobody_keeps_two_drafts_of_one_record": two_drafts_of_one_record,
    "moderation_nobody_decides_on_their_own_proposal": own_proposal_decided,
    "moderation_proposals_past_draft_are_dated": lambda: make_proposal(state="submitted", submitted_at=None),
    "moderation_what_is_published_was_decided": lambda: make_proposal(
        state="published", key="1", published_at=timezone.now()
    ),
    "moderation_what_is_scheduled_has_its_time": lambda: make_proposal(
        state="scheduled", key="1", decided_by=make_user()
    ),
    "moderation_only_what_exists_can_be_removed": lambda: make_proposal(removes=True),
    "moderation_what_is_sent_back_has_a_reason": lambda: make_proposal(state="returned"),
    "moderation_a_hand_is_counted_once": one_hand_twice,
    "moderation_revisions_are_numbered": one_number_for_two_revisions,
    "moderation_an_answered_report_has_its_answer_and_no_address": lambda: make_report(
        state="answered", answer="Done.", answered_at=timezone.now(), email="a@example.org"
    ),
}
