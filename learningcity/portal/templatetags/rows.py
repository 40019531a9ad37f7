"""Rows that a city's page has by the dozen: numbers, milestones, people, sources.

They are put together here and not in templates, because for so many small pieces the template language takes several
times as long as everything else on the page.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from learningcity.common.templatetags.common import when as when_in_this_language
from learningcity.common.thai.dates import shown_number
from learningcity.portal.templatetags.portal import office_time, person_name, ref
from learningcity.sources.enums import Certainty

register = template.Library()


@register.simple_tag
def number_rows(series: Iterable[Any]) -> SafeString:
    """Show numbers, each with its date, and its definition and source one click away."""
    source_word = escaped(_("source"))
    rows = []
    for one in series:
        name, unit = text(one.indicator.name), one.indicator.unit
        unit_words = f' <span class="unit">{text(unit)}</span>' if unit else ""
        differ = _("The sources differ") if one.is_contradicted else _("At different times") if one.others else ""
        differ = f'<dd class="differ">{escaped(differ)}</dd>' if differ else ""
        definition = text(one.indicator.definition)
        said = "".join(
            f'<dd class="statement"><span class="value">{_value(one_said)}{unit_words}</span>{_doubt(one_said)}'
            f'<details class="source-note"><summary><span>{when(one_said.observed_on, one_said.observed_precision)} · '
            f"{source_word}</span></summary><div><p>{definition}</p>"
            f"{f'<p>{text(one_said.note)}</p>' if one_said.note else ''}<p>{source_link(one_said.source)}</p></div></details></dd>\n"
            for one_said in one.observations
        )
        rows.append(f'<div class="figure{" several" if one.others else ""}"><dt>{name}</dt>{differ}{said}</div>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def milestone_rows(milestones: Iterable[Any], all_translated: bool) -> SafeString:
    """Show what happened in one year; a date only where more than the year is known."""
    ours = f' <span class="quiet small">({escaped(_("our translation"))})</span>'
    rows = []
    for one in milestones:
        words = one.text
        date = ""
        if one.happened_precision != "year":
            date = f'<p class="date">{when(one.happened_on, one.happened_precision)}</p>'
        note = ours if not all_translated and words.is_translation else ""
        rows.append(f"<li>{date}<p>{text(words)}{ref(one.source)}{note}</p>{_doubt(one)}</li>\n")
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def office_rows(holders: Iterable[Any]) -> SafeString:
    """Show who holds or held an office, and which source says so of which day."""
    also = escaped(_("Also written"))
    rows = []
    for holder in holders:
        title = holder.statements[0].title
        office = text(title) if title else escaped(capfirst(str(holder.kind.label)))
        times = "".join(
            f'<p class="quiet small">{escaped(office_time(said))}{ref(said.source)}</p>' for said in holder.statements
        )
        names = escaped(" · ".join(holder.person.other_names))
        others = f'<p class="quiet small">{also}: {names}</p>' if names else ""
        rows.append(f'<li><p class="quiet small">{office}</p><p>{person_name(holder.person)}</p>{times}{others}</li>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


@register.simple_tag
def source_rows(sources: Iterable[Any]) -> SafeString:
    """Show the numbered sources of the page."""
    rows = []
    for source in sources:
        publisher = f", {text(source.publisher)}" if source.publisher else ""
        date = f", {when(source.published_on, source.published_precision)}" if source.published_on else ""
        rows.append(f'<li id="source-{source.number}">{source_link(source)}{publisher}{date}</li>\n')
    return mark_safe("".join(rows))  # noqa: S308 -- every text in it is escaped above


def text(value: Any) -> str:
    """Return a text as HTML; where it is not in the reader's language, browser and reader are told which one it is."""
    shown = value.lang
    words = escaped(value.th if shown == "th" else value.en)
    return words if shown == get_language() else f'<span lang="{shown}" class="foreign">{words}</span>'


def when(date: dt.date, precision: str) -> str:
    return _when(date, precision, get_language())


@lru_cache(maxsize=4096)
def _when(date: dt.date, precision: str, language: str) -> str:
    return when_in_this_language(date, precision)


def source_link(source: Any) -> str:
    return f'<a href="{_sources_address(get_language())}{source.slug}/">{text(source.title)}</a>'


@lru_cache(maxsize=8)
def _sources_address(language: str) -> str:
    return reverse("sources")


def _value(said: Any) -> str:
    number = f'<span class="number">{shown_number(said.value)}</span>'
    if said.qualifier == "exact":
        return number
    return f'<span class="qualifier">{escaped(said.get_qualifier_display())}</span> {number}'


def _doubt(said: Any) -> str:
    if said.certainty == Certainty.STATED:
        return ""
    return f'<p><span class="chip uncertain">{escaped(said.get_certainty_display())}</span></p>'
