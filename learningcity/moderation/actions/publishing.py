from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move
from learningcity.audit.queries import imagined
from learningcity.moderation import queries
from learningcity.moderation.actions.drafts import begin, locked, save_draft
from learningcity.moderation.enums import STEPS, ProposalState
from learningcity.moderation.models import Proposal, Revision
from learningcity.moderation.registry import Kind, Values, authority, kind_named
from learningcity.notices.actions import notify


class Overtaken(Exception):
    """The record was changed on the site since the proposal began, in fields that the proposal changes too."""

    def __init__(self, clashes: list[Any]) -> None:
        super().__init__(f"{len(clashes)} fields changed meanwhile")
        self.clashes = clashes


@transaction.atomic
def submit(proposal: Proposal, note: str = "", publish_at: dt.datetime | None = None, *, by: User) -> Proposal:
    """Hand a proposal to those who approve it.

    :raises PermissionDenied: if it is not in this person's hand.
    :raises ValidationError: if it changes nothing, or the form finds fault with it; then it stays a draft.
    :raises Overtaken: if somebody published something else meanwhile.
    :raises TransitionNotAllowed: if it waits already, or is decided.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.submit", proposal):
        raise PermissionDenied
    check(proposal)
    # What could not be written would come back from whoever approves it; better to hear it now.
    with rehearse(proposal):
        pass
    proposal.note, proposal.publish_at, proposal.reason = note, publish_at, ""
    proposal.submitted_at = timezone.now()
    move(proposal, to=ProposalState.SUBMITTED, steps=STEPS, by=by)
    for approver in _who_may_decide(proposal):
        notify(approver, "moderation.submitted", proposal, by=by)
    return proposal


def _who_may_decide(proposal: Proposal) -> list[User]:
    """Return who is told: those of the place who may decide, or else those of the whole network."""
    for place in (proposal.place, ""):
        asked = authority().approvers_of(place)
        if able := [approver for approver in asked if approver.has_perm("moderation.approve", proposal)]:
            return able
    return []


@transaction.atomic
def approve(
    proposal: Proposal, publish_at: dt.datetime | None = None, *, by: User, seen: int | None = None
) -> Proposal:
    """Publish a proposal: now, or at the time named. ``seen`` is the number of saves that were in what the approver read.

    :raises PermissionDenied: if this person had a hand in it, or does not approve for this place.
    :raises ValidationError: if the form finds fault with it by now.
    :raises Overtaken: if somebody published something else meanwhile.
    :raises TransitionNotAllowed: if it does not wait for approval, or says something else than the approver read.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.approve", proposal):
        raise PermissionDenied
    if proposal.state != ProposalState.SUBMITTED:
        raise TransitionNotAllowed(f"{proposal.pk} is {proposal.state}")
    # It may have been taken back, changed and handed in again while the page lay open.
    if seen is not None and seen != proposal.version:
        raise TransitionNotAllowed(f"{proposal.pk} was saved {proposal.version} times, and {seen} were read")
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.publish_at = publish_at
    if publish_at and publish_at > timezone.now():
        check(proposal)
        return move(proposal, to=ProposalState.SCHEDULED, steps=STEPS, by=by)
    return _publish(proposal, by=by)


@transaction.atomic
def send_back(proposal: Proposal, reason: str, *, by: User) -> Proposal:
    """Send a proposal back with what is missing.

    :raises PermissionDenied: if this person had a hand in it, or does not approve for this place.
    :raises ValidationError: if no reason is given.
    :raises TransitionNotAllowed: if it does not wait for approval.
    """
    proposal = locked(proposal)
    if not by.has_perm("moderation.send_back", proposal):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is missing, so that it can be mended.")})
    proposal.decided_by, proposal.decided_at, proposal.reason = by, timezone.now(), reason.strip()
    move(proposal, to=ProposalState.RETURNED, steps=STEPS, by=by)
    notify(proposal.keeper, "moderation.returned", proposal, by=by)
    return proposal


def publish_due() -> int:
    """Publish what was approved for a time that has come, and return how much; what was overtaken goes back.

    What was approved by somebody who may not approve it any more waits for somebody else.
    """
    due = Proposal.objects.filter(state=ProposalState.SCHEDULED, publish_at__lte=timezone.now())
    return sum(_publish_in_time(proposal) for proposal in due.order_by("publish_at", "pk"))


def _publish_in_time(proposal: Proposal) -> bool:
    with transaction.atomic():
        proposal = locked(proposal)
        if proposal.state != ProposalState.SCHEDULED:
            return False
        if not (proposal.decided_by and proposal.decided_by.has_perm("moderation.approve", proposal)):
            _wait_again(proposal)
            return False
        try:
            with transaction.atomic():
                _publish(proposal, by=proposal.decided_by)
        except (Overtaken, ValidationError, ObjectDoesNotExist):
            proposal = locked(proposal)
            proposal.reason = _("The page was changed meanwhile. Please look at it again.")
            move(proposal, to=ProposalState.RETURNED, steps=STEPS, by=None)
            notify(proposal.keeper, "moderation.returned", proposal)
            return False
        return True


def _wait_again(proposal: Proposal) -> None:
    """Put a proposal back before those who approve: it was approved by somebody who has lost that right since."""
    proposal.decided_by = proposal.decided_at = None
    move(proposal, to=ProposalState.SUBMITTED, steps=STEPS, by=None)
    for approver in _who_may_decide(proposal):
        notify(approver, "moderation.submitted", proposal)


@contextlib.contextmanager
def rehearse(proposal: Proposal) -> Iterator[Any]:
    """Let the code inside see the site as if the proposal were published; nothing of it stays.

    :raises ValidationError: if the form finds fault with it.
    """
    with transaction.atomic(), imagined():
        yield _write(proposal, queries.find_record(kind_named(proposal.kind), proposal.key))
        transaction.set_rollback(True)


@transaction.atomic
def restore(revision: Revision, *, by: User) -> Proposal:
    """Begin a draft that says again what the record said in a revision; like every change it waits for approval.

    :raises PermissionDenied: if this person may not propose this.
    :raises ValidationError: if there is nothing to restore: the record was taken off the site then, or names are erased.
    """
    if revision.erased_at:
        raise ValidationError(_("This cannot be restored: who it named was erased from it."))
    if not revision.values:
        raise ValidationError(_("There is nothing to restore: at this point it was taken off the site."))
    gone = not kind_named(revision.kind).model._default_manager.filter(pk=revision.key).exists()
    proposal = begin((revision.kind, revision.place, "" if gone else revision.key), uuid.uuid4(), by=by)
    return save_draft(proposal, revision.values, proposal.version, by=by).proposal


def check(proposal: Proposal) -> None:
    """Find out whether a proposal could be published as it is.

    :raises ValidationError: if it changes nothing, or the form finds fault with it.
    :raises Overtaken: if somebody published something else meanwhile.
    """
    kind = kind_named(proposal.kind)
    record = queries.record_or_none(kind, proposal.key)
    if proposal.key and record is None:
        raise ValidationError(_("This was taken off the site meanwhile."))
    live = queries.live_values(kind, record)
    if clashes := queries.clashes(proposal, live):
        raise Overtaken(clashes)
    if proposal.removes:
        return
    if all(queries.same(value, live.get(field)) for field, value in proposal.values.items()):
        raise ValidationError(_("Nothing is changed yet."))
    _valid_form(proposal, record, live)


def _valid_form(proposal: Proposal, record: Any, live: Values) -> Any:
    kind = kind_named(proposal.kind)
    form = kind.form({**live, **proposal.values}, place=proposal.place, record=record)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form


def _write(proposal: Proposal, record: Any) -> Any:
    """Write the rows that a proposal is about, and return the record."""
    kind = kind_named(proposal.kind)
    if proposal.removes:
        assert kind.remove is not None  # noqa: S101 -- propose_removal has seen to it
        try:
            kind.remove(record)
        except ProtectedError as problem:
            raise ValidationError(_("Other things on the site rest on this. Take those away first.")) from problem
        return record
    form = _valid_form(proposal, record, queries.live_values(kind, record))
    try:
        with transaction.atomic():
            return kind.save(record, form, proposal.place)
    except IntegrityError as problem:
        raise ValidationError(_words_of(kind.model, problem)) from problem


def _words_of(model: type[Model], problem: IntegrityError) -> str:
    """Return in words why the database refused a row."""
    name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "")
    app = model._meta.app_config
    models = app.get_models() if app else [model]
    broken = (rule for each in models for rule in each._meta.constraints if rule.name == name)
    for rule in broken:
        if rule.violation_error_message != rule.default_violation_error_message:
            return str(rule.violation_error_message)
    return _("This contradicts something else that is on the site. Please look at dates, names and numbers again.")


def _publish(proposal: Proposal, *, by: User | None) -> Proposal:
    kind = kind_named(proposal.kind)
    # Two proposals for one record are published one after the other, and the second sees what the first one did.
    wait_for_others(proposal.kind, proposal.key or str(proposal.token))
    check(proposal)
    try:
        before = queries.find_record(kind, proposal.key)
    except ObjectDoesNotExist:
        # It went between the look and the deed.
        raise Overtaken([]) from None
    if before is not None:
        keep_what_was(kind, before)
    # Read once: whoever takes it off the site from here on is noticed when it is written.
    record = _write(proposal, before)
    # Not always the record that it was about: a number from another source comes to stand beside the first one.
    proposal.key = proposal.key if proposal.removes else str(record.pk)
    said = {} if proposal.removes else kind.values_of(record)
    title = str(kind.title_of(record))
    add_revision(kind, proposal.key, said, title=title, place=proposal.place, proposal=proposal)
    proposal.published_at = timezone.now()
    move(proposal, to=ProposalState.PUBLISHED, steps=STEPS, by=by)
    notify(proposal.keeper, "moderation.published", proposal, by=by)
    return proposal


def wait_for_others(kind: str, key: str) -> None:
    """Let nobody else write the history of a record until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{kind}:{key}"])


def keep_what_was(kind: Kind, record: Any) -> None:
    """Keep what a record says before it is changed, if no revision does: it was loaded from a file, or changed there since."""
    key, said = str(record.pk), kind.values_of(record)
    latest = Revision.objects.filter(kind=kind.name, key=key).order_by("-number").first()
    if latest is None or latest.values != said:
        add_revision(kind, key, said, title=str(kind.title_of(record)), place=kind.place_of(record))


def add_revision(kind: Kind, key: str, values: Values, **more: Any) -> Revision:
    """Write what a record says from now on: its ``title``, ``place``, and the ``proposal`` that brought it."""
    latest = Revision.objects.filter(kind=kind.name, key=key).order_by("-number").values_list("number", flat=True)
    number = (latest.first() or 0) + 1
    more["title"] = more["title"][:300]
    return Revision.objects.create(kind=kind.name, key=key, number=number, values=values, **more)
