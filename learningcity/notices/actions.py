"""What can be done about notices. Being told and reading leave no entry in the audit log; how to be told does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from learningcity.accounts.actions import insist_on_own_account
from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address
from learningcity.audit.actions import write
from learningcity.audit.queries import name_of
from learningcity.notices import queries, registry, tasks
from learningcity.notices.enums import Choice
from learningcity.notices.models import Letter, Notice, Preference

# Who saves three times in a row should not cause three mails.
QUIET = dt.timedelta(minutes=10)
# Longer than any key, state, number or date; shorter than most of what people write.
LONGEST_WORD = 100


@transaction.atomic
def notify(user: User, kind: str, about: Model, *, by: User | None = None, **said: Any) -> Notice | None:
    """Tell a person something about a record: in the site at once, by mail as they chose. A closed account is not told.

    A newer notice takes the place of an equal one that was not read; within ten minutes it causes no second mail.

    :raises LookupError: if nobody registered how this kind of notice reads.
    :raises ValueError: if what is said is more than a key, a state, a number or a date.
    """
    if kind not in registry.texts:
        raise LookupError(f"nobody said how a notice “{kind}” reads")
    if any(len(str(word)) > LONGEST_WORD for word in said.values()):
        raise ValueError("a notice holds keys, states, numbers and dates; texts are read from the record")
    if not user.is_active:
        return None
    now = timezone.now()
    same: dict[str, Any] = {"recipient": user, "kind": kind, "record": name_of(about), "read_at": None}
    Notice.objects.filter(**same, created_at__lt=now - QUIET).delete()
    choice = queries.choice_of(user)
    settled_at = now if choice == Choice.NONE else None
    # Not read, then written: of two at once, the second one waits for the constraint and finds the notice of the first.
    notice, is_new = Notice.objects.get_or_create(**same, defaults={"by": by, "said": said, "settled_at": settled_at})
    if not is_new:
        notice.by, notice.said = by, said
        notice.save(update_fields=["by", "said"])
    elif choice == Choice.INSTANT:
        notice.letter = tasks.queue_notices(user)
        notice.save(update_fields=["letter"])
    return notice


def post(to: str, subject: str, text: str, *, headers: dict[str, str] | None = None, html: str = "") -> Letter:
    """Put a mail to one address into the outbox; the worker sends it once the transaction is through.

    :raises ValidationError: if the address is none.
    :raises ValueError: if a header has more than one line.
    """
    headers = headers or {}
    if any(len(word.splitlines()) > 1 or word.endswith(("\n", "\r")) for pair in headers.items() for word in pair):
        raise ValueError("a header of a mail is one line")
    # However it came to have several lines, a subject of several would be headers of somebody else's making.
    subject = " ".join(subject.split())
    letter = Letter(to=to, subject=subject, text=text, headers=headers, html=html)
    letter.owner = account_with_address(to)
    letter.full_clean()
    return tasks.queue(letter)


def read_notice(notice: Notice, *, by: User) -> None:
    """Mark a notice as read; no mail is sent about it any more.

    :raises PermissionDenied: if it is somebody else's.
    """
    insist_on_own_account(notice.recipient, by)
    mark_read(Q(pk=notice.pk))


def read_all(user: User, until: dt.datetime, *, by: User) -> None:
    """Mark everything as read that a person was told until then: what came since, they have not seen.

    :raises PermissionDenied: if it is somebody else.
    """
    insist_on_own_account(user, by)
    mark_read(Q(recipient=user, created_at__lte=until))


def mark_read(which: Q) -> None:
    Notice.objects.filter(which, read_at__isnull=True).update(read_at=Now(), settled_at=Coalesce("settled_at", Now()))


@transaction.atomic
def choose(user: User, how: str, *, by: User) -> None:
    """Choose how to be told by mail.

    :raises PermissionDenied: if it is somebody else's choice.
    :raises ValidationError: if there is no such choice.
    """
    insist_on_own_account(user, by)
    if how not in Choice.values:
        raise ValidationError(f"There is no choice “{how}”.")
    _choose(user, how, "notices.choose")


@transaction.atomic
def unsubscribe(token: str) -> None:
    """Stop all mail about notices to the person for whom this token was made; it stands in for signing in.

    :raises TokenRefused: if the token is forged, too old, or of a closed account.
    """
    _choose(queries.owner_of(token), Choice.NONE, "notices.unsubscribe")


def _choose(user: User, how: str, action: str) -> None:
    """Write down a choice if it is another one than before; who may do so was asked before."""
    # In one order with those who erase the account, and one after the other with those who choose at the same time.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = queries.choice_of(user)
    if before == how:
        return
    preference, _is_new = Preference.objects.update_or_create(user=user, defaults={"how": how})
    if how == Choice.NONE:
        Notice.objects.filter(recipient=user, letter__isnull=True, settled_at__isnull=True).update(settled_at=Now())
    write(action, preference, by=user, before=before, after=how)


def forget_letters(user: User) -> None:
    """Delete every letter to a person who erases their account, those on their way too."""
    letters = Letter.objects.filter(Q(owner=user) | Q(to__iexact=user.email))
    # First the letters, then the notices in them: in the order of those who send, so that nobody waits in a circle.
    keys = list(letters.select_for_update().order_by("pk").values_list("pk", flat=True))
    Letter.objects.filter(pk__in=keys).delete()
