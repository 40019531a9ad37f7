from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.enums import OfficeKind
from learningcity.cities.models import Office, Person
from learningcity.cities.queries import people_of
from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.reading import THAI_DIGITS
from learningcity.sources.fields import NEW, SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm

# Thirteen digits, with the dashes and spaces of an identity card or without them.
CITIZEN_NUMBER = re.compile(r"(?<!\d)\d(?:[\s-]?\d){12}(?!\d)")
LONGEST_NAME = 150
NAMES = {
    "person_title": Pair(
        label=gettext_lazy("Title before the name"),
        hint=gettext_lazy("Apart from the name, because Thai names sort by the given name."),
        example=gettext_lazy("“นาย”, “Mr”, “รศ.ดร.”"),
        required="",
        longest=60,
    ),
    "person_name": Pair(
        label=gettext_lazy("Name"),
        hint=gettext_lazy("Given name and surname, without a title, as the source writes it."),
        example=gettext_lazy("“ธีระศักดิ์ ฑีฆายุพันธุ์”, “Teerasak Teekayuphan” (UNESCO GNLC)"),
        required="",
        longest=LONGEST_NAME,
    ),
}


def other_names_field() -> forms.CharField:
    """Return the field for spellings under which people look for somebody."""
    return forms.CharField(
        label=gettext_lazy("Other spellings"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy(
            "One on each line; search finds them all. For instance “Thirasak Thikhayuphan”, as another source writes it."
        ),
    )


class WithoutCitizenNumbers(ContentForm):
    """Content about people, in which no number of an identity card is published."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and CITIZEN_NUMBER.search(value.translate(THAI_DIGITS)):
                said = _("This looks like the number of an identity card, which must never be published. Take it out.")
                self.add_error(name, ValidationError(said, code="citizen_number"))
        return cleaned

    def _names(self, cleaned: dict[str, Any]) -> None:
        """Find fault with a name that is none."""
        if not any(cleaned.get(f"person_name_{language}") for language in LANGUAGES):
            self.add_error("person_name_th", ValidationError(_("Write it in Thai or in English."), code="required"))
        if any(len(line) > LONGEST_NAME for line in lines_of(cleaned.get("other_names", ""))):
            said = _("A name has at most %(most)s letters.") % {"most": LONGEST_NAME}
            self.add_error("other_names", ValidationError(said, code="max_length"))


class PersonForm(WithoutCitizenNumbers):
    """How somebody in office is called, whatever offices they hold."""

    pairs = NAMES
    sections = (Section(gettext_lazy("Name"), ("person_title", "person_name", "other_names")),)

    other_names = other_names_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._names(cleaned)
        return cleaned


class OfficeForm(WithoutCitizenNumbers, SourcedForm):
    """What somebody is or was in the city, for a time, as a source says."""

    pairs: ClassVar = {
        **NAMES,
        "title": Pair(
            label=gettext_lazy("Name of the office"),
            hint=gettext_lazy("As the source names it; empty if it only says the kind."),
            example=gettext_lazy(
                "“นายกเทศมนตรีนครขอนแก่น”, “Mayor of Khon Kaen City Municipality” (Khon Kaen Learning City)"
            ),
            required="",
            longest=250,
        ),
    }
    sections = (
        Section(
            gettext_lazy("Who holds which office, and when"),
            ("person", "kind", "title", "as_of", "starts_on", "ends_on"),
        ),
        Section(
            gettext_lazy("A new person"),
            ("person_title", "person_name", "other_names"),
            gettext_lazy("Only if you chose a new person above; leave it empty for somebody who is known already."),
        ),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    person = forms.ChoiceField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy(
            "The spelling of somebody who is known already is put right under “Names of people in office”, not here."
        ),
    )
    other_names = other_names_field()
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of office"),
        choices=OfficeKind,
        help_text=gettext_lazy("The mayor and the focal point stand at the head of the city’s page."),
    )
    as_of = VagueDateField(
        label=gettext_lazy("In office on"),
        help_text=gettext_lazy(
            "A date on which the source shows this person in office, for instance 17/9/2567, when the memorandum was signed."
        ),
    )
    starts_on = VagueDateField(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("If the source says so: 2564, มี.ค. 2564 or 28/3/2564. Empty while nobody knows."),
    )
    ends_on = VagueDateField(
        label=gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("If the office is over, for instance 2567 or 30/9/2567. Empty while it is held."),
    )

    def prepare(self) -> None:
        super().prepare()
        known = {person.slug: _spoken(person) for person in people_of(self.place)}
        if isinstance(self.record, Office):
            known |= {self.record.person.slug: _spoken(self.record.person)}
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose …")), *known.items(), (NEW, _("A new person: write the name below"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("person") == NEW:
            self._names(cleaned)
        elif cleaned.get("person"):
            self._leave_names(cleaned)
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end.date < start.date:
            self.add_error("ends_on", ValidationError(_("The end lies before the start."), code="order"))
        if {"person", "kind", "source"} <= cleaned.keys() and self._is_known(cleaned):
            said = _("This source names this person in this office already; change that entry instead.")
            self.add_error("source", ValidationError(said, code="unique"))
        return cleaned

    def _leave_names(self, cleaned: dict[str, Any]) -> None:
        names = [f"{name}_{language}" for name in NAMES for language in LANGUAGES] + ["other_names"]
        for name in names:
            if cleaned.get(name):
                said = _("Leave this empty for somebody who is known already, or choose a new person above.")
                self.add_error(name, ValidationError(said, code="two_people"))

    def _is_known(self, cleaned: dict[str, Any]) -> bool:
        same = Office.objects.filter(
            city__slug=self.place,
            person__slug=cleaned["person"],
            kind=cleaned["kind"],
            source__slug=cleaned["source"],
        )
        return (same.exclude(pk=self.record.pk) if self.record else same).exists()


def lines_of(text: str) -> list[str]:
    """Return what stands on the lines of a text, without what is empty or stands twice."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))


def _spoken(person: Person) -> str:
    return f"{person.title} {person.name}".strip()
