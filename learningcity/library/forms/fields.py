"""Fields that the forms of resources and places share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.translation import gettext_lazy

from learningcity.common.week import read_week
from learningcity.library.enums import Cost

CHOOSE = ("", gettext_lazy("Choose …"))
UNKNOWN = ("", gettext_lazy("not known"))


class WeekField(forms.CharField):
    """The opening hours of a usual week, as people write them in either language."""

    def to_python(self, value: Any) -> str:
        """Return the week as it is kept.

        :raises ValidationError: if it is no week.
        """
        try:
            return read_week(super().to_python(value) or "")
        except ValueError as problem:
            raise ValidationError(str(problem), code="no_week") from None


def one_of(label: Any, words: type[Choices], hint: Any) -> forms.ChoiceField:
    """Return the field that takes a word of a list."""
    return forms.ChoiceField(label=label, choices=[CHOOSE, *words.choices], help_text=hint)


def some_of(label: Any, words: type[Choices], hint: Any) -> forms.MultipleChoiceField:
    """Return the field that takes words of a list, at least one of them."""
    return forms.MultipleChoiceField(
        label=label, choices=words.choices, widget=forms.CheckboxSelectMultiple, help_text=hint
    )


def any_of(label: Any, words: type[Choices], hint: Any) -> forms.MultipleChoiceField:
    """Return the field that takes words of a list, or none."""
    field = some_of(label, words, hint)
    field.required = False
    return field


def cost_field(hint: Any) -> forms.ChoiceField:
    """Return the field that says whether it costs anything."""
    return forms.ChoiceField(
        label=gettext_lazy("Cost"), choices=[UNKNOWN, *Cost.choices], required=False, help_text=hint
    )


def url_field(**options: Any) -> forms.URLField:
    """Return the field for the address of its own pages."""
    return forms.URLField(
        label=gettext_lazy("Web address"), required=False, max_length=500, assume_scheme="https", **options
    )


def original_field() -> forms.ChoiceField:
    """Return the field that says in which of the two languages the source wrote."""
    return forms.ChoiceField(
        label=gettext_lazy("Language of the source"),
        choices=settings.LANGUAGES,
        initial="th",
        help_text=gettext_lazy(
            "Readers of the other language are told that they read a translation. Thai, if both are your own."
        ),
    )
