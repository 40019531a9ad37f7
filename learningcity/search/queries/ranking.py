"""Which documents answer a question, the best first: BM25 over words, over character clusters and over whole names.

The index holds, for each term and Strength, the list of documents. The lists that say most are read first, until enough
has been read; the best documents found so are then compared with everything the question says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from learningcity.search.enums import Strength
from learningcity.search.queries.terms import CLUSTER, NAME, WORD, Question

# Stand-ins for the BM25 weights between the bounds; measured on prose, and a name counts for more than any text.
GAINS = {Strength.WEAK: 0.75, Strength.FAIR: 1.1, Strength.STRONG: 1.6, Strength.NAMED: 2.4}
# A completion is a guess, so it says less than a word that was typed out.
GUESS = 0.5
# How much it helps to answer the whole question and not one word of it often.
COVERAGE = 0.7
# A document answers if it says enough of the words, compared with the one that says most; or else, because words may be
# cut wrongly or misspelled, nearly all of the clusters.
ENOUGH_WORDS, ENOUGH_CLUSTERS = 0.4, 0.7
# So much is read at most: lists, rows of lists, documents found, documents compared in full.
MOST_LISTS, MOST_ROWS, MOST_FOUND, MOST_COMPARED = 64, 2_000, 500, 40
# Of lists that are longer than that, so many are begun, and so many rows of them read; and so many rows are let pass
# that came after the latest count.
MOST_BEGINNINGS, BEGINNING, SPARE = 4, 1_000, 1_000

# One array is one parameter; hundreds of parameters take longer to write down than the rows to find.
COUNTS = "SELECT term, counts FROM search_frequency WHERE term = ANY(%(terms)s)"
CODES = "SELECT document_id, codes FROM search_posting WHERE document_id = ANY(%(documents)s)"
FIND = """
    SELECT found.document_id, found.kind, sum(list.weight) AS score,
        coalesce(sum(list.share) FILTER (WHERE list.channel = 'w'), 0) AS words,
        coalesce(sum(list.share) FILTER (WHERE list.channel = 'c'), 0) AS clusters
    FROM unnest(%(codes)s::int[], %(channels)s::text[], %(weights)s::real[], %(shares)s::real[], %(lengths)s::int[])
        AS list (code, channel, weight, share, length)
    CROSS JOIN LATERAL (
        SELECT document_id, kind FROM search_posting
        WHERE codes @> ARRAY[list.code]
            AND (%(kind)s = '' OR kind = %(kind)s)
            AND (%(city)s = '' OR city = %(city)s)
        LIMIT list.length
    ) AS found
    GROUP BY found.document_id, found.kind
    ORDER BY score DESC, found.document_id
    LIMIT %(most_found)s
"""


class Found(NamedTuple):
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
class PostingList:
    """The documents that hold one term with one Strength."""

    weight: Weight
    strength: Strength

    @property
    def worth(self) -> float:
        return self.weight.share * GAINS[self.strength]

    @property
    def length(self) -> int:
        # A term that came after the latest count may be in any list; those are short, because the count is recent.
        return self.weight.lists[self.strength] if self.weight.is_known else 1

    @property
    def is_cluster(self) -> bool:
        return self.weight.channel == CLUSTER


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
    counted = dict(_rows(COUNTS, {"terms": [0, *{term for _, term, _ in said}]}))
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
    lists = list(_lists(weights))
    rows = _read(lists, scope) if lists else []
    enough_words = ENOUGH_WORDS * max((words for *_, words, _clusters in rows), default=0)
    enough_clusters = ENOUGH_CLUSTERS * sum(
        {each.weight.term: each.weight.share for each, _ in lists if each.is_cluster}.values()
    )
    found = [
        Found(document, kind)
        for document, kind, _score, words, clusters in rows
        if 0 < enough_words <= words or 0 < enough_clusters <= clusters
    ]
    best, rest = found[:MOST_COMPARED], found[MOST_COMPARED:]
    scores = _scores(weights, [each.document for each in best])
    return sorted(best, key=lambda each: (-scores[each.document], each.document)) + rest


def _read(lists: list[tuple[PostingList, int]], scope: Scope) -> list[tuple[int, str, float, float, float]]:
    given = {
        "codes": [each.weight.term | each.strength for each, _ in lists],
        "weights": [each.worth for each, _ in lists],
        "shares": [each.weight.share for each, _ in lists],
        "channels": [each.weight.channel for each, _ in lists],
        "lengths": [length for _, length in lists],
        "kind": scope.kind,
        "city": scope.city,
        "most_found": MOST_FOUND,
    }
    return _rows(FIND, given)


def _rows(query: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


def _lists(weights: list[Weight]) -> Iterator[tuple[PostingList, int]]:
    """Yield the lists worth reading, and how far.

    Names and words come before clusters, counted terms before new ones, and what says much before what says little.
    """
    every = [PostingList(weight, strength) for weight in weights for strength in Strength]
    remaining, number, words = MOST_ROWS, 0, 0
    too_long = []
    for each in sorted(every, key=lambda each: (each.is_cluster, not each.weight.is_known, -each.worth)):
        if each.length > remaining and not each.is_cluster:
            too_long.append(each)
        elif 0 < each.length <= remaining and number < MOST_LISTS:
            remaining, number = remaining - each.length, number + 1
            words += 0 if each.is_cluster else each.length
            # Counts may be an hour old, and a list longer by now.
            yield each, each.length + SPARE
    # A question of common words alone: the beginnings of long lists are better than nothing of them.
    if words < MOST_ROWS / 2:
        yield from ((each, BEGINNING) for each in too_long[:MOST_BEGINNINGS])


def _scores(weights: list[Weight], documents: list[int]) -> dict[int, float]:
    """Return the sum of the scores in each channel, each relative to the best one in it."""
    total = dict.fromkeys(documents, 0.0)
    codes = {document: set(found) for document, found in _rows(CODES, {"documents": documents})}
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
