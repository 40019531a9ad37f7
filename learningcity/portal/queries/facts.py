"""What happened lately, from the dates in the facts; when a file was loaded says nothing to a reader."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from learningcity.awards.models import Edition
from learningcity.cities.models import City, MembershipStatus, Milestone, Profile
from learningcity.common.text import LocalText
from learningcity.sources.models import Source


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in a city or in the network, dated as exactly as its source dates it."""

    kind: str
    date: dt.date
    precision: str
    source: Source
    city: City | None = None
    text: LocalText | None = None
    # What a membership became.
    state: str = ""


def latest_facts(most: int, *, on: dt.date) -> list[Fact]:
    """Return the newest facts up to this day, newest first."""
    milestones = list(_milestones(most, on))
    told = {(fact.city, fact.date) for fact in milestones}
    # A city that tells of its joining itself need not be told of twice.
    statuses = (fact for fact in _statuses(most, on) if (fact.city, fact.date) not in told)
    found = chain(milestones, statuses, _profiles(most, on), _editions(most, on))
    return sorted(found, key=lambda fact: fact.date, reverse=True)[:most]


def _statuses(most: int, on: dt.date) -> Iterator[Fact]:
    newest = MembershipStatus.objects.filter(starts_on__lte=on).order_by("-starts_on", "pk")[:most]
    for status in _whole(newest, "membership__city", "membership__network", "source"):
        city, name, state = status.membership.city, status.membership.network.name, status.get_state_display()
        yield Fact("membership", status.starts_on, status.starts_precision, status.source, city, name, state)


def _milestones(most: int, on: dt.date) -> Iterator[Fact]:
    newest = Milestone.objects.filter(happened_on__lte=on).order_by("-happened_on", "position", "pk")[:most]
    for one in _whole(newest, "city", "source"):
        yield Fact("milestone", one.happened_on, one.happened_precision, one.source, one.city, one.text)


def _profiles(most: int, on: dt.date) -> Iterator[Fact]:
    newest = Profile.objects.filter(as_of__lte=on).order_by("-as_of", "pk")[:most]
    for profile in _whole(newest, "city", "source"):
        yield Fact("profile", profile.as_of, profile.as_of_precision, profile.source, profile.city)


def _editions(most: int, on: dt.date) -> Iterator[Fact]:
    for edition in Edition.objects.filter(held_on__lte=on).order_by("-held_on", "pk").select_related("source")[:most]:
        yield Fact("award", edition.held_on, edition.held_precision, edition.source, text=edition.name)  # type: ignore[arg-type]


def _whole(newest: QuerySet[Any], *followed: str) -> QuerySet[Any]:
    """Return the same records with what they point to, which is looked up for these few only."""
    few = newest.model.objects.filter(pk__in=newest.values("pk")).order_by(*newest.query.order_by)
    return few.select_related(*followed)
