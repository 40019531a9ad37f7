"""What can be done in workspace: one verb, one function, one transaction, one audit entry."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.workspace.models import ReportDate


@transaction.atomic
def set_report_date(date: ReportDate, *, by: User) -> ReportDate:
    """Enter the day that the network set for the reports of a cohort; the desk shows it in place of our inference.

    :raises PermissionDenied: if somebody does it who is not of the secretariat.
    :raises ValidationError: if the day is entered already, or lies before the cohort joined.
    """
    if not by.has_perm("workspace.set_report_date"):
        raise PermissionDenied
    date.full_clean()
    date.save(force_insert=True)
    write("workspace.set_report_date", date, by=by, joined=date.joined_on, due=date.due_on)
    return date


@transaction.atomic
def drop_report_date(date: ReportDate, *, by: User) -> None:
    """Take back a day that was entered wrongly.

    :raises PermissionDenied: if somebody does it who is not of the secretariat.
    """
    if not by.has_perm("workspace.drop_report_date"):
        raise PermissionDenied
    write("workspace.drop_report_date", date, by=by, joined=date.joined_on, due=date.due_on)
    date.delete()
