"""Tags known in every template."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from learningcity.common import rich
from learningcity.common.text import LocalText
from learningcity.common.thai import dates

register = template.Library()
THAI_LETTER = re.compile("[\u0e01-\u0e5b]")


@register.simple_tag
def text(value: LocalText) -> SafeString | str:
    """Show a text; where it is not in the reader's language, tell browser and reader which one it is."""
    if value.is_foreign:
        return format_html('<span lang="{}" class="foreign">{}</span>', value.lang, value)
    return str(value)


@register.simple_tag
def prose(value: LocalText, headings: int = 3) -> SafeString:
    """Show a longer text in its own language: paragraphs, one for each line that is not empty, or rich text.

    The first heading in a rich text is of the level given.
    """
    if rich.is_rich(str(value)):
        language = format_html(' lang="{}"', value.lang) if value.is_foreign else ""
        looks = "rich foreign" if value.is_foreign else "rich"
        return format_html('<div{} class="{}">{}</div>', language, looks, rich.shown(str(value), headings))
    language = format_html(' lang="{}" class="foreign"', value.lang) if value.is_foreign else mark_safe("")
    paragraphs = [line.strip() for line in str(value).splitlines() if line.strip()]
    return format_html_join("\n", "<p{}>{}</p>", ((language, paragraph) for paragraph in paragraphs))


@register.simple_tag
def names(values: Iterable[str]) -> SafeString:
    """Show names side by side, each marked with the language in whose letters it is written."""
    return format_html_join(
        " · ", '<span lang="{}">{}</span>', (("th" if THAI_LETTER.search(name) else "en", name) for name in values)
    )


@register.simple_tag
def when(date: dt.date | None, precision: str = dates.Precision.DAY) -> SafeString | str:
    """Show a date in the reader's calendar, no more precise than it is known, with the ISO date for machines."""
    if date is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', dates.iso_date(date, precision), dates.shown_date(date, precision)
    )


@register.filter
def year(date: dt.date | None) -> str:
    """Show the year alone, in the reader's calendar."""
    return dates.shown_year(date.year) if date else ""


@register.filter
def number(value: Decimal | float | None) -> str:
    """Show a number with thousands separated and no needless zeros."""
    return "" if value is None else dates.shown_number(value)
