from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify
from learningcity.partners.enums import VISIT_STEPS, VisitState
from learningcity.partners.models import MentorPair, StudyVisit


@transaction.atomic
def pair_mentor(pair: MentorPair, *, by: User) -> MentorPair:
    """Let one city accompany another.

    :raises PermissionDenied: if this person does not decide for the mentor.
    :raises ValidationError: if the two are one, or a pair already, or the pair contradicts itself.
    """
    if not by.has_perm("partners.pair_mentor", pair):
        raise PermissionDenied
    pair.full_clean()
    pair.save(force_insert=True)
    write("partners.pair_mentor", pair, by=by, mentor=pair.mentor_id, learner=pair.learner_id)
    for user in authority().approvers_of(pair.learner.slug):
        notify(user, "partners.paired", pair, by=by)
    return pair


@transaction.atomic
def end_pair(pair: MentorPair, on: dt.date, *, by: User) -> MentorPair:
    """End that one city accompanies another, from a day on.

    :raises PermissionDenied: if this person decides for neither of the two.
    :raises ValidationError: if it has ended already, or would end before it starts.
    """
    pair = MentorPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if not by.has_perm("partners.end_pair", pair):
        raise PermissionDenied
    if pair.ends_on:
        raise ValidationError(_("This has ended already."))
    pair.ends_on = on
    pair.full_clean()
    pair.save(update_fields=["ends_on"])
    write("partners.end_pair", pair, by=by, on=on)
    return pair


@transaction.atomic
def request_visit(visit: StudyVisit, *, by: User) -> StudyVisit:
    """Ask another city whether people of one's own may come and see.

    :raises PermissionDenied: if this person does not edit for the guest.
    :raises ValidationError: if the two are one, the day has passed, or nobody would come.
    """
    if not by.has_perm("partners.request_visit", visit):
        raise PermissionDenied
    if visit.visits_on <= timezone.localdate():
        raise ValidationError({"visits_on": _("Choose a day that is yet to come.")})
    visit.full_clean()
    visit.save(force_insert=True)
    write("partners.request_visit", visit, by=by, host=visit.host_id, guest=visit.guest_id)
    tell("partners.visit_requested", visit, visit.host.slug, by)
    return visit


@transaction.atomic
def answer_visit(visit: StudyVisit, state: str, words: str, *, by: User) -> StudyVisit:
    """Accept or decline a visit, with some words.

    :raises PermissionDenied: if this person does not decide for the host.
    :raises ValidationError: if it is declined without a word.
    :raises TransitionNotAllowed: if it was answered already, or this is no answer.
    """
    visit = locked(visit)
    if not by.has_perm("partners.answer_visit", visit):
        raise PermissionDenied
    if state == VisitState.DECLINED and not words.strip():
        raise ValidationError({"words": _("Say why, so that they can plan anew.")})
    if visit.state != VisitState.REQUESTED:
        raise TransitionNotAllowed(f"{visit.pk} is {visit.state}")
    visit.answer = words.strip()
    move(visit, to=state, steps=VISIT_STEPS, by=by)
    tell("partners.visit_answered", visit, visit.guest.slug, by)
    return visit


@transaction.atomic
def report_visit(visit: StudyVisit, participants: int, learned: tuple[str, str], *, by: User) -> StudyVisit:
    """Say after a visit how many came, and what was learned, in Thai and in English.

    :raises PermissionDenied: if this person does not edit for the guest.
    :raises ValidationError: if the visit is yet to come, nobody came, or nothing is said.
    :raises TransitionNotAllowed: if it was not accepted.
    """
    visit = locked(visit)
    if not by.has_perm("partners.report_visit", visit):
        raise PermissionDenied
    if visit.visits_on > timezone.localdate():
        raise ValidationError(_("The visit is yet to come."))
    visit.participants = participants
    visit.learned_th, visit.learned_en = learned
    return advance(visit, VisitState.DONE, by)


@transaction.atomic
def follow_up_visit(visit: StudyVisit, follow_up: tuple[str, str], *, by: User) -> StudyVisit:
    """Say later what came of a visit, in Thai and in English.

    :raises PermissionDenied: if this person does not edit for the guest.
    :raises ValidationError: if nothing is said.
    :raises TransitionNotAllowed: if the visit was not reported on.
    """
    visit = locked(visit)
    if not by.has_perm("partners.follow_up_visit", visit):
        raise PermissionDenied
    visit.follow_up_th, visit.follow_up_en = follow_up
    return advance(visit, VisitState.FOLLOWED_UP, by)


def advance(visit: StudyVisit, state: str, by: User) -> StudyVisit:
    """Bring a visit to its next state with what was said; the host hears of it."""
    if state not in VISIT_STEPS[visit.state]:
        raise TransitionNotAllowed(f"{visit.pk}: {visit.state} -> {state}")
    before, visit.state = visit.state, state
    visit.full_clean()
    visit.state = before
    move(visit, to=state, steps=VISIT_STEPS, by=by)
    tell("partners.visit_reported", visit, visit.host.slug, by)
    return visit


def tell(kind: str, visit: StudyVisit, place: str, by: User) -> None:
    """Tell those who approve for a city of a visit."""
    for user in authority().approvers_of(place):
        if user.pk != by.pk:
            notify(user, kind, visit, by=by)


def locked(visit: StudyVisit) -> StudyVisit:
    """Return the visit as it stands, and let nobody else change it until the transaction ends."""
    return StudyVisit.objects.select_for_update(of=("self",)).select_related("host", "guest").get(pk=visit.pk)
