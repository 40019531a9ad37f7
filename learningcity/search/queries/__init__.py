"""Asking the search. These functions and what they return are all that other apps know of the engine."""

from __future__ import annotations

from collections import Counter

from learningcity.search.models import Document
from learningcity.search.queries.highlight import Marker, marked, marker, snippet
from learningcity.search.queries.ranking import MOST_FOUND, Found, Scope, rank, weigh
from learningcity.search.queries.results import Hit, KindCount, Results, Suggestion
from learningcity.search.queries.spelling import completions, correction
from learningcity.search.queries.terms import ask
from learningcity.search.registry import label_of, sources

__all__ = ["Hit", "KindCount", "Results", "Suggestion", "keys_found", "search", "suggest"]

PAGE = 10
SUGGESTIONS = 8


def search(text: str, *, language: str, kind: str | None = None, city: str | None = None, page: int = 1) -> Results:
    """Return one page of the records that answer a query; beyond the last page, the last page."""
    question = ask(text)
    if not question.tokens:
        return Results(question.text)
    completed = completions(question)
    weights = weigh(question, completed)
    everything = rank(weights, Scope(city=city or ""))
    found = rank(weights, Scope(kind, city or "")) if kind else everything
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    wanted = marker(question, completed)
    return Results(
        query=question.text,
        hits=tuple(_hit(document, wanted, language) for document in _documents(found[(page - 1) * PAGE : page * PAGE])),
        count=len(found),
        is_at_least=len(found) >= MOST_FOUND,
        page=page,
        pages=pages,
        kinds=_kinds(everything),
        did_you_mean=correction(question, completed),
    )


def keys_found(text: str, kind: str) -> list[str]:
    """Return the keys of the records of one kind that answer a query, the best first, and never more than MOST_FOUND."""
    question = ask(text)
    if not question.tokens:
        return []
    found = [each.document for each in rank(weigh(question, completions(question)), Scope(kind))]
    keys = dict(Document.objects.filter(pk__in=found).values_list("pk", "key"))
    return [keys[document] for document in found if document in keys]


def suggest(text: str, language: str) -> tuple[Suggestion, ...]:
    """Return the few records that somebody who is typing this is most likely to look for."""
    question = ask(text)
    if not question.tokens:
        return ()
    completed = completions(question)
    found = rank(weigh(question, completed), Scope())[:SUGGESTIONS]
    wanted = marker(question, completed)
    suggestions = []
    for document in _documents(found):
        title, lang = _shown(document.title_th, document.title_en, language)
        label = label_of(document.kind)
        suggestions.append(Suggestion(title, marked(title, wanted), lang, document.address, label))
    return tuple(suggestions)


def _documents(found: list[Found]) -> list[Document]:
    documents = Document.objects.in_bulk([each.document for each in found])
    return [documents[each.document] for each in found if each.document in documents]


def _hit(document: Document, wanted: Marker, language: str) -> Hit:
    title, title_lang = _shown(document.title_th, document.title_en, language)
    body, body_lang = _shown(document.body_th, document.body_en, language)
    return Hit(
        kind=document.kind,
        kind_label=label_of(document.kind),
        key=document.key,
        address=document.address,
        city=document.city,
        date=document.date,
        date_precision=document.date_precision,
        title=title,
        title_html=marked(title, wanted),
        title_lang=title_lang,
        snippet_html=snippet(body, wanted),
        snippet_lang=body_lang,
    )


def _shown(th: str, en: str, language: str) -> tuple[str, str]:
    """Return the text in the reader's language, or else in the other one, and the language it is in."""
    first, second = ((en, "en"), (th, "th")) if language == "en" else ((th, "th"), (en, "en"))
    return first if first[0] or not second[0] else second


def _kinds(found: list[Found]) -> tuple[KindCount, ...]:
    """Return the kinds among the answers, in the order in which the apps registered them."""
    counts = Counter(each.kind for each in found)
    order = [source.kind for source in sources()]
    known = sorted(counts, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
    return tuple(KindCount(kind, label_of(kind), counts[kind]) for kind in known)
