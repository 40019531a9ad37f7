"""The pages of help: which there are, for whom, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVERYBODY, OFFICER, APPROVER = _("For everybody"), _("For city officers"), _("For approvers")
SECRETARIAT, PARTNER = _("For the secretariat"), _("For partner organizations")


@dataclass(frozen=True)
class Guide:
    """One page of help: a task, told to the person who has it."""

    slug: str
    audience: Promise
    title: Promise
    lead: Promise


GUIDES = (
    Guide("report-an-error", EVERYBODY, _("Report an error"), _("You found something wrong on a page.")),
    Guide("first-steps", OFFICER, _("The first steps"), _("Sign in, find your desk, change one thing.")),
    Guide("change-a-text", OFFICER, _("Change a text"), _("The profile, a practice, a milestone: all the same way.")),
    Guide("enter-a-number", OFFICER, _("Enter or correct a number"), _("Value, date, source; and when two differ.")),
    Guide("use-a-spreadsheet", OFFICER, _("Bring in a spreadsheet"), _("Many rows at once, and back again.")),
    Guide("publish-data", OFFICER, _("Publish data"), _("Bring a table, describe it once, for every catalog.")),
    Guide("harvest", OFFICER, _("Harvest catalogs of others"), _("What others publish comes here and stays fresh.")),
    Guide("show-a-picture", OFFICER, _("Show a picture"), _("Alternative text, license, and who is to be seen.")),
    Guide(
        "contribute-a-resource",
        OFFICER,
        _("Contribute a learning resource"),
        _("A book, a film, a course: for whom, in which language, under which license."),
    ),
    Guide(
        "contribute-a-place",
        OFFICER,
        _("Contribute a learning place"),
        _("A library, a temple, a market: one by one, or many by a spreadsheet."),
    ),
    Guide("make-a-plan", OFFICER, _("Make a plan that lives"), _("Six fields of action, targets, small wins.")),
    Guide("approve", APPROVER, _("Approve or send back"), _("What changes, from where, and what then happens.")),
    Guide("deputies", APPROVER, _("Deputies and handing over"), _("Leave, or leave for good, and nothing is lost.")),
    Guide("agreements", SECRETARIAT, _("Agreements and promises"), _("Partners, what they sign, what becomes of it.")),
    Guide("accounts-and-roles", SECRETARIAT, _("Accounts and roles"), _("Who may do what, from when to when.")),
    Guide("answer-for-a-partner", PARTNER, _("Answer for your organization"), _("Confirm, report, correct.")),
)


def guides_by_audience() -> list[tuple[Promise, list[Guide]]]:
    """Return all pages of help, grouped by whom they are for."""
    audiences = dict.fromkeys(guide.audience for guide in GUIDES)
    return [(audience, [guide for guide in GUIDES if guide.audience is audience]) for audience in audiences]


def guide_named(slug: str) -> Guide | None:
    """Return a page of help, if there is one of this name."""
    return next((guide for guide in GUIDES if guide.slug == slug), None)
