"""What can be done with public content: one verb, one function, one transaction, one audit entry."""

from learningcity.moderation.actions.drafts import (
    Saved,
    adopt,
    begin,
    propose_removal,
    recall,
    save_draft,
    take,
    withdraw,
    withdraw_all_drafts,
)
from learningcity.moderation.actions.erasing import erase_names, forget_words, hold_history
from learningcity.moderation.actions.going import note_removal
from learningcity.moderation.actions.handing import hand_over
from learningcity.moderation.actions.publishing import (
    Overtaken,
    approve,
    check,
    publish_due,
    rehearse,
    restore,
    send_back,
    submit,
)
from learningcity.moderation.actions.reports import answer_report, forget_addresses, report_error

__all__ = [
    "Overtaken",
    "Saved",
    "adopt",
    "answer_report",
    "approve",
    "begin",
    "check",
    "erase_names",
    "forget_addresses",
    "forget_words",
    "hand_over",
    "hold_history",
    "note_removal",
    "propose_removal",
    "publish_due",
    "recall",
    "rehearse",
    "report_error",
    "restore",
    "save_draft",
    "send_back",
    "submit",
    "take",
    "withdraw",
    "withdraw_all_drafts",
]
