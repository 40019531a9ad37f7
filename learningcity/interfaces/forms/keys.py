from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.interfaces.models import ApiKey


class KeyForm(forms.ModelForm):
    class Meta:
        model = ApiKey
        fields = ("name",)
        help_texts = {"name": _("The program or the place where you will use it, so that you know it later.")}
