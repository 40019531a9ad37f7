"""How notices read. Whoever sends a kind of them says it here when the site starts, because notices knows no other app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from learningcity.accounts.models import User
from learningcity.notices.models import Notice

Address = Callable[[Notice], str]


@dataclass(frozen=True, kw_only=True)
class Text:
    """How notices of one kind read. Each function finds the record in ``notice.about``, already fetched."""

    title: Callable[[Notice], str]
    # May this person see it now? Asked for each showing, and again when a mail is really sent.
    allowed: Callable[[User, Notice], bool]
    # Where the reader can do something about it: a path of this site in the language of the moment.
    address: Address | None = None
    # Keys to fetch together with the records, as for select_related.
    related: tuple[str, ...] = ()


texts: dict[str, Text] = {}
# Addresses that only apps further up know.
leads: dict[str, Address] = {}


def register(kind: str, text: Text) -> None:
    """Say how notices of this kind read."""
    texts[kind] = text


def lead(kind: str, address: Address) -> None:
    """Say where notices of this kind lead, in place of what was registered with them."""
    leads[kind] = address


def address_of(notice: Notice) -> str:
    """Return where a notice leads; if nobody said so, to the list of all notices."""
    address = leads.get(notice.kind) or texts[notice.kind].address
    return address(notice) if address else reverse("notices")
