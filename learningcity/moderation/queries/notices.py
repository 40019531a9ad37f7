"""How the notices about proposals read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Proposal, Report
from learningcity.moderation.queries.proposals import title_of
from learningcity.notices.models import Notice

TITLES = {
    "moderation.submitted": lambda title: _("Waits for your approval: %(title)s") % {"title": title},
    "moderation.returned": lambda title: _("Sent back to you: %(title)s") % {"title": title},
    "moderation.published": lambda title: _("Published: %(title)s") % {"title": title},
}


def proposal_title(notice: Notice) -> str:
    """Return what a notice about a proposal says."""
    proposal = notice.about
    title = title_of(proposal) if isinstance(proposal, Proposal) else ""
    return TITLES[notice.kind](title)


def may_still_see(user: User, notice: Notice) -> bool:
    """Tell whether the recipient of a notice may (still) see the proposal."""
    proposal = notice.about
    return proposal is not None and user.has_perm("moderation.see", proposal)


def still_waits(user: User, notice: Notice) -> bool:
    """Tell whether the recipient may (still) see a proposal that (still) waits: nobody is asked for what is decided."""
    proposal = notice.about
    return (
        isinstance(proposal, Proposal)
        and proposal.state == ProposalState.SUBMITTED
        and user.has_perm("moderation.see", proposal)
    )


def report_title(notice: Notice) -> str:
    """Return what a notice about an error report says."""
    report = notice.about
    return _("A visitor reported an error: %(page)s") % {"page": report.page if isinstance(report, Report) else ""}


def may_answer(user: User, notice: Notice) -> bool:
    """Tell whether the recipient of a notice may (still) answer the report."""
    report = notice.about
    return report is not None and user.has_perm("moderation.answer_report", report)


def handed_over_title(notice: Notice) -> str:
    """Return what a notice says about work that was handed over."""
    return _("Handed over to you: %(count)s drafts") % {"count": notice.said.get("count", 0)}


def is_about_them(user: User, notice: Notice) -> bool:
    """Tell whether a notice is about its own recipient."""
    return bool(notice.about == user)
