"""How the notices about proposals read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.moderation.models import Proposal, Report
from learningcity.moderation.queries.proposals import title_of

TITLES = {
    "moderation.submitted": lambda title: _("Waits for your approval: %(title)s") % {"title": title},
    "moderation.returned": lambda title: _("Sent back to you: %(title)s") % {"title": title},
    "moderation.published": lambda title: _("Published: %(title)s") % {"title": title},
}


def about(notice: Any) -> Proposal | None:
    """Return the proposal that a notice is about."""
    return Proposal.objects.filter(pk=number_in(notice)).first()


def number_in(notice: Any) -> int:
    return int(notice.record.rpartition(":")[2])


def proposal_title(notice: Any) -> str:
    """Return what a notice about a proposal says."""
    proposal = about(notice)
    try:
        title = title_of(proposal) if proposal else ""
    except ObjectDoesNotExist:
        title = ""
    return TITLES[notice.kind](title)


def may_still_see(user: User, notice: Any) -> bool:
    """Tell whether the recipient of a notice may (still) see the proposal."""
    proposal = about(notice)
    return proposal is not None and user.has_perm("moderation.see", proposal)


def report_title(notice: Any) -> str:
    """Return what a notice about an error report says."""
    report = Report.objects.filter(pk=number_in(notice)).first()
    return _("A visitor reported an error: %(page)s") % {"page": report.page if report else ""}


def may_answer(user: User, notice: Any) -> bool:
    """Tell whether the recipient of a notice may (still) answer the report."""
    report = Report.objects.filter(pk=number_in(notice)).first()
    return report is not None and user.has_perm("moderation.answer_report", report)


def handed_over_title(notice: Any) -> str:
    """Return what a notice says about work that was handed over."""
    return _("Handed over to you: %(count)s drafts") % {"count": notice.said.get("count", 0)}
