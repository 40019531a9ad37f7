from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext, gettext_lazy as _

from learningcity.cities.models import City
from learningcity.opendata.models import Indicator
from learningcity.opendata.queries import indicators_in_order
from learningcity.portal.queries.indicators import MOST_COMPARED, cities_with

# More names than this nobody reads; the field above narrows them.
MOST_LISTED = 200
LONGEST_NAME = 60


class CompareForm(forms.Form):
    """Which cities a reader compares, and by what; what it does not know it says and leaves out."""

    indicator = forms.ChoiceField(
        label=_("What is compared"),
        required=False,
        error_messages={"invalid_choice": _("There is no indicator “%(value)s”.")},
    )
    q = forms.CharField(
        label=_("Name of a city"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("To find it in a long list. What you have chosen stays chosen."),
    )
    city = forms.MultipleChoiceField(
        label=_("Cities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to four."),
        error_messages={"invalid_choice": _("We know no number of “%(value)s” for this.")},
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        known = {one.slug: one for one in indicators_in_order()}
        choices = [("", gettext("Choose …")), *((one.slug, str(one.name)) for one in known.values())]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]
        self.of: Indicator | None = known.get(self.data.get("indicator", ""))
        self.cities: dict[str, City] = {}
        if self.of:
            wanted = self.data.getlist("city")[: MOST_COMPARED * 5] if hasattr(self.data, "getlist") else []
            found = cities_with(self.of, get_language() or "th")
            self.cities = {city.slug: city for city in found.filter(slug__in=wanted)}
            words = self.data.get("q", "").strip()[:LONGEST_NAME].replace("\0", "")
            named = found.filter(Q(name_th__icontains=words) | Q(name_en__icontains=words)) if words else found
            listed = self.cities | {city.slug: city for city in named[:MOST_LISTED]}
            self.fields["city"].choices = [(slug, str(city.name)) for slug, city in listed.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["city"], self.fields["q"]

    def clean_city(self) -> list[str]:
        chosen = list(dict.fromkeys(self.cleaned_data["city"]))
        if len(chosen) > MOST_COMPARED:
            raise forms.ValidationError(
                gettext("Four cities can be told apart; the first four of those you chose are shown.")
            )
        return chosen

    @property
    def chosen(self) -> list[City]:
        """The first cities that were chosen, in that order, as far as they are known."""
        wanted = dict.fromkeys(self.data.getlist("city")) if hasattr(self.data, "getlist") else {}
        return [self.cities[slug] for slug in wanted if slug in self.cities][:MOST_COMPARED]
