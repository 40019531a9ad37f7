from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.enums import AliasKind, CityKind
from learningcity.cities.forms.people import LONGEST_NAME, lines_of
from learningcity.cities.models import Province
from learningcity.cities.queries import cities_called
from learningcity.common.content import Pair, Section
from learningcity.common.forms import NumberField
from learningcity.common.text import LANGUAGES
from learningcity.sources.fields import SOURCE_FIELDS, SourceChoice, SourcedForm

# More than any city has named so far.
BODIES = range(1, 6)
ALIASES = {
    AliasKind.ALIAS: (gettext_lazy("Other names"), gettext_lazy("For instance “เทศบาลนครขอนแก่น” for Khon Kaen.")),
    AliasKind.ROMANIZATION: (
        gettext_lazy("Other spellings in Latin letters"),
        gettext_lazy("For instance “Khonkaen” for Khon Kaen."),
    ),
    AliasKind.ABBREVIATION: (gettext_lazy("Abbreviations"), gettext_lazy("For instance “กทม.” for Bangkok.")),
    AliasKind.MISNOMER: (
        gettext_lazy("Wrong names found in documents"),
        gettext_lazy("Search finds them, the page does not show them. For instance “Khoen Kaen”."),
    ),
}


def _lines(label: Any, example: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("One on each line.") + " " + example,
    )


class CityForm(SourcedForm):
    """What a city is called, where it lies, and who drives it."""

    pairs: ClassVar = {
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("The short name, without the kind of authority."),
            example=gettext_lazy("“ขอนแก่น”, “Khon Kaen”"),
            required="both",
            longest=150,
        ),
        "uncertainty": Pair(
            label=gettext_lazy("What is uncertain"),
            hint=gettext_lazy(
                "What readers should know about the city as such, for instance which authority a source means."
            ),
            example=gettext_lazy(
                "“The report on the memorandum says that the province was admitted; UNESCO’s page speaks of the city and its mayor.” (Khon Kaen)"
            ),
            required="",
            rows=3,
        ),
        **{
            f"body_{number}": Pair(
                label=format_lazy(gettext_lazy("Driving body {}"), number),
                hint=gettext_lazy("An organization that drives the learning city; the first one stands first."),
                example=gettext_lazy("“มหาวิทยาลัยเชียงใหม่”, “Chiang Mai University”"),
                required="",
                longest=200,
            )
            for number in BODIES
        },
    }
    sections = (
        Section(
            gettext_lazy("Name"),
            ("name", "kind", "province", *(f"names_{kind.value}" for kind in ALIASES), "uncertainty"),
        ),
        Section(
            gettext_lazy("Where it lies"),
            ("latitude", "longitude", "source"),
            gettext_lazy("A point in the town, in degrees. Without it the city is not on the map."),
        ),
        Section(
            gettext_lazy("Who drives it"),
            tuple(f"body_{number}{part}" for number in BODIES for part in ("", "_source")),
        ),
        Section(
            gettext_lazy("A new source"),
            SOURCE_FIELDS[1:],
            gettext_lazy("Only if you chose a new source above. It is remembered for the next time."),
        ),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=CityKind,
        help_text=gettext_lazy(
            "Khon Kaen is a municipality, Bangkok a special administration; some sources do not say."
        ),
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Province"),
        help_text=gettext_lazy("In which it lies, or which it is, for instance Khon Kaen."),
    )
    latitude = NumberField(
        label=gettext_lazy("Latitude"),
        digits=8,
        places=5,
        required=False,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=gettext_lazy("North of the equator, for instance 16.438 for Khon Kaen."),
    )
    longitude = NumberField(
        label=gettext_lazy("Longitude"),
        digits=8,
        places=5,
        required=False,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=gettext_lazy("East of Greenwich, for instance 102.837 for Khon Kaen."),
    )

    def prepare(self) -> None:
        for kind, (label, example) in ALIASES.items():
            self.fields[f"names_{kind.value}"] = _lines(label, example)
        for number in BODIES:
            named = format_lazy(gettext_lazy("Source that names driving body {}"), number)
            hint = gettext_lazy(
                "Where it stands that this organization drives the learning city, for instance a report."
            )
            self.fields[f"body_{number}_source"] = SourceChoice(label=named, required=False, help_text=hint)
        provinces = [(one.code, str(one.name)) for one in Province.objects.order_by("sort_th")]
        self.fields["province"].choices = [("", _("Choose …")), *provinces]  # type: ignore[attr-defined]
        self.fields["source"].required = False
        self.fields["source"].label = gettext_lazy("Source of the location")
        super().prepare()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_location(cleaned)
        if self.record is None and cities_called(cleaned.get("name_th", ""), cleaned.get("name_en", "")).exists():
            said = _("There is a city of this name on the site already.")
            self.add_error("name_th", ValidationError(said, code="unique"))
        self._clean_names(cleaned)
        for number in BODIES:
            named = any(cleaned.get(f"body_{number}_{language}") for language in LANGUAGES)
            source = f"body_{number}_source"
            if named and not cleaned.get(source) and source not in self.errors:
                self.add_error(source, ValidationError(_("Say which source names it."), code="required"))
        return cleaned

    def _clean_location(self, cleaned: dict[str, Any]) -> None:
        given = [name for name in ("latitude", "longitude") if cleaned.get(name) is not None]
        if not given or self.errors.keys() & {"latitude", "longitude", "source"}:
            return
        for name in ("latitude", "longitude", "source"):
            if cleaned.get(name) in (None, ""):
                said = _("A location needs latitude, longitude and a source.")
                self.add_error(name, ValidationError(said, code="required"))

    def _clean_names(self, cleaned: dict[str, Any]) -> None:
        seen: set[str] = set()
        for kind in ALIASES:
            field = f"names_{kind.value}"
            for line in lines_of(cleaned.get(field, "")):
                if len(line) > LONGEST_NAME:
                    said = _("A name has at most %(most)s letters.") % {"most": LONGEST_NAME}
                    self.add_error(field, ValidationError(said, code="max_length"))
                if line in seen:
                    said = _("“%(name)s” stands in two lists; leave it in one.") % {"name": line}
                    self.add_error(field, ValidationError(said, code="twice"))
                seen.add(line)
