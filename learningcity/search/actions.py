"""Putting records into the search and taking them out, inside the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from learningcity.common.thai.words import clean, without_seams
from learningcity.search.models import Document, Posting, Spelling
from learningcity.search.queries.terms import Analysis, analyze
from learningcity.search.registry import Entry, Source, source_of, sources
from learningcity.search.tasks import count_terms

Thing = TypeVar("Thing")
BATCH = 500
SHOWN = ("address", "title_th", "title_en", "body_th", "body_en", "aliases", "city", "date", "date_precision")


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a whole reindexing did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    forgotten: int = 0


@transaction.atomic
def index(record: Model) -> None:
    """Write what the search knows about one record; forget it, if the record is not public (any more).

    :raises LookupError: if no app registered this kind of record.
    """
    source = source_of(type(record))
    key = str(record.pk)
    entries = list(source.documents_for(source.model._default_manager.filter(pk=record.pk)))
    write(source.kind, entries)
    if all(entry.key != key for entry in entries):
        forget(source.kind, key)


def index_again(model: type[Model], numbers: Iterable[int]) -> None:
    """Write what the search knows about some records, each by its number; those that are gone it forgets.

    :raises LookupError: if no app registered this kind of record.
    """
    for number in sorted(numbers):
        index(model(pk=number))


@transaction.atomic
def forget(kind: str, key: str) -> None:
    """Take one record out of the search; nothing happens if it was not in."""
    Document.objects.filter(kind=kind, key=key).delete()


@transaction.atomic
def reindex_all() -> Reindexed:
    """Bring the search in step with every registered record, and count all terms anew."""
    done = [_reindex(source) for source in sources()]
    _, strangers = Document.objects.exclude(kind__in=[source.kind for source in sources()]).delete()
    count_terms()
    return Reindexed(
        added=sum(each.added for each in done),
        changed=sum(each.changed for each in done),
        unchanged=sum(each.unchanged for each in done),
        forgotten=sum(each.forgotten for each in done) + strangers.get("search.Document", 0),
    )


@transaction.atomic
def rebuild_all() -> Reindexed:
    """Index every registered record as if for the first time: after a change of the word list or of the engine."""
    Document.objects.all().delete()
    return reindex_all()


@transaction.atomic
def write(kind: str, entries: Iterable[Entry]) -> dict[str, int]:
    """Write these documents of one kind, and return how many were added, changed and unchanged."""
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for batch in _batches(entries):
        # In a fixed order, so that two writers of the same documents wait for each other and not in a circle.
        by_key = {entry.key: entry for entry in sorted(batch, key=lambda entry: entry.key)}
        known = {document.key: document for document in Document.objects.filter(kind=kind, key__in=by_key)}
        fresh = [_document(kind, entry) for key, entry in by_key.items() if not _is_same(known.get(key), entry)]
        for document in fresh:
            counts["changed" if document.key in known else "added"] += 1
        counts["unchanged"] += len(by_key) - len(fresh)
        if fresh:
            _save(fresh, [analyze(by_key[document.key]) for document in fresh])
    return counts


def _save(documents: list[Document], analyses: list[Analysis]) -> None:
    for document, analysis in zip(documents, analyses, strict=True):
        document.body_th, document.body_en = analysis.body_th, analysis.body_en
    Document.objects.bulk_create(documents, update_conflicts=True, unique_fields=["kind", "key"], update_fields=SHOWN)
    Posting.objects.bulk_create(
        [
            Posting(document=document, kind=document.kind, city=document.city, codes=analysis.codes)
            for document, analysis in zip(documents, analyses, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["kind", "city", "codes"],
    )
    words = {word: term for analysis in analyses for word, term in analysis.words.items()}
    known = set(Spelling.objects.filter(word__in=words, documents__gt=0).values_list("word", flat=True))
    Spelling.objects.bulk_create(Spelling(word=word, term=term) for word, term in words.items() if word not in known)


def _reindex(source: Source) -> Reindexed:
    seen: set[str] = set()

    def entries() -> Iterator[Entry]:
        for entry in source.documents_for(source.model._default_manager.all()):
            seen.add(entry.key)
            yield entry

    counts = write(source.kind, entries())
    gone = [key for key in Document.objects.filter(kind=source.kind).values_list("key", flat=True) if key not in seen]
    for keys in _batches(gone):
        Document.objects.filter(kind=source.kind, key__in=keys).delete()
    return Reindexed(**counts, forgotten=len(gone))


def _document(kind: str, entry: Entry) -> Document:
    return Document(
        kind=kind,
        key=entry.key,
        address=entry.address,
        title_th=clean(entry.title_th),
        title_en=clean(entry.title_en),
        body_th=clean(entry.body_th),
        body_en=clean(entry.body_en),
        aliases=[clean(alias) for alias in entry.aliases],
        city=entry.city,
        date=entry.date,
        date_precision=entry.date_precision,
    )


def _is_same(known: Document | None, entry: Entry) -> bool:
    if known is None:
        return False
    known.body_th, known.body_en = without_seams(known.body_th), without_seams(known.body_en)
    wanted = _document(known.kind, entry)
    return all(getattr(known, name) == getattr(wanted, name) for name in SHOWN)


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while batch := list(islice(remaining, BATCH)):
        yield batch
