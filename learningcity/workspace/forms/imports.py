"""What people say about a spreadsheet that they bring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.imports.enums import Mode


class UploadForm(forms.Form):
    """A file, and the place that it is for; whoever works for one place only is not asked for it."""

    place = forms.ChoiceField(label=_("For which city"), required=False)
    file = forms.FileField(
        label=_("The file"),
        help_text=_("XLSX or CSV, at most 20 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt", "data-drop": ""}),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *words: Any, places: list[tuple[str, object]], **more: Any) -> None:
        super().__init__(*words, **more)
        field: Any = self.fields["place"]
        field.choices = places
        if len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = places[0][0]


class SubmitForm(forms.Form):
    """How the rows shall be written, and a word to whoever approves."""

    mode = forms.ChoiceField(label=_("With refused rows"), choices=Mode, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("A word to whoever approves"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *words: Any, refused: int, **more: Any) -> None:
        super().__init__(*words, **more)
        field: Any = self.fields["mode"]
        field.initial = Mode.GOOD if refused else Mode.ALL
        if not refused:
            field.widget = forms.HiddenInput()
