from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.enums import Theme
from learningcity.cities.queries import cities_in_order
from learningcity.practices.queries import PracticeSelection, cities_with_practices


class PracticeFilter(forms.Form):
    """Which practices a reader wants to see; what it does not know it says and leaves out."""

    city = forms.ChoiceField(
        label=_("City"),
        required=False,
        error_messages={"invalid_choice": _("We know no practice of a city “%(value)s”; this filter is left out.")},
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[("", _("All themes")), *Theme.choices],
        error_messages={"invalid_choice": _("There is no theme “%(value)s”; this filter is left out.")},
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        cities = cities_in_order(cities_with_practices(), get_language() or "th")
        self.fields["city"].choices = [("", _("All cities")), *((city.slug, str(city.name)) for city in cities)]  # type: ignore[attr-defined]

    def selection(self) -> PracticeSelection:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        return PracticeSelection(**{name: self.cleaned_data.get(name, "") for name in self.fields})
