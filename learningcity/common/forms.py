"""Fields that several forms share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learningcity.common.thai.dates import refuse_buddhist_year


class DayField(forms.DateField):
    """A day, typed or picked; a Buddhist year is refused with the Christian one that was probably meant."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("help_text", _("With the Christian year, for instance 2026-11-30."))
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day:
            try:
                refuse_buddhist_year(day.year)
            except ValueError as problem:
                raise ValidationError(str(problem), code="buddhist_year") from None
        return day
