"""The field with which a form of another app shows one of the pictures of its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.pictures.models import Picture
from learningcity.pictures.queries import pictures_of


class PhotoField(forms.ChoiceField):
    """One picture of a place, or none. Whoever decides on the form reads the words of the picture too, if it is called photo."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photo"))
        options.setdefault(
            "help_text",
            gettext_lazy("One of the city's pictures. Upload it there first: it needs a description and consent."),
        )
        super().__init__(required=False, **options)

    def offer(self, place: str) -> None:
        """Let one choose among the pictures of a place."""
        self.choices = [("", _("None")), *((str(one.pk), f"{one.pk}: {one.alt}") for one in pictures_of(place))]

    def clean(self, value: Any) -> Picture | None:
        """Return the picture that was chosen."""
        chosen = super().clean(value)
        return Picture.objects.get(pk=chosen) if chosen else None


def photo_value(photo: Picture | None) -> str:
    """Return what a form shows of a photo: nothing of a withdrawn one."""
    return str(photo.pk) if photo and not photo.is_withdrawn else ""
