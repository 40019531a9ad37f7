from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.moderation import queries
from learningcity.moderation.enums import OPEN, STEPS, WRITABLE, ProposalState
from learningcity.moderation.models import Hand, Proposal
from learningcity.moderation.registry import Values, kind_named

# Longer than anything a person types, shorter than what would harm the database.
LONGEST_VALUE = 200_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one save, for the page that sent it."""

    proposal: Proposal
    # Fields that this save and another one (a second tab, another hand) changed: what stands in the draft; not written over.
    clashing: Values
    # Fields that only the other one changed: the page must show them before it may say that it knows this version.
    news: Values

    @property
    def version(self) -> int:
        return self.proposal.version


@transaction.atomic
def begin(subject: tuple[str, str, str], token: uuid.UUID, *, by: User) -> Proposal:
    """Begin to change a record, or go on with the draft that is there; ``subject`` is kind, place and key.

    The key is empty for a new record, whose draft the token finds again.

    :raises PermissionDenied: if this person may not propose this, or there is never a new record of this kind there.
    :raises ObjectDoesNotExist: if there is no such record.
    """
    name, place, key = subject
    kind = kind_named(name)
    record = queries.find_record(kind, key)
    if record is not None:
        # An address may write a number in many ways, and each record has one key.
        place, key = kind.place_of(record), str(record.pk)
    elif not kind.may_begin_in(place):
        raise PermissionDenied
    # A place is a word, and the rules take any object.
    may = by.has_perm("moderation.propose", place)  # type: ignore[arg-type]
    if not by.is_active or not (may or (record is not None and kind.also_by(by, record))):
        raise PermissionDenied
    # Two clicks at once: the second one waits here, and then finds what the first one made.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = Proposal.objects.filter(keeper=by, kind=name, state__in=OPEN)
    if found := mine.filter(key=key).first() if key else mine.filter(key="", token=token).first():
        return found
    if Proposal.objects.filter(token=token).exists():
        token = uuid.uuid4()
    proposal = Proposal(token=token, kind=name, key=key, place=place, author=by, keeper=by)
    proposal.base = queries.live_values(kind, record)
    proposal.save(force_insert=True)
    Hand.objects.create(proposal=proposal, user=by)
    write("moderation.begin", proposal, by=by, kind=name, key=key, place=place)
    return proposal


@transaction.atomic
def save_draft(proposal: Proposal, changes: Values, since: int, *, by: User) -> Saved:
    """Write what was typed into a draft; the same save twice is the same as once.

    ``since`` is the number of saves that the browser knew of: a field that was saved otherwise after it clashes and is left.

    :raises PermissionDenied: if the draft is not in this person's hand.
    :raises ValidationError: if a text is longer than anybody types; then nothing is written.
    :raises TransitionNotAllowed: if it is waiting for approval, or decided.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.save_draft", proposal):
        raise PermissionDenied
    if proposal.state not in WRITABLE:
        raise TransitionNotAllowed(f"{proposal.pk} is {proposal.state}")
    if too_long := [field for field, value in changes.items() if len(str(value)) > LONGEST_VALUE]:
        raise ValidationError(_("This is too long to be kept: %(fields)s.") % {"fields": ", ".join(too_long)})
    told = queries.whole_values(proposal)
    fresh, clashing = {}, {}
    for field, typed in changes.items():
        value = _storable(typed)
        if queries.same(told.get(field), value):
            continue
        if proposal.changed.get(field, 0) > since:
            clashing[field] = told.get(field)
        else:
            fresh[field] = value
    elsewhere = {field for field, version in proposal.changed.items() if version > since}
    news = {field: told.get(field, "") for field in elsewhere - changes.keys()}
    if fresh:
        _keep(proposal, fresh, by)
    return Saved(proposal, clashing, news)


def _keep(proposal: Proposal, fresh: Values, by: User) -> None:
    # Typing is not an entry in the chain: what counts is what is handed in, and that is written down.
    proposal.version += 1
    proposal.saved_at = timezone.now()
    proposal.values |= fresh
    # What was typed back to what the record says is no change any more.
    for field in [name for name, value in proposal.values.items() if queries.same(value, proposal.base.get(name))]:
        del proposal.values[field]
    proposal.changed |= dict.fromkeys(fresh, proposal.version)
    proposal.save(update_fields=["version", "saved_at", "values", "changed"])
    Hand.objects.get_or_create(proposal=proposal, user=by)


def _storable(value: Any) -> Any:
    """Return a value without what the database cannot hold: NUL, and halves of letters."""
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


@transaction.atomic
def adopt(proposal: Proposal, other: Proposal, fields: Iterable[str], *, by: User) -> Proposal:
    """Take over into a draft what somebody else typed for the same record; their hand is in it from then on.

    :raises PermissionDenied: if the draft is not in this person's hand, or they may not see the other one.
    :raises TransitionNotAllowed: if it is waiting for approval, or decided.
    """
    if (proposal.kind, proposal.key) != (other.kind, other.key) or not by.has_perm("moderation.see", other):
        raise PermissionDenied
    theirs = {field: other.values[field] for field in fields if field in other.values}
    saved = save_draft(proposal, theirs, proposal.version, by=by).proposal
    for hand in other.hands.all():
        Hand.objects.get_or_create(proposal=saved, user_id=hand.user_id)
    write("moderation.adopt", saved, by=by, other=other.pk, fields=sorted(theirs))
    return saved


@transaction.atomic
def take(proposal: Proposal, fields: Iterable[str], *, by: User) -> Proposal:
    """Bring a draft up to what was published meanwhile: these fields as published, all others as typed.

    :raises PermissionDenied: if the draft is not in this person's hand.
    :raises TransitionNotAllowed: if it is waiting for approval, or decided.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.take", proposal):
        raise PermissionDenied
    if proposal.state not in WRITABLE:
        raise TransitionNotAllowed(f"{proposal.pk} is {proposal.state}")
    kind = kind_named(proposal.kind)
    live = queries.live_values(kind, queries.find_record(kind, proposal.key))
    dropped = set(fields)
    proposal.base = live
    kept = {name: value for name, value in proposal.values.items() if name not in dropped}
    proposal.values = {name: value for name, value in kept.items() if not queries.same(value, live.get(name))}
    proposal.version += 1
    proposal.saved_at = timezone.now()
    proposal.changed |= dict.fromkeys(dropped, proposal.version)
    proposal.save()
    write("moderation.take", proposal, by=by, fields=sorted(dropped))
    return proposal


@transaction.atomic
def propose_removal(subject: tuple[str, str], *, by: User) -> Proposal:
    """Begin to take a record off the site; ``subject`` is kind and key. Like every change it waits for approval.

    :raises PermissionDenied: if this person may not propose this, or records of this kind stay for ever.
    :raises ValidationError: if they have a change of it in hand, which would be lost.
    """
    name, key = subject
    if kind_named(name).remove is None:
        raise PermissionDenied
    proposal = begin((name, "", key), uuid.uuid4(), by=by)
    if proposal.removes:
        return proposal
    # Above all, what was approved as a change must never become a removal.
    if proposal.values or proposal.state != ProposalState.DRAFT:
        raise ValidationError(_("You have a change of this in hand. Publish or withdraw it first."))
    proposal.removes, proposal.values = True, {}
    proposal.save(update_fields=["removes", "values"])
    write("moderation.propose_removal", proposal, by=by)
    return proposal


@transaction.atomic
def recall(proposal: Proposal, *, by: User) -> Proposal:
    """Take a proposal back into hand while nobody has decided, to go on writing.

    :raises PermissionDenied: if it is not in this person's hand.
    :raises TransitionNotAllowed: if it does not wait for approval.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.recall", proposal):
        raise PermissionDenied
    return move(proposal, to=ProposalState.DRAFT, steps=STEPS, by=by)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> Proposal:
    """Give a proposal up; what it said is kept, and nothing on the site changes.

    :raises PermissionDenied: if the proposal is not in this person's hand.
    :raises TransitionNotAllowed: if it is decided already.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.withdraw", proposal):
        raise PermissionDenied
    return move(proposal, to=ProposalState.WITHDRAWN, steps=STEPS, by=by)


def withdraw_all_drafts(user: User) -> None:
    """Give up everything that a person who erases their account still writes on; what was handed in stays with the city."""
    for proposal in Proposal.objects.filter(keeper=user, state__in=WRITABLE).order_by("pk"):
        move(locked(proposal), to=ProposalState.WITHDRAWN, steps=STEPS, by=user)


def locked(proposal: Proposal) -> Proposal:
    """Return the proposal as it stands, and let nobody else change it until the transaction ends."""
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
