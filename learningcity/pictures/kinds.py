"""The words of published pictures, as moderation needs to know them: they are changed the same way as every public text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.moderation.registry import Kind
from learningcity.pictures.forms import PictureForm
from learningcity.pictures.models import Picture
from learningcity.pictures.queries import KIND, WORDS, public_pictures_of, words_of


def save(picture: Picture, form: Any, place: str) -> Picture:
    """Write what is said of a picture.

    :raises ValidationError: if it was withdrawn meanwhile: what was said of it is gone for good.
    """
    picture = Picture.objects.select_for_update(no_key=True).get(pk=picture.pk)
    if not picture.is_public:
        raise ValidationError(_("This picture is withdrawn."))
    for name in WORDS:
        setattr(picture, name, form.cleaned_data[name])
    picture.full_clean()
    picture.save(update_fields=WORDS)
    return picture


PICTURE = Kind(
    name=KIND,
    label=gettext_lazy("Words of a picture"),
    plural=gettext_lazy("Words of published pictures"),
    model=Picture,
    form=PictureForm,
    place_of=lambda picture: picture.place,
    values_of=words_of,
    records_in=public_pictures_of,
    save=save,
    title_of=lambda picture: picture.alt,
    # What is not published yet is not public content, and a withdrawn picture says nothing any more.
    stands=lambda picture: picture.is_public,
    personal=("alt_th", "alt_en", "caption_th", "caption_en", "author", "consent_keeper"),
    can_begin=False,
)
