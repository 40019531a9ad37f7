"""What one person should see first: what waits, what is missing, what is due, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from learningcity.accounts.models import User
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import City
from learningcity.cities.queries import roles_of
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Proposal, Report, Revision
from learningcity.moderation.queries import kept_by, latest_revisions, open_reports, queue_of, titles_of
from learningcity.moderation.registry import kind_named, kinds
from learningcity.practices.models import Practice
from learningcity.workspace.queries.dues import Due, OldNumber, dues_of, old_numbers
from learningcity.workspace.queries.gaps import Meter, meters_of
from learningcity.workspace.queries.places import names_of

# What fits on a desk; the rest is one click away.
MOST = 6


@dataclass(frozen=True)
class Waiting:
    """What waits for this person: their own work, and the work of others on which they decide."""

    drafts: list[tuple[Proposal, str]]
    to_decide: list[tuple[Proposal, str]]
    # Of the whole queue, also what others have to decide.
    queue_count: int
    reports: list[Report]
    report_count: int

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.to_decide or self.report_count)


@dataclass(frozen=True)
class CityLine:
    """One city on the desk: how complete it is, what is due, which numbers are old."""

    city: City
    meter: Meter
    dues: list[Due]
    old: list[OldNumber]


def waiting_for(user: User) -> Waiting:
    """Return what waits for a person."""
    drafts, to_decide = list(kept_by(user)[:MOST]), list(decidable_by(user)[:MOST])
    titles = titles_of([*drafts, *to_decide])
    reports = open_reports(user)
    return Waiting(
        drafts=[(each, titles[each.pk]) for each in drafts],
        to_decide=[(each, titles[each.pk]) for each in to_decide],
        queue_count=queue_of(user).count() if to_decide else 0,
        reports=list(reports[:MOST]),
        report_count=reports.count(),
    )


def decidable_by(user: User) -> QuerySet[Proposal]:
    """Return what this person may approve or send back, the longest waiting first: nothing in which they had a hand."""
    held = list(roles_of(user).values_list("kind", "city__slug"))
    waiting = Proposal.objects.filter(state=ProposalState.SUBMITTED).exclude(author=user).exclude(keeper=user)
    if all(kind != RoleKind.SECRETARIAT for kind, _slug in held):
        waiting = waiting.filter(place__in=[slug for kind, slug in held if kind == RoleKind.APPROVER])
    return waiting.exclude(hands__user=user).select_related("keeper").order_by("submitted_at", "pk")


def lines_of(cities: Sequence[City], today: dt.date) -> list[CityLine]:
    """Return these cities with everything that is missing and due."""
    if not cities:
        return []
    meters, dues, old = meters_of(cities), dues_of(cities, today), old_numbers(cities, today)
    return [
        CityLine(
            city,
            meters[city.slug],
            [due for due in dues if due.place == city.slug],
            [number for number in old if number.place == city.slug],
        )
        for city in cities
    ]


@dataclass(frozen=True)
class Piece:
    """Something that was published lately, and where to read what changed."""

    title: str
    place: object
    kind: object
    at: dt.datetime
    address: str


def changed_in(cities: QuerySet[City] | None) -> list[Piece]:
    """Return what was published lately in these cities; everywhere, if none are named."""
    places = None if cities is None else list(cities.values_list("slug", flat=True))
    return _pieces(latest_revisions(places)[:MOST])


def changed_elsewhere(slugs: Sequence[str]) -> list[Piece]:
    """Return what other cities published lately."""
    return _pieces(latest_revisions(None).exclude(place__in=slugs)[:MOST])


def practices_elsewhere(slugs: Sequence[str]) -> list[tuple[Practice, str]]:
    """Return the newest good practices of other cities, with their addresses."""
    found = Practice.objects.exclude(city__slug__in=slugs).select_related("city").order_by("-pk")[:MOST]
    return [(practice, reverse("practice", args=[practice.slug])) for practice in found]


def _pieces(revisions: QuerySet[Revision]) -> list[Piece]:
    found = [each for each in revisions if is_known(each.kind)]
    names, titles = names_of({each.place for each in found}), titles_of(found)
    return [_piece(each, titles[each.pk], names[each.place]) for each in found]


def is_known(kind: str) -> bool:
    """Tell whether an app still registers this kind."""
    return any(each.name == kind for each in kinds())


def _piece(revision: Revision, title: str, place: object) -> Piece:
    label = kind_named(revision.kind).label
    # Of what was taken off the site only the title of that day is left.
    title = title if title != str(label) else revision.title
    address = reverse("record-history", args=[revision.kind, revision.key])
    return Piece(title, place, label, revision.at, address)
