"""Where upper apps tell the search what they have that is public; filled in their ``AppConfig.ready``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from learningcity.common.thai.dates import Precision


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the search shall know about one public record."""

    # str(record.pk)
    key: str
    # The path without the language in front of it: /cities/khon-kaen/
    address: str
    title_th: str = ""
    title_en: str = ""
    body_th: str = ""
    body_en: str = ""
    # Other names in any script: abbreviations, romanizations, former names.
    aliases: tuple[str, ...] = ()
    # The slug of the city it belongs to.
    city: str = ""
    date: dt.date | None = None
    date_precision: str = Precision.DAY


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of public record."""

    kind: str
    label: str | Promise
    model: type[Model]
    # Describes those of the given records that are public; what it leaves out is forgotten.
    documents_for: Callable[[QuerySet[Any]], Iterable[Entry]]


_sources: dict[str, Source] = {}


def register(
    kind: str,
    label: str | Promise,
    model: type[Model],
    documents_for: Callable[[QuerySet[Any]], Iterable[Entry]],
) -> None:
    """Make one kind of record searchable.

    :raises ValueError: if the kind is taken by another model.
    """
    if kind in _sources and _sources[kind].model is not model:
        raise ValueError(f"The kind {kind!r} belongs to {_sources[kind].model.__name__} already.")
    _sources[kind] = Source(kind, label, model, documents_for)


def sources() -> list[Source]:
    """Return every kind, in the order in which the apps registered them."""
    return list(_sources.values())


def source_of(model: type[Model]) -> Source:
    """Return the kind of this model.

    :raises LookupError: if nobody registered it.
    """
    for source in _sources.values():
        if issubclass(model, source.model):
            return source
    raise LookupError(f"{model.__name__} is not registered with the search.")


def label_of(kind: str) -> str:
    """Return the name of a kind in the active language."""
    return str(_sources[kind].label) if kind in _sources else kind
