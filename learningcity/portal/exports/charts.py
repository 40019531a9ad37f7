"""Charts drawn on the server: lines over time, bars for comparison.

They have no fixed width: places across are told in percent, letters and heights in pixels, so that a chart fills the page and
its words keep their size from a telephone to a wall. Colors stand in attributes, for files, and a page's style has the last
word. Nothing is told by color alone: each line has a mark of its own shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learningcity.common.text import reading_language
from learningcity.common.thai.dates import BUDDHIST_OFFSET, shown_number
from learningcity.portal.exports.network import DARK, LIGHT, Tone

__all__ = ["DARK", "LIGHT", "Bar", "Line", "Point", "Style", "bars", "height_of", "key_of", "lines", "top_of"]

# Years between two dates that a line joins; a longer time in which nobody counted is a gap.
JOINED = 1.25
# So many years can be written under a chart on a telephone.
MOST_YEARS = 6
# The part of the width in which points stand, in percent.
LEFT, RIGHT = 0.0, 98.0
TOP, BOTTOM = 26, 26
ROW, BAR = 50, 18
# A bar reaches so far at most, to leave room for its number.
LONGEST_BAR = 62.0
LETTERS = 13
ROOMY = 200
GLYPHS = "●■▲◆"
SHAPES = (
    '<circle r="5"/>',
    '<path d="M-4.5-4.5h9v9h-9z"/>',
    '<path d="M0-6 5.5 4.5h-11z"/>',
    '<path d="M0-6 6 0 0 6-6 0z"/>',
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a number is drawn: filled if its source says just this, hollow if only about this, more or less; dashed if in doubt."""

    is_exact: bool = True
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A number on a day: as it is drawn, in short words beside it, and in a sentence."""

    on: dt.date
    value: float
    label: str
    words: str
    style: Style = Style()
    # Whether no more than the year is known; it stands in the middle of the year then.
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one place, the oldest first."""

    name: str
    points: Sequence[Point]
    number: int = 0
    # The language of the name, where it is not the reader's.
    lang: str = ""

    @property
    def color(self) -> int:
        return self.number % len(SHAPES)


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of one place beside those of others; no value where it is not shown."""

    name: str
    value: float | None
    label: str
    style: Style = Style()
    number: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How words stand."""

    kind: str
    anchor: str = "start"
    lang: str = ""
    dx: int = 0


QUIET, NAME, VALUE = Look("chart-quiet"), Look("chart-name"), Look("chart-value")


def colors(tone: Tone) -> tuple[str, ...]:
    return tone.public, tone.private, tone.education, tone.civil_society


def top_of(values: Iterable[float]) -> float:
    """Return a round number not below any of these, at which an axis may end."""
    most = max(values, default=0)
    if most <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.01
    while power < most / 10:
        power *= 10
    return next(step * power for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20) if step * power >= most)


# --- Lines over time ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """Where days and numbers lie on a chart of this height."""

    # From the beginning of this year to the beginning of that one.
    first: int
    last: int
    top: float
    height: int
    tone: Tone

    def across(self, on: dt.date) -> float:
        share = (year_of(on) - self.first) / (self.last - self.first)
        return round(LEFT + share * (RIGHT - LEFT), 2)

    def down(self, value: float) -> float:
        share = max(value, 0) / self.top
        return round(self.height - BOTTOM - share * (self.height - TOP - BOTTOM), 1)


def year_of(on: dt.date) -> float:
    return on.year + (on.timetuple().tm_yday - 1) / 366


def lines(told: Sequence[Line], height: int, *, tone: Tone = LIGHT, unit: str = "") -> SafeString:
    """Draw lines over time: the inside of an svg of this height and of any width."""
    points = [point for line in told for point in line.points]
    if not points:
        return SafeString()
    first, last = min(point.on.year for point in points), max(point.on.year for point in points)
    field = Field(first, last + 1, top_of(point.value for point in points), height, tone)
    drawn = [*_grid(field, unit), *_years(field, first, last)]
    for line in told:
        drawn += _line(line, field)
    drawn += _names(told, field)
    return mark_safe("".join(drawn))  # noqa: S308 -- every text in it is escaped below


def _grid(field: Field, unit: str) -> Iterator[str]:
    for value in (field.top, field.top / 2, 0.0) if field.height >= ROOMY else (field.top, 0.0):
        y = field.down(value)
        yield f'<line class="chart-grid" x2="100%" y1="{y}" y2="{y}" stroke="{field.tone.grey}" stroke-opacity=".35"/>'
        if value == field.top:
            words = f"{shown_number(f'{value:.10g}')} {unit if value == field.top else ''}".strip()
            yield _text(words, ("0%", y - 5), QUIET, field.tone.grey)


def _years(field: Field, first: int, last: int) -> Iterator[str]:
    """Write the years in their middle: all of a few, of many the first, the last and one between them."""
    years = range(first, last + 1) if last - first < MOST_YEARS else (first, (first + last) // 2, last)
    for year in years:
        shown = year + BUDDHIST_OFFSET if reading_language() == "th" else year
        place = (f"{field.across(dt.date(year, 7, 1))}%", field.height - 6)
        yield _text(str(shown), place, Look("chart-quiet", "middle"), field.tone.grey)


def key_of(line: Line) -> SafeString:
    """Draw the mark of a line, for the list of their names above the chart."""
    mark = SHAPES[line.color].replace("/>", f" {_ink(Style(), line.color, LIGHT)}/>")
    drawn = f'<svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">{mark}</svg>'
    return mark_safe(drawn)  # noqa: S308 -- nothing in it was written by anybody


def _line(line: Line, field: Field) -> Iterator[str]:
    color = colors(field.tone)[line.color]
    same = f'class="chart-line chart-{line.color}" stroke="{color}" stroke-width="2.5"'
    by_day: dict[dt.date, list[Point]] = {}
    for point in line.points:
        by_day.setdefault(point.on, []).append(point)
    for (one, said), (other, then) in pairwise(by_day.items()):
        # Nobody knows which of two contradicting numbers a line should come from, nor which of two in a year was first.
        is_clear = len(said) == len(then) == 1 and (
            one.year != other.year or not (said[0].is_vague or then[0].is_vague)
        )
        if is_clear and year_of(other) - year_of(one) <= JOINED:
            start, end = (
                (field.across(one), field.down(said[0].value)),
                (field.across(other), field.down(then[0].value)),
            )
            yield f'<line x1="{start[0]}%" y1="{start[1]}" x2="{end[0]}%" y2="{end[1]}" {same}/>'
    for on, said in by_day.items():
        if len(said) > 1:
            ends = sorted(field.down(point.value) for point in said)
            x = field.across(on)
            yield f'<line x1="{x}%" y1="{ends[0]}" x2="{x}%" y2="{ends[-1]}" {same} stroke-dasharray="2 4"/>'
    for point in line.points:
        place = f'x="{field.across(point.on)}%" y="{field.down(point.value)}"'
        mark = SHAPES[line.color].replace("/>", f" {_ink(point.style, line.color, field.tone)}/>")
        yield f'<svg {place} overflow="visible">{mark}<title>{escape(point.words)}</title></svg>'


def _names(told: Sequence[Line], field: Field) -> Iterator[str]:
    """Write the last number of each line above its end, with its mark where there are several lines; none over another."""
    if len(told) == 1:
        # Beside each other there is room for the newest number only.
        ends = (told[0].points[0], told[0].points[-1]) if field.height >= ROOMY else (told[0].points[-1],)
        for point in dict.fromkeys(ends):
            # The number of the axis stands at the left above its line.
            is_below = point is ends[0] and len(ends) > 1 and field.down(point.value) < TOP + 16
            yield _at_end(point.label, (point, field.down(point.value) + (22 if is_below else -11)), field)
        return
    taken = -100.0
    for line in sorted((line for line in told if line.points), key=lambda line: field.down(line.points[-1].value)):
        point = line.points[-1]
        taken = max(field.down(point.value) - 10, taken + 17)
        glyph = f'<tspan class="chart-{line.color} chart-mark" fill="{colors(field.tone)[line.color]}">{GLYPHS[line.color]}</tspan> '
        yield _at_end(point.label, (point, taken), field).replace(">", f">{glyph}", 1)


def _at_end(words: str, place: tuple[Point, float], field: Field) -> str:
    point, y = place
    x = field.across(point.on)
    anchor = "start" if x < 25 else "end" if x > 60 else "middle"
    left = {"start": "0%", "end": "100%"}.get(anchor, f"{x}%")
    return _text(words, (left, max(y, LETTERS)), Look("chart-name", anchor), field.tone.ink)


# --- Bars -----------------------------------------------------------------------------------------------------------


def bars(told: Sequence[Bar], *, tone: Tone = LIGHT) -> SafeString:
    """Draw bars under each other, each with its name above and its number at its end: the inside of an svg."""
    top = max((bar.value for bar in told if bar.value), default=1.0) or 1.0
    drawn: list[str] = []
    for row, bar in enumerate(told):
        y = row * ROW
        drawn.append(_text(bar.name, ("0%", y + 15), replace(NAME, lang=bar.lang), tone.ink))
        width = round(max(bar.value or 0, 0) / top * LONGEST_BAR, 2)
        if bar.value:
            ink = _ink(bar.style, bar.number % len(SHAPES), tone)
            drawn.append(f'<rect x="0" y="{y + 22}" width="{max(width, 0.4)}%" height="{BAR}" {ink}/>')
        drawn.append(_text(bar.label, (f"{width}%", y + 36), replace(VALUE, dx=8 if bar.value else 0), tone.ink))
    return mark_safe("".join(drawn))  # noqa: S308 -- every text in it is escaped below


def height_of(told: Sequence[Bar]) -> int:
    """Return how high a chart of these bars is."""
    return len(told) * ROW


# --- Ink ------------------------------------------------------------------------------------------------------------


def _ink(style: Style, color: int, tone: Tone) -> str:
    """Return how a mark or a bar is filled: with its color, or with paper where the number is none that a source says exactly."""
    ink = colors(tone)[color]
    is_filled = style.is_exact and not style.is_doubtful
    kind = f"chart-mark chart-{color}{'' if is_filled else ' chart-hollow'}"
    dashes = ' stroke-dasharray="3 2.5"' if style.is_doubtful else ""
    return f'class="{kind}" fill="{ink if is_filled else tone.paper}" stroke="{ink}" stroke-width="2"{dashes}'


def _text(words: str, place: tuple[str, float], look: Look, color: str) -> str:
    x, y = place
    moved = f' dx="{look.dx}"' if look.dx else ""
    tongue = f' lang="{look.lang}"' if look.lang else ""
    return (
        f'<text class="{look.kind}" x="{x}" y="{round(y, 1)}"{moved} text-anchor="{look.anchor}"'
        f' font-size="{LETTERS}" fill="{color}"{tongue}>{escape(words)}</text>'
    )
