"""Columns and conditions that resources and places share."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Choices, Q
from django.utils.translation import gettext_lazy as _


def several(name: Any, words: type[Choices], **options: Any) -> Any:
    """Return a column that holds several words of a list."""
    longest = max(len(word) for word in words.values)
    # Each word is tried by the form and by the database; the list of choices would hide the column from what tries texts.
    return ArrayField(models.CharField(max_length=longest), verbose_name=name, default=list, **options)


def photo_of_a_record() -> Any:
    """Return the key to a picture. It is chosen on the site alone: no file under data/ can name one."""
    return models.ForeignKey(
        "pictures.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("photo"),
        related_name="+",
    )


def known(one: dict[str, type[Choices]], many: dict[str, type[Choices]]) -> Q:
    """Return that these columns hold a word of their list, or nothing where one may be left out, and those only such."""
    condition = Q()
    for name, words in one.items():
        condition &= Q(**{f"{name}__in": words.values})
    for name, words in many.items():
        condition &= Q(**{f"{name}__contained_by": words.values})
    return condition
