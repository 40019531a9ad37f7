from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import NumberField, VagueDateField
from learningcity.common.text import LANGUAGES
from learningcity.partners.enums import Gift
from learningcity.partners.forms.agreements import whole_day
from learningcity.partners.forms.organizations import chosen_in, organization_choices, original_field
from learningcity.partners.models import Agreement
from learningcity.partners.models.commitments import SETTLED


class CommitmentForm(ContentForm):
    """Who promises what to the city, for which program, and by when."""

    pairs: ClassVar = {
        "text": Pair(
            label=gettext_lazy("What is promised"),
            hint=gettext_lazy("One sentence that both sides would sign."),
            example=gettext_lazy("“Twelve evenings in the hall, with light and cleaning.”"),
            limit=60,
            rows=3,
        ),
        "unit": Pair(
            label=gettext_lazy("Unit"),
            hint=gettext_lazy("What the number counts."),
            example=gettext_lazy("“บาท”, “baht”; “ชั่วโมง”, “hours”"),
            required="",
            longest=60,
        ),
        "program": Pair(
            label=gettext_lazy("For which program"),
            hint=gettext_lazy("The project or practice that gets it."),
            example=gettext_lazy("“ครู หมอ พ่อแม่”"),
            required="",
            longest=300,
        ),
    }
    sections = (
        Section(gettext_lazy("Who promises"), ("organization", "agreement")),
        Section(gettext_lazy("What"), ("text", "kind", "amount", "unit", "program", "original")),
        Section(gettext_lazy("By when"), ("due_on",)),
    )

    organization = forms.ChoiceField(
        label=gettext_lazy("Organization"),
        help_text=gettext_lazy(
            "Those that work in the city or in the whole country. One that is missing is entered first."
        ),
    )
    agreement = forms.ChoiceField(label=gettext_lazy("With which agreement"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is given"), choices=[("", gettext_lazy("Choose …")), *Gift.choices]
    )
    amount = NumberField(
        label=gettext_lazy("How much"),
        required=False,
        digits=14,
        places=2,
        help_text=gettext_lazy("A number, with its unit below. Empty, if it cannot be counted."),
    )
    original = original_field()
    due_on = VagueDateField(
        label=gettext_lazy("Due on"),
        required=False,
        help_text=gettext_lazy("The last day, for instance 30/9/2570 or 2027-09-30. Both sides are reminded before."),
    )

    def prepare(self) -> None:
        organizations = organization_choices(_("Choose …"), self.place, chosen_in(self, "organization"))
        self.fields["organization"].choices = organizations  # type: ignore[attr-defined]
        known = Agreement.objects.filter(city__slug=self.place).order_by("-signed_on", "pk")
        choices = [("", _("none")), *((one.slug, str(one.title)) for one in known)]
        self.fields["agreement"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            cleaned["due_on"] = whole_day(cleaned.get("due_on"))
        except ValidationError as problem:
            self.add_error("due_on", problem)
        amount = cleaned.get("amount")
        units = [cleaned.get(f"unit_{language}") for language in LANGUAGES]
        if amount is not None and amount <= 0:
            self.add_error("amount", ValidationError(_("Write more than nothing, or leave it empty."), code="nothing"))
        if amount is not None and not any(units):
            self.add_error("unit_th", ValidationError(_("A number needs its unit."), code="required"))
        if amount is None and any(units) and "amount" not in self.errors:
            self.add_error("amount", ValidationError(_("A unit needs its number."), code="required"))
        if self.record and self.record.state in SETTLED:
            said = _("What became of this promise is known; it is not changed any more.")
            self.add_error(None, ValidationError(said, code="settled"))
        return cleaned
