"""Rows that a city's page has by the dozen: numbers, milestones, people, sources.

They are put together here and not in templates, because for so many small pieces the template language takes several
times as long as everything else on the page.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape as escaped, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from learningcity.common.templatetags.common import names as marked_names, when as when_in_this_language
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import shown_number
from learningcity.portal.templatetags.portal import office_time, person_name, ref
from learningcity.sources.enums import Certainty

register = template.Library()


@register.simple_tag
def number_rows(series: Iterable[Any]) -> SafeString:
    """Show numbers, each with its date, and its definition and source one click away."""
    language = get_language()
    source_word, differ, at_times = escaped(_("source")), _("The sources differ"), _("At different times")
    rows = []
    for one in series:
        unit, definition = one.indicator.unit, text(one.indicator.definition, language)
        unit_words = f' <span class="unit">{text(unit, language)}</span>' if unit else ""
        several = (
            f'<dd class="differ">{escaped(differ if one.is_contradicted else at_times)}</dd>' if one.others else ""
        )
        said = "".join(
            f'<dd class="statement"><span class="value">{_value(each)}{unit_words}</span>{_doubt(each)}'
            f'<details class="source-note"><summary><span>{when(each.observed_on, each.observed_precision, language)} · '
            f"{source_word}</span></summary><div><p>{definition}</p>"
            f"{f'<p>{text(each.note, language)}</p>' if each.note else ''}"
            f"<p>{source_link(each.source, language)}</p></div></details></dd>\n"
            for each in one.observations
        )
        kind = "figure several" if several else "figure"
        rows.append(f'<div class="{kind}"><dt>{text(one.indicator.name, language)}</dt>{several}{said}</div>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def milestone_rows(milestones: Iterable[Any], all_translated: bool) -> SafeString:
    """Show what happened in one year; a date only where more than the year is known."""
    language = get_language()
    ours = f' <span class="quiet small">({escaped(_("our translation"))})</span>'
    rows = []
    for one in milestones:
        words, date = one.text, ""
        if one.happened_precision != "year":
            date = f'<p class="date">{when(one.happened_on, one.happened_precision, language)}</p>'
        note = ours if not all_translated and words.is_translation else ""
        rows.append(f"<li>{date}<p>{text(words, language)}{ref(one.source)}{note}</p>{_doubt(one)}</li>\n")
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def office_rows(holders: Iterable[Any]) -> SafeString:
    """Show who holds or held an office, and which source says so of which day."""
    language, also = get_language(), escaped(_("Also written"))
    rows = []
    for holder in holders:
        title, names = holder.statements[0].title, holder.person.other_names
        office = text(title, language) if title else escaped(capfirst(str(holder.kind.label)))
        times = "".join(
            f'<p class="quiet small">{escaped(office_time(said))}{ref(said.source)}</p>' for said in holder.statements
        )
        others = f'<p class="quiet small">{also}: {marked_names(names)}</p>' if names else ""
        rows.append(f'<li><p class="quiet small">{office}</p><p>{person_name(holder.person)}</p>{times}{others}</li>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def source_rows(sources: Iterable[Any]) -> SafeString:
    """Show the numbered sources of the page."""
    language = get_language()
    rows = []
    for source in sources:
        publisher = f", {text(source.publisher, language)}" if source.publisher else ""
        date = ""
        if source.published_on:
            date = f", {when(source.published_on, source.published_precision, language)}"
        rows.append(f'<li id="source-{source.number}">{source_link(source, language)}{publisher}{date}</li>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


def text(value: LocalText, language: str | None) -> str:
    """Return a text as HTML; where it is not in the reader's language, browser and reader are told which one it is."""
    if words := value.th if language == "th" else value.en:
        return escape(words)
    return f'<span lang="{value.lang}" class="foreign">{escape(value)}</span>'


@lru_cache(maxsize=4096)
def when(date: dt.date, precision: str, language: str | None) -> str:
    """Return a date as HTML; the language, which is the reader's, only tells the kept ones apart."""
    return when_in_this_language(date, precision)


def source_link(source: Any, language: str | None) -> str:
    return f'<a href="{_sources_address(language)}{source.slug}/">{text(source.title, language)}</a>'


@lru_cache(maxsize=8)
def _sources_address(language: str | None) -> str:
    return reverse("sources")


def _value(said: Any) -> str:
    number = f'<span class="number">{_number(said.value)}</span>'
    if said.qualifier == "exact":
        return number
    return f'<span class="qualifier">{escaped(said.get_qualifier_display())}</span> {number}'


@lru_cache(maxsize=4096)
def _number(value: Decimal) -> str:
    """Return a number with its thousands separated, which Thai and English do alike."""
    return shown_number(value)


def _doubt(said: Any) -> str:
    if said.certainty == Certainty.STATED:
        return ""
    return f'<p><span class="chip uncertain">{escaped(said.get_certainty_display())}</span></p>'
