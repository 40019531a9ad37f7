"""Pictures of the real pages, for the guides. The browser tests take them."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from learningcity.moderation.registry import Kind
from learningcity.workspace.queries.help import guide_named
from learningcity.workspace.queries.screens import size_of

register = template.Library()

# What a page counts there, in brackets, is another number for everybody.
COUNTED = re.compile(r"\s*\(%\(\w+\)s\)")

GUIDES_OF_KINDS = {
    **dict.fromkeys(("fact", "indicator"), "enter-a-number"),
    **dict.fromkeys(("plan", "objective", "action", "small-win"), "make-a-plan"),
    **dict.fromkeys(("agreement", "signatory", "commitment"), "agreements"),
    **dict.fromkeys(("dataset", "columns", "return"), "publish-data"),
    "learning-resource": "contribute-a-resource",
    "learning-place": "contribute-a-place",
}


class UnknownGuide(LookupError):
    """A template leads to a guide that there is not."""


@register.simple_tag
def label(words: str) -> SafeString:
    """Name a button, link or heading exactly as the page does, in the reader's language.

    A test holds every one of these words against the pages, so that a renamed button is renamed here too.
    """
    return format_html("<strong>{}</strong>", COUNTED.sub("", gettext(words)))


@register.inclusion_tag("workspace/help/screen.html")
def screen(name: str, alt: str) -> dict[str, Any]:
    """Show the picture of a page in the reader's language; ``alt`` says what is to be seen."""
    path = f"workspace/help/{get_language()}/{name}.webp"
    width, height = size_of(path)
    return {"path": path, "alt": alt, "width": width, "height": height}


@register.inclusion_tag("workspace/help/way.html")
def way_to_guide(slug: str) -> dict[str, Any]:
    """Lead from a page to the guide for what is done there.

    :raises UnknownGuide: if there is no such guide.
    """
    guide = guide_named(slug)
    if guide is None:
        raise UnknownGuide(slug)
    return {"guide": guide}


@register.inclusion_tag("workspace/help/way.html")
def way_to_guide_of(kind: Kind) -> dict[str, Any]:
    """Lead from the form of a record to the guide for this kind of record."""
    return way_to_guide(GUIDES_OF_KINDS.get(kind.name, "change-a-text"))
