"""Tags of the public pages."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import escape, format_html
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
    wanted = get_language()
    shown = wanted if (person.name_th if wanted == "th" else person.name_en) else ("en" if person.name_en else "th")
    # Thai writes title and name as one word.
    space, title, name = (
        ("", person.title_th, person.name_th) if shown == "th" else (" ", person.title_en, person.name_en)
    )
    words = escape(f"{title}{space}{name}" if title else name)
    return words if shown == wanted else format_html('<span lang="{}">{}</span>', shown, words)


@register.simple_tag
def office_time(office: Any) -> str:
    """Say from when to when somebody is known to hold an office, or on which day a source says so."""
    period = office.starts_on, office.starts_precision, office.ends_on, office.ends_precision
    return _office_time(period, office.as_of, office.as_of_precision, get_language())


@lru_cache(maxsize=4096)
def _office_time(period: tuple[Any, ...], as_of: dt.date, precision: str, language: str | None) -> str:
    starts_on, starts_precision, ends_on, ends_precision = period
    start = starts_on and dates.shown_date(starts_on, starts_precision)
    end = ends_on and dates.shown_date(ends_on, ends_precision)
    day = dates.shown_date(as_of, precision)
    if start and end:
        return gettext("from %(start)s to %(end)s") % {"start": start, "end": end}
    if start:
        return gettext("since %(day)s") % {"day": start}
    if end:
        return gettext("until %(day)s") % {"day": end}
    if precision != dates.Precision.DAY:
        return gettext("in office in %(month_or_year)s") % {"month_or_year": day}
    return gettext("in office on %(day)s") % {"day": day}


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
