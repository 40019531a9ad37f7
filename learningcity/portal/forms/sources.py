from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.sources.enums import SourceKind


class SourceFilter(forms.Form):
    """Which sources a reader wants to see."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *SourceKind.choices],
        error_messages={"invalid_choice": _("There is no kind of source “%(value)s”; this filter is left out.")},
    )

    def kind_chosen(self) -> str:
        """Return the kind that was chosen, if it is one."""
        self.full_clean()
        return self.cleaned_data.get("kind", "")
