"""Marking what was found, word by word, and choosing the lines around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learningcity.common.thai.words import (
    SEAM,
    THAI,
    TOKEN,
    Word,
    folded,
    parts,
    with_seams,
    without_seams,
)
from learningcity.search.queries.terms import Question

# Letters of text that are shown, letters of them before what was found, and the shortest part of a compound worth marking alone.
SNIPPET, LEAD, SHORTEST_PART = 200, 50, 4
WORD_START = re.compile(f"[{SEAM} ]")
# Texts are read so far for a place worth showing.
READ = 20_000


class Marker(dict[str, bool]):
    """Knows of each word whether to mark it.

    A dict, because the same few hundred words come again and again within one page of answers.
    """

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__()
        self.wanted = wanted

    def __missing__(self, word: str) -> bool:
        plain = folded(word)
        self[word] = plain in self.wanted or any(part in self.wanted for part in parts(plain))
        return self[word]

    def places(self, text: str) -> list[Word]:
        """Return the words to mark in a text with seams."""
        return [Word(match.start(), match[0]) for match in TOKEN.finditer(text) if self[match[0]]]


def marker(question: Question, completions: Iterable[str]) -> Marker:
    """Return the marker of what was asked, with the completions of its last word."""
    asked = {folded(token) for token in question.tokens}
    pieces = {part for word in asked for part in parts(word) if len(part) >= SHORTEST_PART}
    return Marker(frozenset(asked | pieces | set(completions)))


def marked(text: str, marker: Marker) -> SafeString:
    """Return a whole short text as HTML with the found words marked."""
    text = with_seams(text)
    return _html(text, marker.places(text), 0, len(text))


def snippet(text: str, marker: Marker) -> SafeString:
    """Return the lines of a text with seams where most different found words stand together, as HTML."""
    text = text[:READ]
    places = marker.places(text)
    start = _start(text, places)
    end = _word_end(text, start + SNIPPET)
    return mark_safe(("… " if start else "") + _html(text, places, start, end) + (" …" if end < len(text) else ""))  # noqa: S308 -- made of escaped pieces


def _start(text: str, places: list[Word]) -> int:
    """Return where the best lines start: at a space or at a found word, never within one."""
    if not places or places[-1].end <= SNIPPET:
        return 0
    best = _richest(places)
    if best.start < LEAD:
        return 0
    lead = WORD_START.search(text, best.start - LEAD, best.start)
    return lead.end() if lead else best.start


def _richest(places: list[Word]) -> Word:
    """Return the place after which most different found words stand within one snippet; the first of several."""
    best, most, end = places[0], 0, 0
    near: Counter[str] = Counter()
    for place in places:
        while end < len(places) and places[end].end <= place.start + SNIPPET - LEAD:
            near[places[end].text] += 1
            end += 1
        if len(near) > most:
            best, most = place, len(near)
        near[place.text] -= 1
        if near[place.text] <= 0:
            del near[place.text]
    return best


def _word_end(text: str, end: int) -> int:
    """Return the nearest end of a word before this place, or the place itself in a word without end."""
    if end >= len(text):
        return len(text)
    near = max(text.rfind(SEAM, end - 60, end), text.rfind(" ", end - 60, end))
    return end if near < 0 else near


def _html(text: str, places: Iterable[Word], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    done = start
    for place in places:
        if start <= place.start and place.end <= end:
            gap = without_seams(text[done : place.start])
            # Two found words that touch, as they do in Thai, become one mark.
            if pieces and not gap and place.text[0] in THAI:
                pieces[-1] = pieces[-1].removesuffix("</mark>") + f"{escape(place.text)}</mark>"
            else:
                pieces.append(f"{escape(gap)}<mark>{escape(place.text)}</mark>")
            done = place.end
    return mark_safe("".join(pieces) + escape(without_seams(text[done:end])))  # noqa: S308 -- made of escaped pieces
