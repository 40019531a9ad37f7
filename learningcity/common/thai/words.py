"""Words of Thai and English text, as a search wants them: found where they stand, and made equal where they mean the same.

Thai is written without spaces, so words come from a dictionary (PyThaiNLP's, with ``data/search/words.txt`` on top).
The dictionary is read when the first Thai text comes along, not when the process starts.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from learningcity.common.thai.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS

if TYPE_CHECKING:
    from pythainlp.util import Trie

# Importing PyThaiNLP makes a folder in the home of whoever runs the process, unless it is told not to.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

LETTER = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
TONE = "\u0e48-\u0e4b"
MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# Control characters, the soft hyphen, zero-width characters and direction marks: nobody sees them, nobody types them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# The same picture on the screen, typed in another order or with other keys.
SAME_PICTURE = [
    (re.compile("เเ"), "แ"),
    (re.compile(f"ํ([{TONE}]?)า"), r"\1ำ"),
    (re.compile(f"([{TONE}])ํา"), r"\1ำ"),
    (re.compile(f"ำ([{TONE}])"), r"\1ำ"),
    (re.compile(f"([{TONE}์])([ัิ-ฺ็])"), r"\2\1"),
    (re.compile(f"([{MARK}])\\1+"), r"\1"),
]
TOKEN = re.compile(
    rf"(?P<short>(?<![{LETTER}])(?:[ก-ฮ]{{1,4}}\.)+)"
    rf"|(?P<thai>[{LETTER}]+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<other>[^\W\d_\u0e00-\u0e7f]+(?:['’][^\W\d_\u0e00-\u0e7f]+)*)"
)
RUN = re.compile(f"[\\w{MARK}]+")
# A consonant with the vowel before it and everything above, below and behind it; what is not Thai stands alone.
CLUSTER = re.compile("[เแโใไ]?[ก-ฮ][ะ-ฺ็-๎]*|.")
# A control character: clean() takes it out of whatever people write, so it can only be ours.
SEAM = "\x1f"
SHORTEST_COMPOUND, MOST_PARTS = 5, 3
LONGEST_REMEMBERED = 40


class Word(NamedTuple):
    """One word and the place where it stands."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def clean(text: str) -> str:
    """Return the text as it looks, without what cannot be seen: safe to store, to show and to compare."""
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    for pattern, right in SAME_PICTURE:
        text = pattern.sub(right, text)
    return text


def words(text: str) -> Iterator[Word]:
    """Return the words of a cleaned text in their order, without what stands between them."""
    for match in TOKEN.finditer(text):
        if match.lastgroup != "thai":
            yield Word(match.start(), match.group())
            continue
        start = match.start()
        for piece in _cut(match.group()):
            yield Word(start, piece)
            start += len(piece)


def with_seams(text: str) -> str:
    """Return a cleaned text with a seam between Thai words that touch, so that nobody has to cut it again."""

    def cut(match: re.Match[str]) -> str:
        return SEAM.join(_cut(match.group())) if match.lastgroup == "thai" else match.group()

    return TOKEN.sub(cut, text)


def words_between_seams(text: str) -> Iterator[Word]:
    """Return the words of a text with seams; their places count the seams."""
    return (Word(match.start(), match.group()) for match in TOKEN.finditer(text))


def without_seams(text: str) -> str:
    """Return the text as people read it."""
    return text.replace(SEAM, "")


def folded(word: str) -> str:
    """Return what all spellings of a word share: case, accents, plural, digits of any script, calendar.

    A Buddhist year becomes the Christian one, so that ๒๕๖๗, 2567 and 2024 are one word.
    """
    if word[0] in THAI:
        return word.replace(".", "")
    if word[0].isdecimal():
        return _folded_number(word)
    # A lone accent, such as the half-width voicing mark of Japanese, stays what it is: no word is empty.
    word = (_without_accents(word.casefold()) or word).replace("’", "'")
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


@lru_cache(50_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the words of which a Thai compound is made: การ and เรียนรู้ for การเรียนรู้; nothing for a simple word."""
    size = len(word)
    if size < SHORTEST_COMPOUND or word[0] not in THAI:
        return ()
    known = _dictionary()
    best: list[tuple[str, ...] | None] = [(), *[None] * size]
    for start in range(size):
        so_far = best[start]
        if so_far is None or len(so_far) == MOST_PARTS:
            continue
        for end in range(start + 2, size + 1):
            piece, there = word[start:end], best[end]
            if (there is None or len(so_far) + 1 < len(there)) and piece != word and piece in known:
                best[end] = (*so_far, piece)
    return best[size] or ()


def clusters(text: str) -> Iterator[str]:
    """Return each pair of neighboring character clusters: what is left of a word when the dictionary cuts it wrongly."""
    for run in RUN.findall(_arabic_digits(text.casefold())):
        found = CLUSTER.findall(run)
        if len(found) == 1:
            yield run
        for left, right in pairwise(found):
            yield left + right


THAI = {chr(code) for code in range(0x0E01, 0x0E4F)}


def _cut(run: str) -> list[str]:
    """Return the words of a run; only short runs are remembered, because anybody can invent long ones without end."""
    return _cut_short(run) if len(run) <= LONGEST_REMEMBERED else _segment(run)


@lru_cache(20_000)
def _cut_short(run: str) -> list[str]:
    return _segment(run)


def _segment(run: str) -> list[str]:
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415 -- slow import, and only where there is Thai

    return segment(run, _trie())


def read_dictionary() -> None:
    """Read the dictionary now, which takes most of a second, so that no reader has to wait for it."""
    _trie()


@cache
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words  # noqa: PLC0415 -- slow import, and only where there is Thai

    ours = (settings.ROOT / "data" / "search" / "words.txt").read_text(encoding="utf-8").splitlines()
    return thai_words() | {word.strip() for word in ours if word.strip() and not word.startswith("#")}


@cache
def _trie() -> Trie:
    from pythainlp.util import Trie  # noqa: PLC0415 -- slow import, and only where there is Thai

    return Trie(_dictionary())


def _folded_number(number: str) -> str:
    number = _arabic_digits(number).replace(",", "")
    if len(number) == 4 and number.isdecimal() and int(number) in BUDDHIST_YEARS:
        return str(int(number) - BUDDHIST_OFFSET)
    return number


def _arabic_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
