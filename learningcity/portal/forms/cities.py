from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import CityKind, Region, Stage, Theme
from learningcity.cities.queries import CitySelection
from learningcity.common.thai.dates import refuse_buddhist_year, shown_year


class CityFilter(forms.Form):
    """Which cities a reader wants to see; what it does not know it says and leaves out."""

    q = forms.CharField(label=_("Name of the city"), required=False, max_length=100)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=[("", _("All regions")), *Region.choices],
        error_messages={"invalid_choice": _("There is no region “%(value)s”; this filter is left out.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *CityKind.choices],
        error_messages={"invalid_choice": _("There is no kind of city “%(value)s”; this filter is left out.")},
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("All stages")), *Stage.choices],
        error_messages={"invalid_choice": _("There is no stage “%(value)s”; this filter is left out.")},
    )
    since = forms.TypedChoiceField(
        label=_("In UNESCO’s network since"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("No city joined in “%(value)s”; this filter is left out.")},
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[("", _("All themes")), *Theme.choices],
        error_messages={"invalid_choice": _("There is no theme “%(value)s”; this filter is left out.")},
    )

    def __init__(self, *given: Any, years: list[int], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["since"].choices = [("", _("Any year")), *((year, shown_year(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["since"].widget.is_required = False

    def clean(self) -> dict[str, Any]:
        since = self.data.get("since", "")
        if "since" in self.errors and since.isascii() and since.isdecimal():
            try:
                refuse_buddhist_year(int(since[:5]))
            except ValueError as error:
                del self.errors["since"]
                self.add_error("since", str(error))
        return self.cleaned_data

    def selection(self) -> CitySelection:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        given = self.cleaned_data
        return CitySelection(
            region=given.get("region", ""),
            kind=given.get("kind", ""),
            stage=given.get("stage", ""),
            since=given.get("since"),
            theme=given.get("theme", ""),
            words=given.get("q", ""),
        )
