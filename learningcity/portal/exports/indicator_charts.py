"""From the numbers of an indicator to what is drawn of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, ngettext

from learningcity.common.thai.dates import Precision
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import people_counted
from learningcity.portal.exports.charts import LIGHT, Bar, Line, Point, Style, bars, height_of, lines
from learningcity.portal.exports.indicator_words import date_words, sentence, value_words
from learningcity.portal.exports.network import Tone
from learningcity.portal.queries.indicators import Place
from learningcity.sources.enums import Certainty

# The heights of a chart of its own, and of one of many beside each other.
TALL, LOW = 300, 150
# The frame of a picture that stands alone.
WIDTH, EDGE, HEAD, FOOT = 760, 20, 64, 34


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, which says what is to be seen, and the same in words."""

    title: str
    words: str
    inside: SafeString
    height: int
    # Which ways of drawing occur in it, for the legend.
    styles: frozenset[Style]
    heading: object = ""
    href: str = ""


def style_of(number: Observation) -> Style:
    return Style(number.qualifier == Qualifier.EXACT, number.certainty != Certainty.STATED)


def middle_of(number: Observation) -> dt.date:
    """Return the day on which a number is drawn: in the middle of the month or of the year, if no more is known."""
    if number.observed_precision == Precision.YEAR:
        return number.observed_on.replace(month=7)
    if number.observed_precision == Precision.MONTH:
        return number.observed_on.replace(day=15)
    return number.observed_on


def chart_over_time(indicator: Indicator, places: Sequence[Place], height: int, tone: Tone = LIGHT) -> Chart | None:
    """Return the numbers of a few places over time; nothing where none has numbers of several dates."""
    told = [line for line in (_line(indicator, place, number) for number, place in enumerate(places)) if line.points]
    if not any(place.dates > 1 for place in places):
        return None
    styles = frozenset(point.style for line in told for point in line.points)
    names = ", ".join(line.name for line in told)
    title = _("%(indicator)s over time: %(names)s") % {"indicator": indicator.name, "names": names}
    words = ". ".join(f"{line.name}: {', '.join(point.words for point in line.points)}" for line in told)
    return Chart(title, words, lines(told, height, tone=tone, unit=str(indicator.unit)), height, styles)


def _line(indicator: Indicator, place: Place, number: int) -> Line:
    points = tuple(
        Point(
            on=middle_of(one),
            value=float(one.value),
            label=value_words(one),
            words=sentence(one, indicator),
            style=style_of(one),
            is_vague=one.observed_precision == Precision.YEAR,
        )
        for one in place.numbers
        if one.value is not None
    )
    name = place.of.name
    return Line(str(name), points, number, name.lang if name.is_foreign else "")


def chart_of_latest(indicator: Indicator, places: Sequence[Place], tone: Tone = LIGHT) -> Chart | None:
    """Return the newest number of each place beside those of the others, the largest first; nothing for fewer than two."""
    told = [(place, one) for place in places for one in place.latest]
    if len({place.of for place, _one in told}) < 2:
        return None
    told.sort(key=lambda pair: -max((float(one.value) for one in pair[0].latest if one.value is not None), default=-1))
    drawn = [_bar(place, one) for place, one in told]
    words = ". ".join(f"{place.of.name}, {sentence(one, indicator)}" for place, one in told)
    styles = frozenset(bar.style for bar in drawn if bar.value)
    return Chart(_finding(indicator, told), words, bars(drawn, tone=tone), height_of(drawn), styles)


def _bar(place: Place, one: Observation) -> Bar:
    name = place.of.name
    value = None if one.value is None else float(one.value)
    lang = name.lang if name.is_foreign else ""
    return Bar(f"{name}, {date_words(one)}", value, value_words(one), style_of(one), 0, lang)


def _finding(indicator: Indicator, told: Sequence[tuple[Place, Observation]]) -> str:
    """Return what the bars show, if the first of them is the largest without a doubt."""
    place, first = told[0]
    others = {other.of for other, _one in told} - {place.of}
    told_of = {
        "indicator": indicator.name,
        "place": place.of.name,
        "number": f"{value_words(first)} {indicator.unit}".strip(),
    }
    is_sure = first.value is not None and not first.hiding and len(place.latest) == 1
    is_sure = is_sure and first.qualifier != Qualifier.LESS_THAN and first.certainty == Certainty.STATED
    rivals = [one.value for other, one in told if other.of != place.of and one.value is not None]
    if is_sure and all(value < first.value for value in rivals):
        said = ngettext(
            "%(indicator)s: %(place)s, with %(number)s, has more than the other place here",
            "%(indicator)s: %(place)s, with %(number)s, has more than each of the %(count)s other places here",
            len(others),
        )
        return said % {**told_of, "count": len(others)}
    return _("%(indicator)s: the newest number of each place") % told_of


def chart_of_parts(indicator: Indicator, place: Place, table: Sequence[Observation]) -> Chart:
    """Return the numbers of some of the people, as one source counts them on one day."""
    drawn = [
        Bar(people_counted(one), None if one.value is None else float(one.value), value_words(one), style_of(one), 2)
        for one in table
    ]
    told = {"indicator": indicator.name, "place": place.of.name, "date": date_words(table[0])}
    title = _("%(indicator)s, %(place)s, %(date)s: who is counted") % told
    words = ". ".join(f"{people_counted(one)}: {value_words(one)} {indicator.unit}".rstrip() for one in table)
    styles = frozenset(bar.style for bar in drawn if bar.value)
    return Chart(title, words, bars(drawn), height_of(drawn), styles)


def picture_of(title: str, charts: Iterable[Chart], foot: str, tone: Tone = LIGHT) -> str:
    """Return charts under each other as a picture that stands alone, with a title and where its numbers come from."""
    drawn, y = [], HEAD
    for chart in charts:
        head = f'<text x="{EDGE}" y="{y}" font-size="15" font-weight="700" fill="{tone.ink}">{escape(chart.heading or chart.title)}</text>'
        y += 16
        drawn.append(
            f'{head}<svg x="{EDGE}" y="{y}" width="{WIDTH - 2 * EDGE}" height="{chart.height}">'
            f"<desc>{escape(chart.words)}</desc>{chart.inside}</svg>"
        )
        y += chart.height + 40
    height = y + FOOT - 20
    return mark_safe(  # noqa: S308 -- every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
        f' font-family="Sarabun, Noto Sans Thai, sans-serif"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{tone.paper}"/>'
        f'<text x="{EDGE}" y="32" font-size="20" font-weight="700" fill="{tone.ink}">{escape(title)}</text>'
        f'{"".join(drawn)}<text x="{EDGE}" y="{height - 14}" font-size="12" fill="{tone.ink}">{escape(foot)}</text></svg>'
    )
