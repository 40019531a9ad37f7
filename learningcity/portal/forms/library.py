from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.queries import cities_in_order
from learningcity.library.enums import Audience, Language, LifeStage, Need, PlaceKind, ResourceKind, Subject
from learningcity.library.queries import Selection, cities_with_learning
from learningcity.opendata.enums import License


def narrowing(label: Any, everything: Any, choices: Any, error: Any) -> forms.ChoiceField:
    """Return a field that narrows the list to one of these choices."""
    return forms.ChoiceField(
        label=label, required=False, choices=[("", everything), *choices], error_messages={"invalid_choice": error}
    )


class LibraryFilter(forms.Form):
    """What a reader wants to learn from; what it does not know it says and leaves out."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    stage = narrowing(
        _("Life stage"),
        _("All ages"),
        [pair for pair in LifeStage.choices if pair[0] != LifeStage.ALL],
        _("There is no life stage “%(value)s”; this filter is left out."),
    )
    subject = narrowing(
        _("Subject"),
        _("All subjects"),
        Subject.choices,
        _("There is no subject “%(value)s”; this filter is left out."),
    )
    language = narrowing(
        _("Language"),
        _("All languages"),
        Language.choices,
        _("We know nothing in a language “%(value)s”; this filter is left out."),
    )
    audience = narrowing(
        _("For whom"), _("Everybody"), Audience.choices, _("There is no audience “%(value)s”; this filter is left out.")
    )
    need = narrowing(
        _("What I need"), _("No need"), Need.choices, _("We do not know the need “%(value)s”; this filter is left out.")
    )
    license = narrowing(
        _("License"), _("All licenses"), License.choices, _("There is no license “%(value)s”; this filter is left out.")
    )
    city = narrowing(
        _("City"), _("All cities"), [], _("We know nothing to learn of a city “%(value)s”; this filter is left out.")
    )
    kind = narrowing(
        _("Kind"),
        _("Places and resources"),
        [
            ("resources", _("All resources")),
            ("places", _("All places")),
            (_("Resources"), ResourceKind.choices),
            (_("Places"), PlaceKind.choices),
        ],
        _("There is no kind “%(value)s”; this filter is left out."),
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        cities = cities_in_order(cities_with_learning(), get_language() or "th")
        self.fields["city"].choices = [("", _("All cities")), *((city.slug, str(city.name)) for city in cities)]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        return Selection(**{name: self.cleaned_data.get(name, "") for name in self.fields})
