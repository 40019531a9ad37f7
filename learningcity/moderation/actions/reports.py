from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, write
from learningcity.moderation.enums import ReportState
from learningcity.moderation.models import Report
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify, post

# Nobody waits longer for an answer.
LIFE_OF_ADDRESSES = dt.timedelta(days=180)


@transaction.atomic
def report_error(report: Report) -> Report:
    """Take in what a visitor found wrong on a page; whoever answers for the place hears of it.

    :raises ValidationError: if nothing is said.
    """
    report.full_clean(exclude=["answered_by", "answered_at"])
    report.save(force_insert=True)
    write("moderation.report_error", report, by=None, place=report.place)
    for approver in authority().approvers_of(report.place):
        notify(approver, "moderation.reported", report)
    return report


@transaction.atomic
def answer_report(report: Report, answer: str, *, by: User) -> Report:
    """Answer a visitor who reported an error, and forget their address.

    :raises PermissionDenied: if this person does not answer for the place.
    :raises ValidationError: if the answer is empty.
    :raises TransitionNotAllowed: if it was answered already.
    """
    if not by.has_perm("moderation.answer_report", report):
        raise PermissionDenied
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.state != ReportState.OPEN:
        raise TransitionNotAllowed(f"{report.pk} is {report.state}")
    if not answer.strip():
        raise ValidationError({"answer": _("Write what you found, and what was done.")})
    if report.email:
        with translation.override(report.language):
            thanks = _("You told us about an error on this page:")
            page = f"{settings.SITE_URL}{'/en' if report.language == 'en' else ''}{report.page}"
            post(report.email, _("About the error you reported"), f"{thanks}\n{page}\n\n{answer.strip()}\n")
    report.state, report.answer, report.email = ReportState.ANSWERED, answer.strip(), ""
    report.answered_by, report.answered_at = by, timezone.now()
    report.save()
    write("moderation.answer_report", report, by=by, before=ReportState.OPEN, after=ReportState.ANSWERED)
    return report


@transaction.atomic
def forget_addresses() -> int:
    """Forget where to answer those who reported an error long ago; the report itself stays open. Return how many."""
    old = Report.objects.filter(reported_at__lt=timezone.now() - LIFE_OF_ADDRESSES).exclude(email="")
    if forgotten := old.update(email=""):
        write("moderation.forget_addresses", "moderation.Report", by=None, reports=forgotten)
    return forgotten
