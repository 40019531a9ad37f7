"""How a visitor tells us about an error."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.moderation.models import Report


class ReportForm(forms.ModelForm):
    """What is wrong on which page. Nobody needs an account to say it."""

    # People do not see it and leave it empty; programs fill in whatever they find.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    class Meta:
        model = Report
        fields = ("page", "text", "email")
        widgets = {"page": forms.HiddenInput, "text": forms.Textarea(attrs={"rows": 6})}
        labels = {"text": _("What is wrong"), "email": _("Your e-mail address")}
        help_texts = {
            "text": _("Which sentence or number, and what would be right. A link to a source helps us most."),
            "email": _("Only if you want an answer. We send you one letter, and then forget the address."),
        }
        error_messages = {"text": {"required": _("Write what is wrong; one sentence is enough.")}}

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))
