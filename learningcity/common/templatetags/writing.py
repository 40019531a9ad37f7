"""The parts of pages on which people write: two languages side by side, whether it is saved, what a change changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from learningcity.common.content import LANGUAGE_NAMES, Item, count_words
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.dates import shown_date

register = template.Library()


@register.inclusion_tag("parts/pair_field.html")
def pair_field(item: Item) -> dict[str, Any]:
    """Show one text in two languages side by side, each with its words counted where there is a limit."""
    sides, base = [], item.fields[0].auto_id.removesuffix(f"_{LANGUAGES[0]}")
    for language, bound in zip(LANGUAGES, item.fields, strict=True):
        described = [f"{base}_hint"] if item.pair and item.pair.hint else []
        described += [f"{bound.auto_id}_count"] if item.pair and item.pair.limit else []
        described += [f"{bound.auto_id}_error"] if bound.errors else []
        widget = bound.as_widget(attrs={"aria-describedby": " ".join(described)} if described else None)
        counted = count_words(str(bound.value() or "")) if item.pair and item.pair.limit else 0
        sides.append({"field": bound, "widget": widget, "name": LANGUAGE_NAMES[language], "counted": counted})
    wrong = any(bound.errors for bound in item.fields)
    return {"base": base, "pair": item.pair, "sides": sides, "wrong": wrong}


@register.inclusion_tag("parts/saved_state.html")
def saved_state(saved_at: dt.datetime | None = None) -> dict[str, Any]:
    """Show when what is on the page was saved last; the script of the page goes on from there."""
    return {"time": f"{timezone.localtime(saved_at):%H:%M}" if saved_at else "", "saved_at": saved_at}


@register.inclusion_tag("parts/diff.html")
def diff(pieces: Iterable[Any], language: str = "") -> dict[str, Any]:
    """Show a text with what went and what came, in words as well as in color."""
    return {"pieces": list(pieces), "language": language}


@register.filter
def moment(at: dt.datetime | None) -> str:
    """Show a moment in Thai time, always with its day."""
    here = timezone.localtime(at) if at else None
    return f"{shown_date(here.date())} {here:%H:%M}" if here else ""


@register.filter
def clock(moment: dt.datetime | None) -> str:
    """Show a moment in Thai time: the day in the reader's calendar, and the time; today only the time."""
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    time = f"{here:%H:%M}"
    return time if here.date() == timezone.localdate() else f"{shown_date(here.date())} {time}"
