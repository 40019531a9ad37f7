"""What is due: reports to the network, agreements that end, promises, steps of a plan, numbers that have grown old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import MembershipState, NetworkScope
from learningcity.cities.models import City, MembershipStatus
from learningcity.cities.queries import statuses_on
from learningcity.opendata.models import Indicator, Observation
from learningcity.partners.queries.agreements import ending_between
from learningcity.partners.queries.commitments import due_between
from learningcity.plans.queries import actions_due, last_day
from learningcity.workspace.models import ReportDate

# A member reports every second year; the coordination team names the day for each cohort, and may name another.
REPORT_EVERY = 2
AHEAD = dt.timedelta(days=180)
OLD_AFTER = 3


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be done by a day."""

    place: str
    on: dt.date
    label: object
    address: str = ""
    # Said where we counted the day ourselves, because nobody has entered the one that was set.
    is_inferred: bool = False


def dues_of(cities: Sequence[City], today: dt.date) -> list[Due]:
    """Return what is due in these cities, the nearest first."""
    slugs = {city.pk: city.slug for city in cities}
    found = [*_reports(slugs, today), *_agreements(slugs, today), *_promises(slugs, today), *_actions(slugs, today)]
    return sorted(found, key=lambda due: (due.on, due.place))


def next_report(joined: dt.date, today: dt.date) -> dt.date:
    """Return the end of the next year in which a member of this cohort reports; more than the year cannot be inferred."""
    rounds = max(1, -(-(today.year - joined.year) // REPORT_EVERY))
    return dt.date(joined.year + rounds * REPORT_EVERY, 12, 31)


def _years_later(day: dt.date, years: int) -> dt.date:
    # Who joined on a leap day reports on the last of February.
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def cohorts_of(cities: Sequence[City] | dict[int, str], today: dt.date) -> dict[int, dt.date]:
    """Return since when each of these cities is a member of a global network, of those that still are."""
    here = [city if isinstance(city, int) else city.pk for city in cities]
    active = {"state": MembershipState.ACTIVE, "membership__network__scope": NetworkScope.GLOBAL}
    still = statuses_on(today).filter(**active, membership__city__in=here).values("membership")
    rows = MembershipStatus.objects.filter(state=MembershipState.ACTIVE, membership__in=still)
    return dict(rows.values_list("membership__city").annotate(joined=Min("starts_on")))


def _reports(slugs: dict[int, str], today: dt.date) -> Iterator[Due]:
    cohorts = cohorts_of(slugs, today)
    named: dict[dt.date, dt.date] = {}
    for date in ReportDate.objects.filter(joined_on__in=set(cohorts.values()), due_on__gte=today).order_by("-due_on"):
        named[date.joined_on] = date.due_on
    for pk, joined in cohorts.items():
        due = named.get(joined) or next_report(joined, today)
        yield Due(slugs[pk], due, _("Progress report to UNESCO"), is_inferred=joined not in named)


def _agreements(slugs: dict[int, str], today: dt.date) -> Iterator[Due]:
    for each in ending_between(today, today + AHEAD).filter(city__in=slugs):
        papers = reverse("agreement-papers", args=[each.pk])
        yield Due(slugs[each.city_id], each.ends_on or today, format_lazy(_("Agreement ends: {}"), each.title), papers)


def _promises(slugs: dict[int, str], today: dt.date) -> Iterator[Due]:
    long_ago = dt.date(2000, 1, 1)
    for each in due_between(long_ago, today + AHEAD).filter(city__in=slugs):
        promise = reverse("partner-commitment", args=[each.pk])
        yield Due(slugs[each.city_id], each.due_on or today, format_lazy(_("Promised: {}"), each.text), promise)


def _actions(slugs: dict[int, str], today: dt.date) -> Iterator[Due]:
    for each in actions_due(slugs.values(), before=today + AHEAD):
        place, title = slugs[each.objective.plan.city_id], format_lazy("{}: {}", _("Plan"), each.title)
        builder = f"{reverse('plan-builder', args=[place])}#objective-{each.objective_id}"
        yield Due(place, last_day(each.ends_on or today, each.ends_precision), title, builder)


@dataclass(frozen=True, slots=True)
class OldNumber:
    """A number whose newest value is old."""

    place: str
    indicator: object
    latest: dt.date
    address: str


def old_numbers(cities: Sequence[City], today: dt.date) -> list[OldNumber]:
    """Return the numbers of these cities that nobody has counted for three years, the oldest first."""
    border = _years_later(today, -OLD_AFTER)
    slugs = {city.pk: city.slug for city in cities}
    rows = (
        Observation.totals.filter(city__in=cities).values_list("city", "indicator").annotate(latest=Max("observed_on"))
    )
    old = sorted(rows.filter(latest__lt=border), key=lambda row: (row[2], row[0], row[1]))
    names = Indicator.objects.in_bulk({indicator for _city, indicator, _latest in old})
    return [
        OldNumber(slugs[city], names[indicator].name, latest, reverse("record-new", args=[slugs[city], "fact"]))
        for city, indicator, latest in old
    ]
