"""Pictures of the real pages, for the guides. The browser tests take them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from learningcity.workspace.queries.screens import size_of

register = template.Library()


@register.simple_tag
def label(words: str) -> SafeString:
    """Name a button, link or heading exactly as the page does, in the reader's language.

    A test holds every one of these words against the pages, so that a renamed button is renamed here too.
    """
    return format_html("<strong>{}</strong>", gettext(words))


@register.inclusion_tag("workspace/help/screen.html")
def screen(name: str, alt: str) -> dict[str, Any]:
    """Show the picture of a page in the reader's language; ``alt`` says what is to be seen."""
    path = f"workspace/help/{get_language()}/{name}.webp"
    width, height = size_of(path)
    return {"path": path, "alt": alt, "width": width, "height": height}
