"""What only the pages of the workspace show."""

from __future__ import annotations

from typing import Any

from django import template

from learningcity.common.content import Item, Section
from learningcity.imports.registry import tables
from learningcity.moderation.registry import Kind

register = template.Library()


@register.simple_tag
def table_of(kind: Kind) -> str:
    """Return the name of the spreadsheet in which records of a kind come and go, if there is one."""
    return next((table.name for table in tables() if table.model is kind.model), "")


@register.simple_tag
def folds(sheet: Any, section: Section) -> list[dict[str, Any]]:
    """Return what is folded away in a section; open is what says something already, or asks for something."""
    asides = [*sheet.clashes, *sheet.overtaken, *(aside for other in sheet.others for aside in other.asides)]
    asking = {aside.field for aside in asides}

    def is_open(items: list[Item]) -> bool:
        return any(one.value() or one.errors or one.html_name in asking for item in items for one in item.fields)

    return [
        {"title": fold.title, "items": items, "is_open": is_open(items)} for fold, items in sheet.form.folds(section)
    ]


@register.inclusion_tag("workspace/beside.html")
def beside(sheet: Any, item: Item) -> dict[str, Any]:
    """Show what other tabs and other people want a field to say."""
    names = {bound.html_name for bound in item.fields}
    others = [(other, aside) for other in sheet.others for aside in other.asides if aside.field in names]
    return {
        "clashes": [aside for aside in sheet.clashes if aside.field in names],
        "others": others,
    }
