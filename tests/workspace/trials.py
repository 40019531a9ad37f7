"""Rows that the constraints of the workspace refuse."""

import datetime as dt

from learningcity.workspace.models import ReportDate

JOINED = dt.date(2024, 2, 14)


def one_date_twice():
    for _ in range(2):
        ReportDate.objects.create(joined_on=JOINED, due_on=dt.date(2026, 12, 1))


TRIALS = {
    "workspace_a_report_date_is_set_once": one_date_twice,
    "workspace_a_report_is_due_after_joining": lambda: ReportDate.objects.create(joined_on=JOINED, due_on=JOINED),
}
