"""Tags of the public pages."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from learningcity.cities.enums import Stage
from learningcity.common.thai import dates

register = template.Library()
MOST_DOTS = 20


@register.simple_tag
def ref(source: Any) -> SafeString:
    """Point to a source in the numbered list at the end of the page."""
    return _ref(source.number, get_language())


@lru_cache(maxsize=2048)
def _ref(number: int, language: str) -> SafeString:
    words = gettext("Source %(number)s") % {"number": number}
    return format_html('<sup class="ref"><a href="#source-{}" aria-label="{}">{}</a></sup>', number, words, number)


@register.simple_tag
def translation_note(text: Any) -> SafeString | str:
    """Say in which language the source wrote, where the reader gets our translation or the other language."""
    if text.is_foreign:
        words = gettext("Only in Thai so far.") if text.lang == "th" else gettext("Only in English so far.")
    elif text.is_translation:
        thai = gettext("Our translation from Thai."), gettext("Our translation from English.")
        words = thai[0] if text.original == "th" else thai[1]
    else:
        return ""
    return format_html('<p class="language-note">{}</p>', words)


@register.simple_tag
def person_name(person: Any) -> SafeString:
    """Show the name of a person with the title, as each language writes them."""
    name = person.name
    title = getattr(person, f"title_{name.lang}")
    # Thai writes title and name as one word.
    shown = title + (" " if title and name.lang == "en" else "") + str(name)
    return format_html('<span lang="{}">{}</span>', name.lang, shown) if name.is_foreign else format_html("{}", shown)


@register.simple_tag
def office_time(office: Any) -> str:
    """Say from when to when somebody is known to hold an office, or on which day a source says so."""
    start = office.starts_on and dates.shown_date(office.starts_on, office.starts_precision)
    end = office.ends_on and dates.shown_date(office.ends_on, office.ends_precision)
    if start and end:
        return gettext("from %(start)s to %(end)s") % {"start": start, "end": end}
    if start:
        return gettext("since %(day)s") % {"day": start}
    if end:
        return gettext("until %(day)s") % {"day": end}
    if office.as_of_precision != dates.Precision.DAY:
        return gettext("in office in %(month_or_year)s") % {
            "month_or_year": dates.shown_date(office.as_of, office.as_of_precision)
        }
    return gettext("in office on %(day)s") % {"day": dates.shown_date(office.as_of, office.as_of_precision)}


@register.simple_tag
def stage_words(stage: str) -> str:
    """Say how far a city has come."""
    return capfirst(str(Stage(stage).label))


@register.simple_tag
def shown_year(year: int) -> str:
    """Show a year as the readers of the page count it."""
    return dates.shown_year(year)


@register.filter
def in_words(day: dt.date) -> str:
    """Show a whole date inside a sentence."""
    return dates.shown_date(day)


@register.simple_tag
def dots(number: int) -> str:
    """Draw a small number as so many marks, as on a tally; a large one not at all."""
    return "◆" * number if number <= MOST_DOTS else ""
