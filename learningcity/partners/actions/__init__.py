"""What can be done in partners: one verb, one function, one transaction, one audit entry."""

from learningcity.partners.actions.agreements import MEDIA_TYPE, attach_file, call_off, hide_file, publish_file
from learningcity.partners.actions.clerks import (
    accept_invitation,
    change_contact,
    end_all_clerkships,
    end_clerk,
    forget_invitations,
    invite_clerk,
)
from learningcity.partners.actions.commitments import (
    check_evidence,
    confirm_commitment,
    mark_broken,
    report_kept,
    withdraw_commitment,
)
from learningcity.partners.actions.exchanges import (
    answer_visit,
    end_pair,
    follow_up_visit,
    pair_mentor,
    report_visit,
    request_visit,
)
from learningcity.partners.actions.reminders import remind

__all__ = [
    "MEDIA_TYPE",
    "accept_invitation",
    "answer_visit",
    "attach_file",
    "call_off",
    "change_contact",
    "check_evidence",
    "confirm_commitment",
    "end_all_clerkships",
    "end_clerk",
    "end_pair",
    "follow_up_visit",
    "forget_invitations",
    "hide_file",
    "invite_clerk",
    "mark_broken",
    "pair_mentor",
    "publish_file",
    "remind",
    "report_kept",
    "report_visit",
    "request_visit",
    "withdraw_commitment",
]
