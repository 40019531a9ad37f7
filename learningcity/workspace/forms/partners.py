"""What people type around promises, invitations, documents and visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.models import City
from learningcity.cities.queries import cities_in_order
from learningcity.common.forms import VagueDateField
from learningcity.common.thai.dates import Precision
from learningcity.partners.models import Contact, Evidence, MentorPair, StudyVisit

ROWS = {"rows": "3"}


class WholeDayField(VagueDateField):
    """A day that is known exactly, in the calendar of whoever types it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("A whole day, Buddhist or Christian: 17/9/2567, 17 ก.ย. 2567 or 2024-09-17."))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        if said and said.precision != Precision.DAY:
            raise ValidationError(_("Write the whole day."), code="vague")
        return said.date if said else None


class EvidenceForm(forms.ModelForm):
    """What became of a promise, and what shows it."""

    either = ("text",)

    url = forms.URLField(
        label=_("A page that shows it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https://."),
    )

    file = forms.FileField(
        label=_("A document that shows it"),
        required=False,
        help_text=_("A PDF of at most 20 MB. Only the two sides can read it."),
    )

    class Meta:
        model = Evidence
        fields = ("text_th", "text_en", "url", "file")
        labels = {
            "text_th": _("What was done, or why not (Thai)"),
            "text_en": _("What was done, or why not (English)"),
        }
        widgets = {"text_th": forms.Textarea(attrs=ROWS), "text_en": forms.Textarea(attrs=ROWS)}


class KeptForm(EvidenceForm):
    """That a promise was kept, since when, and what shows it."""

    on = WholeDayField(label=_("Kept on"))
    field_order = ("on", "text_th", "text_en", "url", "file")


class AcceptForm(forms.Form):
    """Who accepts an invitation and has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, help_text=_("As it stands beside what you do, for your colleagues only.")
    )


class InviteForm(forms.Form):
    """Whom a city invites to act for an organization."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The letter with the link goes there."))


class ContactForm(forms.ModelForm):
    """Whom the city calls; nobody else ever sees it."""

    class Meta:
        model = Contact
        fields = ("person", "email", "phone")


class FileForm(forms.Form):
    """A document of an agreement."""

    file = forms.FileField(
        label=_("Document"), help_text=_("A PDF of at most 20 MB. It stays private until it is published.")
    )


class CallOffForm(forms.Form):
    """On which day an agreement was called off."""

    on = WholeDayField(label=_("Called off on"))


class CityChoiceForm(forms.ModelForm):
    """A form in which another city is chosen."""

    def __init__(self, *given: Any, here: City, **options: Any) -> None:
        super().__init__(*given, **options)
        others = cities_in_order(City.objects.exclude(pk=here.pk), get_language() or "th")
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = others


class VisitForm(CityChoiceForm):
    """Asking another city for a visit."""

    either = ("topic",)

    visits_on = WholeDayField(label=_("Day of the visit"))

    class Meta:
        model = StudyVisit
        fields = ("host", "topic_th", "topic_en", "visits_on", "participants", "request")
        widgets = {"request": forms.Textarea(attrs=ROWS)}


class PairForm(CityChoiceForm):
    """Accompanying another city."""

    either = ("topic",)

    starts_on = WholeDayField(label=_("From"))

    class Meta:
        model = MentorPair
        fields = ("learner", "topic_th", "topic_en", "starts_on")


class WordsForm(forms.Form):
    """An answer in some words."""

    words = forms.CharField(label=_("Words to the guests"), required=False, widget=forms.Textarea(attrs=ROWS))


class LearnedForm(forms.Form):
    """What came of a visit."""

    # Its two languages have no other name.
    either = ("",)

    participants = forms.IntegerField(label=_("How many came"), min_value=1, max_value=10_000)
    th = forms.CharField(label=_("What was learned (Thai)"), required=False, widget=forms.Textarea(attrs=ROWS))
    en = forms.CharField(label=_("What was learned (English)"), required=False, widget=forms.Textarea(attrs=ROWS))


class FollowUpForm(forms.Form):
    """What came of a visit later."""

    either = ("",)

    th = forms.CharField(label=_("What came of it (Thai)"), required=False, widget=forms.Textarea(attrs=ROWS))
    en = forms.CharField(label=_("What came of it (English)"), required=False, widget=forms.Textarea(attrs=ROWS))
