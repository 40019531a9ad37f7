"""Completing the word that is being typed, and guessing what was meant by a word that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from learningcity.common.thai.words import THAI, folded
from learningcity.search.models import Spelling
from learningcity.search.queries.terms import Question

# A long query is a question: its last word is not being typed, and one unknown word in it does no harm.
MOST_TOKENS, MOST_COMPLETIONS, SHORTEST_START = 6, 12, 2
LAST_LETTER = "\U0010ffff"
# Unknown words looked at, known words compared with them, and how alike two of them must be, to be taken for each other.
MOST_CORRECTED, MOST_COMPARED, LEAST_ALIKE, SHORTEST_CORRECTED = 2, 5_000, 0.7, 3
LEADING_VOWELS = "เแโใไ"


def completions(question: Question) -> dict[str, int]:
    """Return the words that the end of the query may be the beginning of, the most frequent first."""
    starts = _endings(question)
    if not starts:
        return {}
    begins = Q()
    for start in starts:
        begins |= Q(word__gte=start, word__lt=start + LAST_LETTER)
    rows = (
        Spelling.objects.filter(begins, documents__gt=0)
        .order_by("-documents", "word")
        .values_list("word", "term")[: MOST_COMPLETIONS * 4]
    )
    # The longest ending that begins a word is what is being typed: เชียงใ, and not the ใ alone.
    for start in starts:
        found = [(word, term) for word, term in rows if word.startswith(start)]
        if found:
            return dict(found[:MOST_COMPLETIONS])
    return {}


def correction(question: Question, completed: Iterable[str]) -> str:
    """Return the query with a word that nobody wrote replaced by the likeliest one; empty if nothing is likely."""
    unknown = _unknown(question) if len(question.tokens) <= MOST_TOKENS else []
    # What still grows into a known word is not misspelled.
    if unknown and completed and unknown[-1] == len(question.tokens) - 1:
        unknown.pop()
    typed = [each for place in unknown[:MOST_CORRECTED] for each in _windows(question, place)]
    best = (0.0, "", "")
    candidates = _candidates([folded(each) for each in typed]) if typed else []
    for each in typed:
        plain = folded(each)
        likeliest = extractOne(plain, candidates, scorer=OSA.normalized_similarity, score_cutoff=LEAST_ALIKE)
        if likeliest and likeliest[0] != plain:
            # A long word that is nearly right says more than a short one that is.
            best = max(best, (likeliest[1] + len(plain) / 100, each, likeliest[0]))
    _, wrong, right = best
    return question.text.replace(wrong, right, 1) if wrong else ""


def _endings(question: Question) -> list[str]:
    tokens = question.tokens
    if not tokens or len(tokens) > MOST_TOKENS or not question.text.endswith(tokens[-1]):
        return []
    joined = ["".join(tokens[-count:]) for count in (3, 2, 1) if count <= len(tokens)]
    starts = [folded(ending) for ending in joined if question.text.endswith(ending)]
    return [start for start in starts if len(start) >= SHORTEST_START and not start[0].isdecimal()]


def _unknown(question: Question) -> list[int]:
    plain = [folded(token) for token in question.tokens]
    known = set(Spelling.objects.filter(word__in=plain, documents__gt=0).values_list("word", flat=True))
    return [place for place, word in enumerate(plain) if word not in known and not word[0].isdecimal()]


def _windows(question: Question, place: int) -> list[str]:
    """Return the unknown word alone and with its neighbors: a misspelled word is often cut in two."""
    tokens = question.tokens
    bounds = [(place, place + 1), (place - 1, place + 1), (place, place + 2), (place - 1, place + 2)]
    joined = ["".join(tokens[start:end]) for start, end in bounds if start >= 0 and end <= len(tokens)]
    return [each for each in joined if len(each) >= SHORTEST_CORRECTED and each in question.text]


def _candidates(typed: list[str]) -> list[str]:
    """Return known words of about these lengths that start with the same consonants, the most frequent first.

    The vowel that is written before a consonant may be the very thing that is wrong.
    """
    firsts = {word[1] if word[0] in LEADING_VOWELS and len(word) > 1 else word[0] for word in typed}
    starts = firsts | {vowel + first for first in firsts if first in THAI for vowel in LEADING_VOWELS}
    begins = Q()
    for start in starts:
        begins |= Q(word__startswith=start)
    lengths = [len(word) for word in typed]
    rows = (
        Spelling.objects.alias(length=Length("word"))
        .filter(begins, documents__gt=0, length__range=(min(lengths) - 2, max(lengths) + 2))
        .order_by("-documents", "word")
    )
    return list(rows.values_list("word", flat=True)[:MOST_COMPARED])
