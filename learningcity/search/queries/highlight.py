"""Marking what was found, word by word, and choosing the lines around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learningcity.common.thai.words import SEAM, THAI, Word, folded, parts, with_seams, without_seams, words_between_seams
from learningcity.search.queries.terms import Question

# Letters of text around what was found, and the shortest part of a compound worth marking alone.
SNIPPET, SHORTEST_PART = 200, 4
# Texts are read so far for a place worth showing.
READ = 20_000


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows which words of a text to mark."""

    wanted: frozenset[str]

    def marks(self, word: Word) -> bool:
        plain = folded(word.text)
        return plain in self.wanted or any(part in self.wanted for part in parts(plain))

    def places(self, text: str) -> list[Word]:
        return [word for word in words_between_seams(text) if self.marks(word)]


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
    best = max(places, key=lambda place: (_richness(places, place.start), -place.start))
    lead = text.rfind(" ", max(best.start - SNIPPET // 4, 0), best.start) + 1
    start = lead or best.start
    return 0 if start < SNIPPET // 4 else start


def _richness(places: list[Word], start: int) -> int:
    return len({folded(place.text) for place in places if start <= place.start and place.end <= start + SNIPPET * 3 // 4})


def _word_end(text: str, end: int) -> int:
    """Return the nearest end of a word before this place, or the place itself in a word without end."""
    if end >= len(text):
        return len(text)
    near = max(text.rfind(SEAM, end - 60, end), text.rfind(" ", end - 60, end))
    return end if near < 0 else near


def _html(text: str, places: Iterable[Word], start: int, end: int) -> SafeString:
    pieces, done = [], start
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
