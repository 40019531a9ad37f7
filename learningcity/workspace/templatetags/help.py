"""Pictures of the real pages, for the guides. The browser tests take them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from learningcity.workspace.queries.screens import size_of

register = template.Library()


@register.inclusion_tag("workspace/help/screen.html")
def screen(name: str, alt: str) -> dict[str, Any]:
    """Show the picture of a page in the reader's language; ``alt`` says what is to be seen."""
    path = f"workspace/help/{get_language()}/{name}.webp"
    width, height = size_of(path)
    return {"path": path, "alt": alt, "width": width, "height": height}
