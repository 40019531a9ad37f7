from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.notices.enums import Choice


class ChoiceForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Mail about notices"),
        help_text=_("Mail about signing in and about your password always comes at once."),
        choices=Choice,
        widget=forms.RadioSelect,
    )


class UntilForm(forms.Form):
    """Up to when everything counts as read: what came after the page was made, nobody has seen on it."""

    until = forms.DateTimeField()
