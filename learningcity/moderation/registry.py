"""What upper apps tell moderation: which kinds of records are public content, and who answers for which place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.functional import Promise

from learningcity.accounts.models import User

# What a form holds, exactly as typed: field name -> text, or texts where several may be chosen.
Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of public record, and how it is read, typed and written."""

    # Stands in addresses and in rows: it never changes.
    name: str
    label: str | Promise
    plural: str | Promise
    model: type[Model]
    # Built as form(values or None, place=slug, record=record or None); see common.content.ContentForm.
    form: Callable[..., Form]
    place_of: Callable[[Any], str]
    # What the form shows of a record, in the shape in which it comes back.
    values_of: Callable[[Any], Values]
    # The records for which a place answers.
    records_in: Callable[[str], QuerySet[Any]]
    # Writes the rows from the valid form; no permission, no audit entry: moderation sees to both.
    save: Callable[[Any, Any, str], Any]
    title_of: Callable[[Any], object] = str
    # What title_of and place_of follow, so that a long list costs no more queries than a short one.
    follows: tuple[str, ...] = ()
    remove: Callable[[Any], None] | None = None
    # Whether a row (still) is public content; for the rest of the site, one that does not stand is gone.
    stands: Callable[[Any], bool] = lambda record: True
    # Whether its records are handed out to programs that keep a copy: of one that goes a trace stays, whatever way it goes.
    is_handed_out: bool = False
    # What everybody may see in its history of what a revision said; those who work on it see all.
    public_values: Callable[[Any, Values], Values] = lambda record, values: values
    # The fields that say who somebody is: they and the title can be erased from the history.
    personal: tuple[str, ...] = ()
    # Who else may propose a change to this record, besides the people of its place.
    also_by: Callable[[User, Any], bool] = lambda user, record: False
    # Who has a hand in what a proposal says besides those who typed it: whoever brought a file that it names.
    hands_in: Callable[[Values], set[int]] = lambda values: set()
    # Whether an officer may begin a new one; a city has one profile, which is only ever changed.
    can_begin: bool = True
    # Where: most things are of a city, some of the whole network.
    begins_in: Callable[[str], bool] = lambda place: True

    def may_begin_in(self, place: str) -> bool:
        """Tell whether a new one may be begun in a place."""
        return self.can_begin and self.begins_in(place)


class Authority(Protocol):
    """Who may do what where. A place is the slug of a city, or empty for the whole network."""

    def may_edit(self, user: User, place: str) -> bool: ...
    def may_approve(self, user: User, place: str) -> bool: ...
    def approvers_of(self, place: str) -> Iterable[User]: ...
    def places_of(self, user: User) -> list[str] | None:
        """Return the places whose queues this person sees; None for all."""
        ...

    def name_of(self, place: str) -> object: ...


class NotRegistered(LookupError):
    """No app registered this kind, or nobody answers for places."""


_kinds: dict[str, Kind] = {}
_pages: dict[str, Callable[[Any], str]] = {}
_authorities: list[Authority] = []


def register(kind: Kind) -> None:
    """Put one kind of record under moderation.

    :raises ValueError: if the name is taken by another model.
    """
    if kind.name in _kinds and _kinds[kind.name].model is not kind.model:
        raise ValueError(f"The kind {kind.name!r} belongs to {_kinds[kind.name].model.__name__} already.")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Return every kind, in the order in which the apps registered them."""
    return list(_kinds.values())


def kind_named(name: str) -> Kind:
    """Return the kind of this name.

    :raises NotRegistered: if there is none.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise NotRegistered(name) from None


def show(kind: str, address: Callable[[Any], str]) -> None:
    """Say on which public page the records of a kind stand."""
    _pages[kind] = address


def address_of(kind: str, record: Model) -> str:
    """Return the address of the public page on which a record stands, or nothing."""
    address = _pages.get(kind)
    return address(record) if address else ""


def answer_for(authority: Authority) -> None:
    """Name the one who knows who may do what where."""
    _authorities[:] = [authority]


def authority() -> Authority:
    """Return who knows who may do what where.

    :raises NotRegistered: if nobody does; then nobody may do anything.
    """
    if not _authorities:
        raise NotRegistered("nobody answers for places")
    return _authorities[0]
