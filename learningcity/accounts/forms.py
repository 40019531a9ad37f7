from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.accounts.models import User


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "language")
        help_texts = {
            "name": _("As it should stand beside what you do here."),
            "language": _("For the mail that we send you; every page can be read in both."),
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class ErasureForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I understand that my account is gone for good"),
        error_messages={"required": _("Tick the box to say that you understand.")},
    )
