from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.queries import cities_in_order
from learningcity.portal.queries.network import Ties, cities_with_partners


class NetworkFilter(forms.Form):
    """Whose network a reader wants to see, and which ties are counted; what it does not know it says and leaves out."""

    city = forms.ChoiceField(
        label=_("City"),
        required=False,
        error_messages={"invalid_choice": _("We know no partners of a city “%(value)s”; this filter is left out.")},
    )
    ties = forms.ChoiceField(
        label=_("Ties that are counted"),
        required=False,
        choices=[
            ("", _("Kept promises, if there are any")),
            (Ties.KEPT, _("Kept promises alone")),
            (Ties.ALL, _("Signatures and open promises too")),
        ],
        error_messages={"invalid_choice": _("There are no ties “%(value)s”; this filter is left out.")},
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        cities = cities_in_order(cities_with_partners(), get_language() or "th")
        self.fields["city"].choices = [("", _("All cities")), *((city.slug, str(city.name)) for city in cities)]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what was chosen, if it is known."""
        self.full_clean()
        return self.cleaned_data.get(name, "")


class AgreementNetworkFilter(forms.Form):
    """The same for the network around one agreement, with the way back to everybody's."""

    agreement = forms.ChoiceField(label=_("Agreement"), required=False)
    ties = NetworkFilter.base_fields["ties"]

    def __init__(self, *given: Any, title: str, **options: Any) -> None:
        super().__init__(*given, **options)
        slug = self.data.get("agreement", "")
        self.fields["agreement"].choices = [(slug, title), ("", _("All agreements"))]  # type: ignore[attr-defined]
