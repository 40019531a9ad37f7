"""What a text turns into before it meets the database: terms, and numbers for them. Nothing here reads a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from learningcity.common.thai.words import (
    Word,
    clean,
    clusters,
    folded,
    parts,
    with_seams,
    without_seams,
    words,
    words_between_seams,
)
from learningcity.search.enums import Strength
from learningcity.search.registry import Entry

# The channels in which a text is compared; the scores of each are normalized before they are added.
WORD, CLUSTER, NAME = "w", "c", "n"
# BM25, with the usual constants; the lengths are those of ordinary Thai prose of some 750 letters.
K1, B = 1.2, 0.75
USUAL_LENGTH = {WORD: 250, CLUSTER: 370}
# From which BM25 weight on a term counts as fair, and as strong.
FAIR_FROM, STRONG_FROM = 0.9, 1.3
LONGEST_QUERY = 200
REPEATED = re.compile(r"(.)\1{3,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document as numbers, the words that may complete or correct a query, and its texts with seams."""

    codes: list[int]
    words: dict[str, int]
    body_th: str
    body_en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query as terms, each with the times it was said."""

    text: str
    tokens: tuple[str, ...]
    terms: dict[str, Counter[int]]


def number(channel: str, text: str) -> int:
    """Return the number of a term: a hash whose last two bits are free for the Strength."""
    return crc32(f"{channel}{text}".encode()) & 0x7FFFFFFC


def words_and_parts(found: Iterable[Word]) -> Iterator[str]:
    """Return the words folded, each compound followed by its parts."""
    for word in found:
        plain = folded(word.text)
        yield plain
        yield from parts(plain)


def analyze(entry: Entry) -> Analysis:
    """Return all terms of a document, each with the Strength that it has in the stronger of the two languages."""
    strengths: dict[int, int] = {}
    spelled: dict[str, int] = {}
    bodies = [with_seams(clean(body)) for body in (entry.body_th, entry.body_en)]
    for body in (*bodies, str(entry.date.year) if entry.date else ""):
        for channel, found in _terms(body, spelled):
            length = found.total()
            for term, times in found.items():
                strength = _strength(times, length / USUAL_LENGTH[channel])
                strengths[term] = max(strength, strengths.get(term, 0))
    for name in filter(None, map(clean, (entry.title_th, entry.title_en, *entry.aliases))):
        for _channel, found in _terms(with_seams(name), spelled):
            strengths.update(dict.fromkeys(found, Strength.NAMED))
        strengths[_whole_name(name)] = Strength.NAMED
    return Analysis(sorted(term | strength for term, strength in strengths.items()), spelled, *bodies)


def ask(text: str) -> Question:
    """Return a query as terms; whatever is beyond its first 200 letters is left out."""
    text = REPEATED.sub(r"\1\1\1", clean(text[: LONGEST_QUERY * 50]))
    text = " ".join(text.split())[:LONGEST_QUERY]
    terms = {
        WORD: Counter(number(WORD, word) for word in words_and_parts(words(text))),
        CLUSTER: Counter(number(CLUSTER, cluster) for cluster in clusters(text)),
    }
    tokens = tuple(word.text for word in words(text))
    terms[NAME] = Counter([_whole_name(text)] if tokens else [])
    return Question(text, tokens, terms)


def _terms(text: str, spelled: dict[str, int]) -> Iterable[tuple[str, Counter[int]]]:
    said = Counter(words_and_parts(words_between_seams(text)))
    numbers = {word: number(WORD, word) for word in said}
    spelled.update(numbers)
    yield WORD, Counter({numbers[word]: times for word, times in said.items()})
    yield CLUSTER, Counter(number(CLUSTER, cluster) for cluster in clusters(without_seams(text)))


def _strength(times: int, relative_length: float) -> Strength:
    weight = times * (K1 + 1) / (times + K1 * (1 - B + B * relative_length))
    if weight < FAIR_FROM:
        return Strength.WEAK
    return Strength.FAIR if weight < STRONG_FROM else Strength.STRONG


def _whole_name(name: str) -> int:
    return number(NAME, " ".join(folded(word.text) for word in words(name)))
