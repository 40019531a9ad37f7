"""The short forms of the plan builder: one field each, the rest comes in the long form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.common.text import language_of
from learningcity.moderation.registry import Values
from learningcity.plans.enums import Field


class BeginForm(forms.Form):
    """One sentence with which a draft begins, and the token that makes two clicks one draft."""

    text = forms.CharField(max_length=300, error_messages={"required": _("Write a sentence first.")})
    token = forms.UUIDField(widget=forms.HiddenInput)

    def typed(self, name: str) -> Values:
        """Return the sentence as the field of its language."""
        text = self.cleaned_data["text"]
        return {f"{name}_{language_of(text)}": text}


class BeginObjectiveForm(BeginForm):
    field = forms.ChoiceField(choices=Field.choices, widget=forms.HiddenInput)


class BeginActionForm(BeginForm):
    objective = forms.IntegerField(widget=forms.HiddenInput)


class StopForm(forms.Form):
    """Why an action goes on no more."""

    reason = forms.CharField(
        label=_("Why it was stopped"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it in the plan. Stopping something for a good reason is no shame."),
        error_messages={"required": _("Say why it was stopped.")},
    )
