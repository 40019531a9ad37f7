"""What people fill in about catalogs of others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.harvest.enums import Kind, Often
from learningcity.harvest.models import Origin
from learningcity.opendata.enums import License


class OriginForm(forms.Form):
    """A catalog of others, or a table at an address."""

    place = forms.ChoiceField(label=_("For which city"), required=False)
    title = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As your list shall call it: “Open data of the province”.")
    )
    kind = forms.ChoiceField(
        label=_("What it speaks"),
        choices=Kind,
        help_text=_("Most portals of Thai authorities speak CKAN. Try it with “Look first”."),
    )
    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_(
            "CKAN: the home page of the portal. DCAT: the file of the catalog. OAI-PMH: the address of the interface, "
            "with ?set=… for a part of it. A table: the address of its CSV, XLSX, JSON, GeoJSON or Parquet."
        ),
    )
    license = forms.ChoiceField(
        label=_("License, where the records name none"),
        required=False,
        choices=[
            ("", _("none: such records are refused")),
            *((value, label) for value, label in License.choices if value != License.UNKNOWN),
        ],
        help_text=_("Choose one only if the other side says so somewhere. A single table needs it."),
    )
    often = forms.ChoiceField(label=_("How often"), choices=Often, initial=Often.WEEK)
    active = forms.BooleanField(label=_("Switched on"), required=False, initial=True)

    def __init__(
        self, *words: Any, places: list[tuple[str, object]], origin: Origin | None = None, **more: Any
    ) -> None:
        if origin:
            names = ("place", "title", "kind", "address", "license", "often", "active")
            more["initial"] = {name: getattr(origin, name) for name in names}
        super().__init__(*words, **more)
        self.origin = origin or Origin()
        field: Any = self.fields["place"]
        field.choices = places
        field.required = "" not in dict(places)
        if origin:
            del self.fields["place"]
        elif len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = places[0][0]

    def filled(self) -> Origin:
        """Return the origin as it is typed, not stored."""
        for name, value in self.cleaned_data.items():
            setattr(self.origin, name, value)
        return self.origin


class HostForm(forms.Form):
    """A host that may be asked."""

    name = forms.CharField(
        label=_("Name of the host"),
        max_length=253,
        help_text=_("Exactly, without https:// and without a path: data.go.th"),
    )
    note = forms.CharField(label=_("Whose it is, and why"), max_length=200, required=False)
