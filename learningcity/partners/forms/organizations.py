from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext as _, gettext_lazy

from learningcity.common.circles import leads_to
from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import NumberField
from learningcity.partners.enums import OrganizationKind, Sector
from learningcity.partners.models import Organization
from learningcity.partners.queries import organizations_in_order, organizations_to_choose
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm


def original_field() -> forms.ChoiceField:
    """Return the field that says in which language the source wrote."""
    return forms.ChoiceField(
        label=gettext_lazy("Language of the source"),
        choices=settings.LANGUAGES,
        initial="th",
        help_text=gettext_lazy(
            "Readers of the other language are told that they read a translation. Thai, if both are your own."
        ),
    )


def organization_choices(empty: Any, place: str, chosen: str) -> list[tuple[str, str]]:
    """Return the organizations to choose from in a city, by name, after the words for none of them."""
    known = organizations_in_order(organizations_to_choose(place, chosen), get_language() or "th")
    return [("", empty), *((one.slug, str(one.name)) for one in known)]


class OrganizationForm(SourcedForm):
    """Who an organization is, and where."""

    pairs: ClassVar = {
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("In full, as it calls itself."),
            example=gettext_lazy("“บริษัท ขอนแก่นพัฒนาเมือง (เคเคทีที) จำกัด”"),
            longest=200,
        ),
        "about": Pair(
            label=gettext_lazy("About"),
            hint=gettext_lazy("What it does for learning in the city, in two or three sentences."),
            example=gettext_lazy("“It drives the learning city together with the municipality.”"),
            limit=120,
            required="",
            rows=4,
        ),
        "place": Pair(
            label=gettext_lazy("Place"),
            hint=gettext_lazy("Where people find it: street, subdistrict, district."),
            example=gettext_lazy("“ถนนศรีจันทร์ ตำบลในเมือง”"),
            required="",
            longest=300,
        ),
    }
    sections = (
        Section(gettext_lazy("Who it is"), ("name", "sector", "kind", "aliases", "parent", "about", "original", "url")),
        Section(gettext_lazy("Where it is"), ("place", "latitude", "longitude")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[("", gettext_lazy("Choose …")), *Sector.choices],
        help_text=gettext_lazy(
            "A state university belongs to education, a hospital of the state to the public sector."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Choose …")), *OrganizationKind.choices]
    )
    aliases = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("One on each line: short forms, former names. For instance “บพท.” and “PMU-A”."),
    )
    parent = forms.ChoiceField(
        label=gettext_lazy("Belongs to"),
        required=False,
        help_text=gettext_lazy(
            "The organization of which this one is a part, for instance a faculty of its university."
        ),
    )
    original = original_field()
    url = forms.URLField(
        label=gettext_lazy("Its own pages"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Begins with https://."),
    )
    latitude = NumberField(
        label=gettext_lazy("Latitude"),
        required=False,
        digits=8,
        places=5,
        help_text=gettext_lazy("For instance 16.438. Both numbers, or neither."),
    )
    longitude = NumberField(
        label=gettext_lazy("Longitude"),
        required=False,
        digits=8,
        places=5,
        help_text=gettext_lazy("For instance 102.837."),
    )

    def prepare(self) -> None:
        super().prepare()
        own = self.record.slug if self.record else ""
        known = organization_choices(_("none"), self.place, chosen_in(self, "parent"))
        choices = [choice for choice in known if choice[0] != own or not own]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            name = "latitude" if latitude is None else "longitude"
            self.add_error(name, ValidationError(_("A location needs latitude and longitude."), code="half"))
        for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
            if value is not None and abs(value) > most:
                said = _("This lies between %(least)s and %(most)s.") % {"least": -most, "most": most}
                self.add_error(name, ValidationError(said, code="off_the_map"))
        parent = cleaned.get("parent")
        if self.record and leads_to(Organization.objects.all(), "parent", parent, self.record.slug, key="slug"):
            said = _(
                "This organization belongs to the one that you describe; it cannot be the other way round as well."
            )
            self.add_error("parent", ValidationError(said, code="circle"))
        if any(len(line) > 200 for line in lines_of(cleaned.get("aliases", ""))):
            self.add_error("aliases", ValidationError(_("A name has at most 200 letters."), code="too_long"))
        return cleaned


def chosen_in(form: ContentForm, name: str) -> str:
    """Return what a field of a form says so far; what stands in a record may lie outside the usual choices."""
    said = form.data or form.initial or {}
    return str(said.get(name) or "")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
