"""From the numbers of an indicator to what is drawn of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from learningcity.common.text import LocalText
from learningcity.common.thai.dates import Precision
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import people_counted
from learningcity.portal.exports.charts import LIGHT, Bar, Line, Point, Style, bars, height_of, key_of, lines
from learningcity.portal.exports.indicator_words import date_words, sentence, value_words
from learningcity.portal.exports.network import Tone
from learningcity.portal.exports.network_labels import shortened
from learningcity.portal.queries.indicators import Place
from learningcity.sources.enums import Certainty

# The heights of a chart of its own, and of one of many beside each other.
TALL, LOW = 300, 150
# The frame of a picture that stands alone.
WIDTH, EDGE, HEAD, FOOT = 760, 20, 64, 40
LONGEST_TITLE, LONGEST_HEADING = 65, 90
LEGEND = gettext_lazy(
    "Filled: exactly as a source says. Hollow: about, more or less. Dashed: uncertain or inferred. A gap: nobody counted."
)


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
    # The mark and the name of each line, where there are several.
    keys: tuple[tuple[SafeString, LocalText], ...] = ()


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
    drawn = lines(told, height, tone=tone, unit=str(indicator.unit))
    names_of = {str(place.of.name): place.of.name for place in places}
    keys = tuple((key_of(line), names_of[line.name]) for line in told) if len(told) > 1 else ()
    return Chart(title, words, drawn, height, styles, keys=keys)


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
    """Return what the bars show, if all are of one year and the first is the largest without a doubt."""
    place, first = told[0]
    others = {other.of for other, _one in told} - {place.of}
    told_of = {
        "indicator": indicator.name,
        "place": place.of.name,
        "number": f"{value_words(first)} {indicator.unit}".strip(),
    }
    is_sure = first.value is not None and not first.hiding and len(place.latest) == 1
    is_sure = is_sure and first.qualifier != Qualifier.LESS_THAN and first.certainty == Certainty.STATED
    is_sure = is_sure and len({one.observed_on.year for _place, one in told}) == 1
    rivals = [one.value for other, one in told if other.of != place.of and one.value is not None]
    if is_sure and all(value < first.value for value in rivals):
        said = ngettext(
            "%(indicator)s: %(place)s, with %(number)s, has more than the other place here",
            "%(indicator)s: %(place)s, with %(number)s, has more than each of the %(count)s other places here",
            len(others),
        )
        return said % {**told_of, "count": len(others)}
    return _("%(indicator)s: the newest number of each place") % told_of


def ways_of(number: Observation) -> str:
    """Return by what a number of some of the people is told apart from others."""
    ways = {
        _("by district"): number.district_code,
        _("by sex"): number.sex,
        _("by age"): number.age_from is not None,
        _("by disability"): number.disability,
    }
    return ", ".join(way for way, there in ways.items() if there)


def chart_of_parts(indicator: Indicator, place: Place, table: Sequence[Observation]) -> Chart:
    """Return the numbers of some of the people, as one source counts them on one day."""
    drawn = [
        Bar(people_counted(one), None if one.value is None else float(one.value), value_words(one), style_of(one), 2)
        for one in table
    ]
    told = {"indicator": indicator.name, "place": place.of.name, "date": date_words(table[0])}
    title = f"{_('%(indicator)s, %(place)s, %(date)s') % told}: {ways_of(table[0])}"
    words = ". ".join(f"{people_counted(one)}: {value_words(one)} {indicator.unit}".rstrip() for one in table)
    styles = frozenset(bar.style for bar in drawn if bar.value)
    return Chart(title, words, bars(drawn), height_of(drawn), styles)


def picture_of(title: str, charts: Iterable[Chart], foot: str, tone: Tone = LIGHT) -> SafeString:
    """Return charts under each other as a picture that stands alone, with a title and where its numbers come from."""
    drawn, y = [_words(shortened(title, LONGEST_TITLE), 32, 20, tone)], HEAD
    for chart in charts:
        drawn.append(_words(shortened(str(chart.heading or chart.title), LONGEST_HEADING), y, 15, tone))
        y += 16
        drawn.append(
            f'<svg x="{EDGE}" y="{y}" width="{WIDTH - 2 * EDGE}" height="{chart.height}">'
            f"<desc>{escape(chart.words)}</desc>{chart.inside}</svg>"
        )
        y += chart.height + 40
    height = y + FOOT
    drawn += [_words(str(LEGEND), y, 12, tone), _words(foot, y + 20, 12, tone)]
    return mark_safe(  # noqa: S308 -- every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
        f' font-family="Sarabun, Noto Sans Thai, sans-serif"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{tone.paper}"/>{"".join(drawn)}</svg>'
    )


def _words(words: str, y: int, size: int, tone: Tone) -> str:
    weight = 700 if size >= 15 else 400
    return (
        f'<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{tone.ink}">{escape(words)}</text>'
    )
