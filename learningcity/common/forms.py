"""Fields that several forms share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.utils.translation import gettext_lazy as _

from learningcity.common.thai.dates import refuse_buddhist_year
from learningcity.common.thai.reading import VagueDate, read_date, read_number


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


class VagueDateField(forms.Field):
    """A date as exactly as it is known, in the calendar of whoever types it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        options.setdefault(
            "help_text", _("A year, a month or a day, Buddhist or Christian: 2567, ก.ย. 2567, 17/9/2567 or 2024-09-17.")
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> VagueDate | None:
        if isinstance(value, VagueDate):
            return value
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return read_date(value)
        except ValueError as problem:
            raise ValidationError(str(problem), code="no_date") from None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, VagueDate) else value


class NumberField(forms.Field):
    """A number in the digits of whoever types it, with commas between the thousands or without."""

    def __init__(self, *, digits: int, places: int, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}))
        options["validators"] = [*options.get("validators", []), DecimalValidator(digits, places)]
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return read_number(value)
        except ValueError as problem:
            raise ValidationError(str(problem), code="no_number") from None


def number_value(number: Decimal | None) -> str:
    """Return what a form shows of a number: as many decimals as it has."""
    return "" if number is None else f"{number.normalize():f}"
