"""What the floors above add to an account. They say it here when they start, because accounts knows none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from learningcity.accounts.models import User


class Witness(Protocol):
    """Who writes down what was done."""

    def __call__(self, action: str, record: Model | str, *, by: User | None, **said: Any) -> object: ...


@dataclass(frozen=True)
class Holding:
    """Something that an account holds for a time, in words for the person."""

    title: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class Door:
    """A page for the work that this person's roles allow."""

    title: str
    address: str


_witnesses: list[Witness] = []
# Who must have a second factor, besides everybody who may open the administration.
needs_second_factor: list[Callable[[User], bool]] = []
holdings: list[Callable[[User], Iterable[Holding]]] = []
doors: list[Callable[[User], Iterable[Door]]] = []
# What must be put in order before an account is erased, in the same transaction.
farewells: list[Callable[[User], object]] = []
# Columns of rows about a person that would let whoever reads them into the account, as app.Model.column.
secret_columns: set[str] = set()
# Rows about a person that no foreign key leads to, under the name they get in the download.
records_about: dict[str, Callable[[User], QuerySet[Any]]] = {}


def call_witness(witness: Witness) -> None:
    """Name the one who writes down what happens to accounts."""
    _witnesses[:] = [witness]


def write(action: str, record: Model | str, *, by: User | None, **said: Any) -> None:
    """Have the witness write an entry; without one nothing may happen at all.

    :raises LookupError: if no witness was named.
    """
    if not _witnesses:
        raise LookupError("nobody is here to write down what happens to accounts")
    _witnesses[0](action, record, by=by, **said)
