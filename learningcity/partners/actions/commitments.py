from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.audit.queries import history
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify
from learningcity.partners import queries
from learningcity.partners.actions.agreements import read_document
from learningcity.partners.enums import COMMITMENT_STEPS, CommitmentState, Side
from learningcity.partners.models import Commitment, Evidence
from learningcity.search.actions import index


@transaction.atomic
def confirm_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """Say for one side that this is promised; when both sides have said so, it counts and everybody sees it.

    :raises PermissionDenied: if this person binds neither side, or said yes for the other one before.
    :raises TransitionNotAllowed: if it waits for nobody's yes.
    """
    commitment = locked(commitment)
    if not by.has_perm("partners.confirm_commitment", commitment):
        raise PermissionDenied
    if commitment.state != CommitmentState.PROPOSED:
        raise TransitionNotAllowed(f"{commitment.pk} is {commitment.state}")
    side = queries.side_of(by, commitment)
    field, other = "confirmed_by_partner_at", "confirmed_by_city_at"
    if side != Side.PARTNER:
        field, other = other, field
    if getattr(commitment, field):
        return commitment
    if _confirmed_since(commitment, getattr(commitment, other), by):
        raise PermissionDenied
    setattr(commitment, field, timezone.now())
    write("partners.confirm_commitment", commitment, by=by, side=side)
    if commitment.confirmed_by_partner_at and commitment.confirmed_by_city_at:
        move(commitment, to=CommitmentState.CONFIRMED, steps=COMMITMENT_STEPS, by=by)
        index(commitment)
        tell("partners.confirmed", commitment, by=by)
    else:
        commitment.save(update_fields=[field])
        tell("partners.confirm", commitment, by=by)
    return commitment


def _confirmed_since(commitment: Commitment, since: dt.datetime | None, user: User) -> bool:
    """Tell whether this person said yes to what is promised now; whoever changes sides is still one person."""
    said = history(commitment).filter(action="partners.confirm_commitment", actor=user)
    return since is not None and said.filter(at__gte=since).exists()


@transaction.atomic
def report_kept(commitment: Commitment, on: dt.date, evidence: Evidence, *, by: User) -> Commitment:
    """Say that a promise was kept, since when, and by what one sees it.

    :raises PermissionDenied: if this person stands on neither side.
    :raises ValidationError: if the evidence says nothing, or the day is yet to come.
    :raises TransitionNotAllowed: if it is not a promise that both sides confirmed.
    """
    commitment = locked(commitment)
    if not by.has_perm("partners.report_kept", commitment):
        raise PermissionDenied
    return settle(commitment, CommitmentState.KEPT, on, evidence, by=by)


@transaction.atomic
def mark_broken(commitment: Commitment, evidence: Evidence, *, by: User) -> Commitment:
    """Say for the city that a promise was not kept, and why one sees that.

    :raises PermissionDenied: if this person does not decide for the city.
    :raises ValidationError: if its day has not passed, or no reason is given.
    :raises TransitionNotAllowed: if it is not a promise that both sides confirmed.
    """
    commitment = locked(commitment)
    if not by.has_perm("partners.mark_broken", commitment):
        raise PermissionDenied
    today = timezone.localdate()
    if commitment.due_on is None or commitment.due_on >= today:
        raise ValidationError(_("This promise is not due yet."))
    return settle(commitment, CommitmentState.BROKEN, today, evidence, by=by)


@transaction.atomic
def withdraw_commitment(commitment: Commitment, evidence: Evidence, *, by: User) -> Commitment:
    """Take a promise back, with the reason.

    :raises PermissionDenied: if this person binds neither side.
    :raises ValidationError: if no reason is given.
    :raises TransitionNotAllowed: if it came to an end already.
    """
    commitment = locked(commitment)
    if not by.has_perm("partners.withdraw_commitment", commitment):
        raise PermissionDenied
    return settle(commitment, CommitmentState.WITHDRAWN, timezone.localdate(), evidence, by=by)


@transaction.atomic
def check_evidence(evidence: Evidence, *, by: User) -> Evidence:
    """Say that what the other side showed is true; from now on everybody sees it.

    :raises PermissionDenied: if this person stands on no side, or on the one that showed it.
    :raises TransitionNotAllowed: if it was checked already.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if not by.has_perm("partners.check_evidence", evidence):
        raise PermissionDenied
    if evidence.checked_at:
        raise TransitionNotAllowed(f"{evidence.pk} was checked")
    evidence.checked_at = timezone.now()
    evidence.save(update_fields=["checked_at"])
    write("partners.check_evidence", evidence, by=by, commitment=evidence.commitment_id)
    return evidence


def settle(commitment: Commitment, state: str, on: dt.date, evidence: Evidence, *, by: User) -> Commitment:
    """Write what became of a promise, and what shows it; who may do so was asked before.

    :raises ValidationError: if the evidence says nothing, or the day is yet to come.
    """
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day is yet to come.")})
    if state not in COMMITMENT_STEPS[commitment.state]:
        raise TransitionNotAllowed(f"{commitment.pk}: {commitment.state} -> {state}")
    evidence.commitment, evidence.by = commitment, by
    if evidence.file:
        keep_document(evidence)
    evidence.side = queries.side_of(by, commitment) or Side.CITY
    evidence.full_clean()
    evidence.save(force_insert=True)
    commitment.settled_on = on
    move(commitment, to=state, steps=COMMITMENT_STEPS, by=by)
    tell(f"partners.{state}", commitment, by=by)
    return commitment


def keep_document(evidence: Evidence) -> None:
    """Take in the document that shows something: a PDF, called by what it holds.

    :raises ValidationError: if it is no PDF document, or is too large.
    """
    content = read_document(evidence.file.file)
    evidence.sha256 = hashlib.sha256(content).hexdigest()
    evidence.file = ContentFile(content, name=f"{evidence.sha256[:16]}.pdf")


def tell(kind: str, commitment: Commitment, *, by: User | None = None) -> None:
    """Tell both sides of a promise; whoever did it knows."""
    for user in people_of(commitment):
        if by is None or user.pk != by.pk:
            notify(user, kind, commitment, by=by)


def people_of(commitment: Commitment) -> list[User]:
    """Return the clerks of the partner and those who approve for the city, each once."""
    both = [*queries.clerks_of(commitment.organization), *authority().approvers_of(commitment.city.slug)]
    return list({user.pk: user for user in both}.values())


def locked(commitment: Commitment) -> Commitment:
    """Return the promise as it stands, and let nobody else change it until the transaction ends."""
    found = Commitment.objects.select_for_update(of=("self",)).select_related("organization", "city")
    return found.get(pk=commitment.pk)
