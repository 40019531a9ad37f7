"""Addresses made of what people write."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.text import slugify

# None of them is mistaken for another one when it is read aloud.
SAFE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LONGEST = 50


def free_slug(records: QuerySet[Any], text: str, reserved: Collection[str] = ()) -> str:
    """Return an address made of a text that none of these records has; of Thai letters nothing is left.

    At those that are reserved stand other pages.
    """
    words = slugify(text)
    slug = words if len(words) <= LONGEST else words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
    if slug and slug not in reserved and not records.filter(slug=slug).exists():
        return slug
    return f"{slug}-{get_random_string(6, SAFE_LETTERS)}".strip("-")
