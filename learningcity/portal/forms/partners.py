from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.models import City
from learningcity.cities.queries import cities_in_order
from learningcity.partners.enums import Gift, Outcome, Sector, Standing
from learningcity.partners.queries import (
    AgreementSelection,
    CommitmentSelection,
    OrganizationSelection,
    cities_with_agreements,
    cities_with_partners,
    cities_with_promises,
)


def city_field(error: Any) -> forms.ChoiceField:
    """Return the field that narrows a list to a city; which ones there are is asked for each page."""
    return forms.ChoiceField(label=_("City"), required=False, error_messages={"invalid_choice": error})


class PlaceFilter(forms.Form):
    """A filter whose first field is a city."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        cities = cities_in_order(self.cities(), get_language() or "th")
        self.fields["city"].choices = [("", _("All cities")), *((city.slug, str(city.name)) for city in cities)]  # type: ignore[attr-defined]

    def cities(self) -> QuerySet[City]:
        """Return the cities to choose from; for subclasses."""
        raise NotImplementedError

    def chosen(self) -> dict[str, str]:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class OrganizationFilter(PlaceFilter):
    """Which partners a reader wants to see; what it does not know it says and leaves out."""

    city = city_field(_("No partner works in a city “%(value)s”; this filter is left out."))
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[("", _("All sectors")), *Sector.choices],
        error_messages={"invalid_choice": _("There is no sector “%(value)s”; this filter is left out.")},
    )
    words = forms.CharField(label=_("Name"), required=False, max_length=100)

    def cities(self) -> QuerySet[City]:
        return cities_with_partners()

    def selection(self) -> OrganizationSelection:
        """Return what was chosen, as far as it is known."""
        return OrganizationSelection(**self.chosen())


class AgreementFilter(PlaceFilter):
    """Which agreements a reader wants to see; what it does not know it says and leaves out."""

    city = city_field(_("We know no agreement of a city “%(value)s”; this filter is left out."))
    standing = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[("", _("All agreements")), *Standing.choices],
        error_messages={"invalid_choice": _("No agreement can be “%(value)s”; this filter is left out.")},
    )

    def cities(self) -> QuerySet[City]:
        return cities_with_agreements()

    def selection(self) -> AgreementSelection:
        """Return what was chosen, as far as it is known."""
        return AgreementSelection(**self.chosen())


class CommitmentFilter(PlaceFilter):
    """Which promises a reader wants to see; what it does not know it says and leaves out."""

    city = city_field(_("Nothing is promised to a city “%(value)s”; this filter is left out."))
    outcome = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("All promises")), *(pair for pair in Outcome.choices if pair[0] != Outcome.PROPOSED)],
        error_messages={"invalid_choice": _("No promise can be “%(value)s”; this filter is left out.")},
    )
    kind = forms.ChoiceField(
        label=_("What is given"),
        required=False,
        choices=[("", _("Everything")), *Gift.choices],
        error_messages={"invalid_choice": _("Nobody gives “%(value)s”; this filter is left out.")},
    )

    def cities(self) -> QuerySet[City]:
        return cities_with_promises()

    def selection(self) -> CommitmentSelection:
        """Return what was chosen, as far as it is known."""
        return CommitmentSelection(**self.chosen())
