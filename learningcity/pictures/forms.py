from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import DayField
from learningcity.pictures.enums import Consent, License, Reason
from learningcity.pictures.models import Picture


class WordsForm(forms.ModelForm):
    """What must be said of a picture. The row is written by the action, not by the form."""

    either = ("alt",)
    consent_on = DayField(label=gettext_lazy("Date of the consent"), required=False)

    class Meta:
        model = Picture
        fields = (
            *("alt_th", "alt_en", "caption_th", "caption_en", "author", "license"),
            *("consent", "consent_keeper", "consent_on"),
        )
        labels = {
            "alt_th": gettext_lazy("What is to be seen, in Thai"),
            "alt_en": gettext_lazy("What is to be seen, in English"),
            "caption_th": gettext_lazy("Caption in Thai"),
            "caption_en": gettext_lazy("Caption in English"),
            "author": gettext_lazy("Author"),
            "license": gettext_lazy("License"),
            "consent": gettext_lazy("People who are shown"),
            "consent_keeper": gettext_lazy("Who keeps the consent"),
        }
        help_texts = {
            "alt_th": gettext_lazy(
                "One sentence for those who cannot see the picture; one of the two languages must be there. "
                "For instance: “Twelve older people learn to use a tablet in a library.”"
            ),
            "caption_th": gettext_lazy("Stands below the picture for everybody."),
            "author": gettext_lazy("Who made the picture; stands below it for everybody."),
            "license": gettext_lazy("What others may do with it. If you do not know, ask the author first."),
            "consent": gettext_lazy("Of children, a parent or guardian agrees, in writing."),
            "consent_keeper": gettext_lazy(
                "An office rather than a person, for instance “Education Division, filing cabinet 3”. Nobody else sees this."
            ),
        }
        widgets = {
            "caption_th": forms.Textarea(attrs={"rows": 2, "lang": "th"}),
            "caption_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
            "alt_th": forms.TextInput(attrs={"lang": "th"}),
            "alt_en": forms.TextInput(attrs={"lang": "en"}),
        }

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database would only say of the whole row."""
        values = super().clean() or {}
        if not values.get("alt_th") and not values.get("alt_en"):
            self.add_error("alt_th", _("Say what is to be seen, in Thai or in English."))
        _try_consent(self, values)
        return values

    def _get_validation_exclusions(self) -> set[str]:
        # Both are said at their fields, see above.
        return {*super()._get_validation_exclusions(), "alt_en", "consent_keeper"}  # type: ignore[misc]


def _same(name: str, field: forms.Field) -> Any:
    """Return a field that is called and explained as on the page of a picture that is not published yet."""
    field.label, field.help_text = WordsForm.Meta.labels[name], WordsForm.Meta.help_texts[name]
    return field


def _try_consent(form: forms.BaseForm, values: dict[str, Any]) -> None:
    """Find fault with a consent of which nobody knows where it is."""
    if values.get("consent") == Consent.GIVEN:
        for name in ("consent_keeper", "consent_on"):
            if not values.get(name) and name not in form.errors:
                form.add_error(name, _("With a consent, this must be said."))


class PictureForm(ContentForm):
    """What is said of a picture that everybody sees."""

    pairs: ClassVar = {
        "alt": Pair(
            label=gettext_lazy("What is to be seen"),
            hint=gettext_lazy("One sentence for those who cannot see the picture."),
            example=gettext_lazy("“Twelve older people learn to use a tablet in a library.”"),
            longest=300,
        ),
        "caption": Pair(
            label=gettext_lazy("Caption"),
            hint=gettext_lazy("Stands below the picture for everybody."),
            required="",
            longest=500,
            rows=2,
        ),
    }
    sections = (
        Section(gettext_lazy("What everybody reads"), ("alt", "caption", "author", "license")),
        Section(gettext_lazy("Who is to be seen"), ("consent", "consent_keeper", "consent_on")),
    )

    author = _same("author", forms.CharField(max_length=200))
    license = _same("license", forms.ChoiceField(choices=License))
    consent = _same("consent", forms.ChoiceField(choices=Consent))
    consent_keeper = _same("consent_keeper", forms.CharField(max_length=200, required=False))
    consent_on = DayField(label=gettext_lazy("Date of the consent"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _try_consent(self, cleaned)
        return cleaned


class UploadForm(WordsForm):
    original = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, AVIF or GIF, up to 20 MB. Where and when it was taken is removed from what others see."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
    )

    field_order = ("original",)

    class Meta(WordsForm.Meta):
        fields = ("original", *WordsForm.Meta.fields)  # type: ignore[assignment]


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Reason.choices, widget=forms.RadioSelect)
