"""Which documents answer a question, the best first: BM25 over words, over character clusters and over whole names.

The index holds, for each term and Strength, the list of documents. The lists that say most are read first, until enough
has been read; the best documents found so are then compared with everything the question says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from learningcity.search.enums import Strength
from learningcity.search.models import Frequency, Posting
from learningcity.search.queries.terms import CLUSTER, NAME, WORD, Question

# Stand-ins for the BM25 weights between the bounds; measured on prose, and a name counts for more than any text.
GAINS = {Strength.WEAK: 0.75, Strength.FAIR: 1.1, Strength.STRONG: 1.6, Strength.NAMED: 2.4}
# A completion is a guess, so it says less than a word that was typed out.
GUESS = 0.5
# How much it helps to answer the whole question and not one word of it often.
COVERAGE = 0.7
# A document that says less than this share of what the best one says is no answer.
LEAST_SHARE = 0.4
# So much is read at most: lists, rows of lists, documents found, documents compared in full.
MOST_LISTS, MOST_ROWS, MOST_FOUND, MOST_COMPARED = 64, 6_000, 1_000, 100

FIND = """
    SELECT found.document_id, found.kind, sum(list.weight) AS score, sum(list.share) AS said
    FROM unnest(%(codes)s::int[], %(weights)s::real[], %(shares)s::real[]) AS list (code, weight, share)
    CROSS JOIN LATERAL (
        SELECT document_id, kind FROM search_posting
        WHERE codes @> ARRAY[list.code]
            AND (%(kind)s = '' OR kind = %(kind)s)
            AND (%(city)s = '' OR city = %(city)s)
        LIMIT %(most_rows)s
    ) AS found
    GROUP BY found.document_id, found.kind
    ORDER BY score DESC, found.document_id
    LIMIT %(most_found)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One document that answers, and its kind."""

    document: int
    kind: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What one term of the question is worth in one channel, and how long its four lists are."""

    channel: str
    term: int
    share: float
    lists: tuple[int, ...]

    @property
    def is_known(self) -> bool:
        return any(self.lists)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of all documents that is searched; empty means all."""

    kind: str = ""
    city: str = ""


def weigh(question: Question, completions: dict[str, int]) -> list[Weight]:
    """Return what each term of the question is worth: the rarer, the more."""
    said = [(channel, term, float(times)) for channel, terms in question.terms.items() for term, times in terms.items()]
    typed = question.terms[WORD]
    said += [(WORD, term, GUESS) for term in completions.values() if term not in typed]
    counted = dict(Frequency.objects.filter(term__in={0, *(term for _, term, _ in said)}).values_list("term", "counts"))
    everything = sum(counted.get(0, (1,)))
    weights = []
    for channel, term, times in said:
        lists = tuple(counted.get(term, (0, 0, 0, 0)))
        documents = max(sum(lists), 1)
        rarity = math.log(1 + max(everything - documents, 0.5) / (documents + 0.5))
        weights.append(Weight(channel, term, rarity * times, lists))
    return weights


def rank(weights: list[Weight], scope: Scope) -> list[Found]:
    """Return the documents that answer, the best first, and in the same order every time."""
    rows = _found(weights, scope)
    if not rows:
        return []
    least = LEAST_SHARE * max(said for *_, said in rows)
    found = [Found(document, kind) for document, kind, _score, said in rows if said >= least]
    best, rest = found[:MOST_COMPARED], found[MOST_COMPARED:]
    scores = _scores(weights, [each.document for each in best])
    return sorted(best, key=lambda each: (-scores[each.document], each.document)) + rest


def _found(weights: list[Weight], scope: Scope) -> list[tuple[int, str, float, float]]:
    lists = list(_lists(weights))
    if not lists:
        return []
    codes, values, shares = zip(*lists, strict=True)
    given = {"codes": list(codes), "weights": list(values), "shares": list(shares), "kind": scope.kind, "city": scope.city}
    with connection.cursor() as cursor:
        cursor.execute(FIND, given | {"most_rows": MOST_ROWS, "most_found": MOST_FOUND})
        return cursor.fetchall()


def _lists(weights: list[Weight]) -> Iterator[tuple[int, float, float]]:
    """Yield the lists worth reading: names and words before clusters, counted ones before new ones, rare ones first."""

    def order(each: tuple[Weight, Strength]) -> tuple[bool, bool, float]:
        weight, strength = each
        return weight.channel == CLUSTER, not weight.is_known, -weight.share * GAINS[strength]

    remaining, number = MOST_ROWS, 0
    pairs = [(weight, strength) for weight in weights for strength in Strength]
    for weight, strength in sorted(pairs, key=order):
        # A term that came after the latest count may be in any list; those are short, because the count is recent.
        length = weight.lists[strength] if weight.is_known else 1
        if not length or (length > remaining and number):
            continue
        remaining, number = remaining - length, number + 1
        yield weight.term | strength, weight.share * GAINS[strength], weight.share
        if remaining <= 0 or number == MOST_LISTS:
            return


def _scores(weights: list[Weight], documents: list[int]) -> dict[int, float]:
    """Return the sum of the scores in each channel, each relative to the best one in it."""
    total = dict.fromkeys(documents, 0.0)
    rows = Posting.objects.filter(document__in=documents).values_list("document_id", "codes")
    codes = {document: set(found) for document, found in rows}
    for channel in (WORD, CLUSTER, NAME):
        worth = {
            weight.term | strength: (weight.share * gain, weight.share)
            for weight in weights
            if weight.channel == channel
            for strength, gain in GAINS.items()
        }
        scores = {document: _score(worth, found) for document, found in codes.items()}
        best = max(scores.values(), default=0) or 1
        for document, score in scores.items():
            total[document] += score / best
    return total


def _score(worth: dict[int, tuple[float, float]], codes: set[int]) -> float:
    pairs = [worth[code] for code in worth.keys() & codes]
    return sum(weight for weight, _ in pairs) * sum(share for _, share in pairs) ** COVERAGE
