"""Proposals in hand and in the queue, and what was published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.common.text import LANGUAGES, LocalText
from learningcity.moderation.enums import OPEN, ProposalState, ReportState
from learningcity.moderation.models import Proposal, Report, Revision
from learningcity.moderation.queries.contents import record_or_none
from learningcity.moderation.registry import authority, kind_named

# The fields in which a form says what a thing is called, and how much of it stands in a list.
NAMES = ("title", "name")
LONGEST_NAME = 80


def may_write(user: User, proposal: Proposal) -> bool:
    """Tell whether a person may (still) propose this: for the place, or because the record is theirs in another way."""
    if authority().may_edit(user, proposal.place):
        return True
    kind = kind_named(proposal.kind)
    record = record_or_none(kind, proposal.key)
    return record is not None and kind.also_by(user, record)


def kept_by(user: User) -> QuerySet[Proposal]:
    """Return what a person has in hand, what was saved last first."""
    return Proposal.objects.filter(keeper=user, state__in=OPEN).order_by("-saved_at", "-pk")


def others_at(proposal: Proposal) -> QuerySet[Proposal]:
    """Return the proposals of other people for the same record."""
    if not proposal.key:
        return Proposal.objects.none()
    open_ones = Proposal.objects.filter(kind=proposal.kind, key=proposal.key, state__in=OPEN)
    return open_ones.exclude(pk=proposal.pk).select_related("keeper").order_by("-saved_at")


def queue_of(user: User) -> QuerySet[Proposal]:
    """Return what waits for a decision in the places whose queues this person sees, the longest waiting first."""
    waiting = Proposal.objects.filter(state__in=[ProposalState.SUBMITTED, ProposalState.SCHEDULED])
    return _seen_by(user, waiting).select_related("author", "keeper").order_by("submitted_at", "pk")


def open_reports(user: User) -> QuerySet[Report]:
    """Return the errors that visitors reported in the places whose queues this person sees, oldest first."""
    return _seen_by(user, Report.objects.filter(state=ReportState.OPEN)).order_by("reported_at", "pk")


def revisions_of(kind: str, key: str) -> QuerySet[Revision]:
    """Return everything that a record ever said, newest first."""
    found = Revision.objects.filter(kind=kind, key=key)
    return found.select_related("proposal__author", "proposal__decided_by").order_by("-number")


def latest_revisions(places: list[str] | None) -> QuerySet[Revision]:
    """Return what was published lately in these places, or everywhere."""
    found = Revision.objects.filter(proposal__isnull=False).select_related("proposal__author")
    return (found if places is None else found.filter(place__in=places)).order_by("-at", "-pk")


def title_of(proposal: Proposal) -> str:
    """Return what a proposal is about, in words: the record, or that it would be a new one."""
    record = record_or_none(kind_named(proposal.kind), proposal.key)
    return _title(proposal, {proposal.key: record})


def titles_of(proposals: Iterable[Proposal | Revision]) -> dict[int, str]:
    """Return what each of these proposals or revisions is about, with one question for each kind of record."""
    proposals = list(proposals)
    records: dict[str, dict[str, Any]] = {}
    for name in {proposal.kind for proposal in proposals}:
        kind = kind_named(name)
        keys = {proposal.key for proposal in proposals if proposal.kind == name and proposal.key}
        rows = kind.model._default_manager.select_related(*kind.follows).in_bulk(keys) if keys else {}
        records[name] = {str(key): row for key, row in rows.items()}
    return {proposal.pk: _title(proposal, records[proposal.kind]) for proposal in proposals}


def _title(proposal: Proposal | Revision, records: dict[str, Any]) -> str:
    kind = kind_named(proposal.kind)
    if not proposal.key:
        begun = _("New: %(kind)s") % {"kind": kind.label}
        return f"{begun}: {named}" if (named := _typed_name(proposal.values)) else begun
    record = records.get(proposal.key)
    return str(kind.label if record is None else kind.title_of(record))


def _typed_name(values: dict[str, Any]) -> str:
    """Return what something new is called so far, or nothing."""
    for name in NAMES:
        typed = LocalText(*(str(values.get(f"{name}_{language}") or "").strip() for language in LANGUAGES))
        if typed:
            return Truncator(str(typed)).chars(LONGEST_NAME)
    return ""


def _seen_by(user: User, rows: QuerySet) -> QuerySet:
    places = authority().places_of(user)
    return rows if places is None else rows.filter(place__in=places)
