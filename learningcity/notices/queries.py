from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import signing
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from learningcity.accounts.models import User
from learningcity.accounts.registry import Door
from learningcity.notices import registry
from learningcity.notices.enums import Choice
from learningcity.notices.models import Notice, Preference

# A count goes no further: beyond it the exact number helps nobody, and each notice costs a question for its right.
MOST_COUNTED = 10
# How many rows may be looked at for a page, in pages, before the search for what may be shown goes on at the next request.
LOOKS = 8
SALT = "notices.unsubscribe"
LIFE_OF_TOKEN = 365 * 24 * 60 * 60


class TokenRefused(Exception):
    """The address in a mail was altered, is too old, or belongs to nobody any more."""


@dataclass(frozen=True)
class Lot:
    """Notices that may be shown, and the number below which older ones begin."""

    notices: list[Notice]
    before: int | None


@dataclass(frozen=True)
class Line:
    """A notice in words."""

    notice: Notice
    title: str
    address: str


def notices_of(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user)


def unread_notices_of(user: User) -> QuerySet[Notice]:
    return notices_of(user).filter(read_at__isnull=True)


def unread_count(user: User) -> int:
    """Return how many unread notices this person may see; from ten on, ten."""
    return len(newest(unread_notices_of(user), user, MOST_COUNTED).notices)


def unread_in_words(user: User) -> str:
    """Return what leads to the notices from every page: how many are unread, or just the word."""
    count = unread_count(user)
    return (
        ngettext("%(count)s unread notice", "%(count)s unread notices", count) % {"count": count}
        if count
        else _("Notices")
    )


def newest(rows: QuerySet[Notice], user: User, count: int) -> Lot:
    """Return so many of the newest of these notices that this person may see now."""
    found: list[Notice] = []
    rows = rows.order_by("-pk")
    before: int | None = None
    for _look in range(LOOKS):
        lot = list((rows.filter(pk__lt=before) if before else rows)[: count + 1])
        found += visible(lot, user)
        if len(found) > count:
            return Lot(found[:count], found[count - 1].pk)
        if len(lot) <= count:
            return Lot(found, None)
        before = lot[-1].pk
    return Lot(found, before)


def visible(notices: Iterable[Notice], user: User) -> list[Notice]:
    """Return those of these notices that this person may see now, each with its record."""
    known = [notice for notice in notices if user.is_active and notice.kind in registry.texts]
    bind_records(known)
    return [notice for notice in known if notice.about and registry.texts[notice.kind].allowed(user, notice)]


def bind_records(notices: Iterable[Notice]) -> None:
    """Fetch the records that notices are about, with one query for each kind of record."""
    kinds: dict[str, list[Notice]] = {}
    for notice in notices:
        kinds.setdefault(notice.record.partition(":")[0], []).append(notice)
    for label, group in kinds.items():
        records = records_behind(label, group)
        for notice in group:
            notice.about = records.get(notice.record.partition(":")[2])


def records_behind(label: str, notices: list[Notice]) -> dict[str, Model]:
    """Return the records of one model by their keys; none of a model that is no more."""
    try:
        model: Any = apps.get_model(label)
    except LookupError:
        return {}
    related = {name for notice in notices for name in registry.texts[notice.kind].related}
    rows = model._base_manager.select_related(*sorted(related)) if related else model._base_manager
    keys = {notice.record.partition(":")[2] for notice in notices}
    return {str(key): row for key, row in rows.in_bulk(keys).items()}


def line(notice: Notice) -> Line:
    """Return how a notice reads in the language of the moment."""
    # One line, whatever stands in the titles of records: it becomes the subject of a mail.
    title = " ".join(str(registry.texts[notice.kind].title(notice)).split())
    return Line(notice, title, registry.address_of(notice))


def choice_of(user: User) -> str:
    """Return how this person wants to be told by mail."""
    return Preference.objects.filter(user=user).values_list("how", flat=True).first() or Choice.INSTANT


def token_for(user: User) -> str:
    """Return what lets whoever holds it stop the mail to this person, and nothing else."""
    return signing.dumps(user.pk, salt=SALT)


def owner_of(token: str) -> User:
    """Return whom a token was made for.

    :raises TokenRefused: if it is forged, too old, or the account is closed.
    """
    try:
        key = signing.loads(token, salt=SALT, max_age=LIFE_OF_TOKEN)
    except signing.BadSignature:
        raise TokenRefused from None
    user = User.objects.filter(pk=key, is_active=True).first()
    if not user:
        raise TokenRefused
    return user


def doors_of(user: User) -> Iterator[Door]:
    """Return the page of notices, for the account page."""
    yield Door(_("Notices: what you were told, and how you are told"), reverse("notices"))
