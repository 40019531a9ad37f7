"""Where each kind of fact is shown. The floors above say it here, because this one does not know their pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet


@dataclass(frozen=True)
class Display:
    """How the facts of one kind are named on the page of their source, and where a reader finds them."""

    title: Callable[[Any], object] = str
    address: Callable[[Any], str] = lambda record: ""
    # What the two above follow, so that a long list costs no more queries than a short one.
    follows: tuple[str, ...] = ()


# Who knows the sources of a place: given the slug of a city, the numbers of those that its facts rest on.
finders: list[Callable[[str], "QuerySet[Any]"]] = []
_displays: dict[tuple[type[Model], str], Display] = {}


def show(model: type[Model], display: Display, *, field: str = "source") -> None:
    """Say how the records that name a source in this field are shown."""
    _displays[model, field] = display


def display_of(field: "ForeignKey[Any, Any]") -> Display:
    """Return how the records behind this field are shown; without a word from their app, by name and without a link."""
    return _displays.get((field.model, field.name), Display())


def is_shown(field: "ForeignKey[Any, Any]") -> bool:
    return (field.model, field.name) in _displays
