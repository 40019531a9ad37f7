"""The opening hours of a usual week: read as people type them, kept as one span of a day after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from learningcity.common.thai.reading import THAI_DIGITS

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LAST_HOUR, MOST_A_DAY = 24, 3
_CLOCK = "(?:[01][0-9]|2[0-4]):[0-5][0-9]"
_SPAN = f"(?:{'|'.join(DAYS)}) {_CLOCK}-{_CLOCK}"
# How a week is kept: "Mo 08:30-12:00; Mo 13:00-16:30; Tu 08:30-16:30". Each span is one of schema.org's openingHours.
PATTERN = f"^{_SPAN}(; {_SPAN})*$"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?|น\.?|hrs?)?"
_TO = r"(?:-|–|—|ถึง|to|until)"
_NAMES = (
    ("จันทร์", "จ", "monday", "mon", "mo"),
    ("อังคาร", "อ", "tuesday", "tues", "tue", "tu"),
    ("พุธ", "พ", "wednesday", "wed", "we"),
    ("พฤหัสบดี", "พฤหัส", "พฤ", "thursday", "thurs", "thu", "th"),
    ("ศุกร์", "ศ", "friday", "fri", "fr"),
    ("เสาร์", "ส", "saturday", "sat", "sa"),
    ("อาทิตย์", "อา", "sunday", "sun", "su"),
)
_DAY_OF = {name: day for day, names in enumerate(_NAMES) for name in names}


def _one_of(are: Callable[[str], bool]) -> str:
    """Return the names that are so as a pattern, longer ones first: อา is no อ, and พฤ no พ."""
    return "|".join(sorted(filter(are, _DAY_OF), key=len, reverse=True))


# Thai writes no space behind a word, but a single letter is a day only where the word ends.
_DAY = (
    f"(?:{_one_of(lambda name: len(name) > 2 and not name.isascii())})|(?:{_one_of(str.isascii)})s?\\.?(?![a-z])"
    f"|(?:{_one_of(lambda name: len(name) <= 2 and not name.isascii())})\\.?(?![ก-๎])"
)
TOKENS = re.compile(
    rf"(?P<span>{_TIME}\s*{_TO}\s*{_TIME})|(?P<always>(?:ตลอด\s*)?24\s*(?:ชั่วโมง|hours?|hrs?|h\b))"
    r"|(?P<every>ทุกวัน|daily|every\s?day)|(?P<closed>ปิด|หยุด|closed|off)|(?P<to>" + _TO + ")"
    r"|(?P<skip>วัน|เวลา|เปิด|และ|and\b|open\b|from\b|on\b|[\s,;&:|]+)"
    rf"|(?P<day>{_DAY})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """When something opens and closes on a day of the week, Monday first; what closes earlier than it opens does so after midnight."""

    day: int
    opens: str
    closes: str

    def __str__(self) -> str:
        return f"{DAYS[self.day]} {self.opens}-{self.closes}"


def read_week(text: str) -> str:
    """Return a week as it is kept, read from what somebody typed; nothing of nothing.

    :raises ValueError: if it is no week: with a reason that can be shown.
    """
    spans: set[Span] = set()
    shut: set[int] = set()
    days: list[int] = []
    is_range = is_told = is_closing = False
    for token in _tokens(" ".join(text.translate(THAI_DIGITS).split())):
        if token.kind in ("day", "every"):
            if is_told:
                days, is_told = [], False
            found = list(range(7)) if token.kind == "every" else [_day(token.text)]
            days += _between(days[-1], found[0])[1:] if is_range and days else found
            is_range = False
            shut |= set(days) if is_closing else set()
        elif token.kind == "to":
            is_range = True
        elif token.kind == "closed":
            # Said behind the days, or before them.
            is_closing = is_told or not days
            shut |= set() if is_closing else set(days)
            is_told = True
        elif token.kind in ("span", "always"):
            if not days or is_closing:
                raise ValueError(gettext("Say first on which days: “Mon-Fri 8:30-16:30”."))
            spans |= {_span(day, token) for day in days}
            is_told = True
    if days and not is_told and not is_closing:
        raise ValueError(gettext("Say from when to when on these days: “Mon-Fri 8:30-16:30”."))
    return "; ".join(map(str, _in_order({one for one in spans if one.day not in shut})))


def spans_of(week: str) -> list[Span]:
    """Return the spans of a week as it is kept."""
    return [Span(DAYS.index(one[:2]), *one[3:].split("-")) for one in week.split("; ") if one]


def week_text(week: str) -> str:
    """Return a week in short, as it can be typed again."""
    parts = []
    for first, last, spans in _runs(week):
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        parts.append(f"{days} {', '.join(f'{one.opens}-{one.closes}' for one in spans)}")
    return "; ".join(parts)


def week_lines(week: str) -> list[tuple[str, str]]:
    """Return a week as lines in the reader's language: days, and when it is open on them."""
    return [
        (
            _name(first) if first == last else f"{_name(first)} – {_name(last)}",
            ", ".join(f"{one.opens}–{one.closes}" for one in spans),
        )
        for first, last, spans in _runs(week)
    ]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    parts: tuple[str | None, ...]


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = TOKENS.match(text, at)
        if not found:
            said = gettext(
                "“%(text)s” is not understood here; write days and times, such as “Mon-Fri 8:30-16:30; Sat 9:00-12:00”."
            )
            raise ValueError(said % {"text": text[at : at + 30]})
        kind = next(
            name for name in ("span", "always", "every", "closed", "to", "skip", "day") if found[name] is not None
        )
        # Six parts of a span stand behind it: hour, minute, half of the day, twice.
        yield _Token(kind, found[0], found.groups()[1:7] if kind == "span" else ())
        at = found.end()


def _day(text: str) -> int:
    name = text.lower().rstrip(".")
    return _DAY_OF[name if name in _DAY_OF else name.removesuffix("s")]


def _between(first: int, last: int) -> list[int]:
    """Return the days from one to another, over the end of the week if need be."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _span(day: int, token: _Token) -> Span:
    if token.kind == "always":
        return Span(day, "00:00", "24:00")
    opens, closes = _clock(*token.parts[:3]), _clock(*token.parts[3:])
    if opens in (closes, "24:00"):
        raise ValueError(gettext("“%(text)s” is no span of time.") % {"text": token.text.strip()})
    return Span(day, opens, closes)


def _clock(hour: str | None, minute: str | None, half: str | None) -> str:
    hours, minutes = int(hour or 0), int(minute or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    if minutes > 59 or hours * 60 + minutes > LAST_HOUR * 60:
        raise ValueError(gettext("There is no time “%(text)s”.") % {"text": f"{hour}:{minute or '00'}"})
    return f"{hours:02}:{minutes:02}"


def _name(day: int) -> str:
    # Thai says of Sunday alone that it is a day.
    return str(WEEKDAYS[day]).removeprefix("วัน")


def _in_order(spans: set[Span]) -> list[Span]:
    ordered = sorted(spans)
    for _day_of, group in groupby(ordered, lambda one: one.day):
        day = list(group)
        if len(day) > MOST_A_DAY or any(one.closes > later.opens for one, later in pairwise(day)):
            raise ValueError(gettext("A day has up to three spans of time, one after the other."))
    return ordered


def _runs(week: str) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield stretches of days with the same spans: the first day, the last one, and the spans."""
    known = {day: list(group) for day, group in groupby(spans_of(week), lambda one: one.day)}
    first = None
    for day in range(8):
        same = first is not None and _hours(known.get(day)) == _hours(known.get(first))
        if first is not None and not same:
            yield first, day - 1, known[first]
            first = None
        if first is None and day in known:
            first = day


def _hours(spans: list[Span] | None) -> list[tuple[str, str]]:
    return [(one.opens, one.closes) for one in spans or ()]
