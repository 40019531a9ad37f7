"""The days that the network sets for the reports of its members."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.common.forms import DayField
from learningcity.common.thai.dates import shown_date
from learningcity.workspace.models import ReportDate


class ReportDateForm(forms.ModelForm):
    """Which cohort reports by which day."""

    joined_on = forms.TypedChoiceField(label=_("Members since"), coerce=dt.date.fromisoformat, empty_value=None)
    due_on = DayField(label=_("Report due on"))

    class Meta:
        model = ReportDate
        fields = ("joined_on", "due_on")

    def __init__(self, data: Any = None, *, cohorts: dict[dt.date, int]) -> None:
        super().__init__(data)
        choices = [(day.isoformat(), f"{shown_date(day)} ({count})") for day, count in sorted(cohorts.items())]
        self.fields["joined_on"].choices = choices  # type: ignore[attr-defined]
