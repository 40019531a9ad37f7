from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learningcity.imports.actions import refuse_mode
from learningcity.imports.enums import Mode
from learningcity.imports.models import Import


class ReleaseForm(forms.Form):
    """What is proposed of an import: to write all its rows or nothing, or only the good ones."""

    mode = forms.ChoiceField(label=_("With refused rows"), choices=Mode, widget=forms.RadioSelect)

    def __init__(self, values: Any = None, *, place: str, record: Import | None) -> None:
        super().__init__(values)
        self.record = record

    def clean(self) -> dict[str, Any]:
        """Return what was chosen.

        :raises ValidationError: if the import cannot be written this way (any more).
        """
        said = super().clean() or {}
        if self.record is None:
            raise ValidationError(_("An import begins with a file."))
        if "mode" in said:
            refuse_mode(self.record, said["mode"])
        return said
