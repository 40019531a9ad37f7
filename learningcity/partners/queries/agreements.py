"""Agreements, how they stand on a day, and how many were announced beside how many were entered.

Nobody types whether an agreement is in force: the day of signing, the first and last day, a calling off and a later agreement
that renews it say so.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from learningcity.cities.models import City
from learningcity.opendata.models import Observation
from learningcity.opendata.queries import disclosed
from learningcity.partners.enums import Announced, Standing
from learningcity.partners.models import Agreement, Announcement, GoalLink, Party

# So many days before its end an agreement counts as about to expire.
EXPIRES_WITHIN = dt.timedelta(days=90)
# What is announced with an agreement, as the open data call it.
ANNOUNCED = ("mou-partners", "sdgs-addressed")


@dataclass(frozen=True, slots=True)
class AgreementSelection:
    """Which agreements somebody wants to see; an empty field selects nothing."""

    city: str = ""
    standing: str = ""


@dataclass(slots=True)
class Tally:
    """What was announced with an agreement, each number with its source, and what was entered here."""

    announced: list[Observation] = field(default_factory=list)
    entered: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether as many are entered as any source announced."""
        return all(self.entered >= number.value for number in self.announced)


def with_standing(agreements: QuerySet[Agreement], *, on: dt.date) -> QuerySet[Any]:
    """Return the agreements with their ``standing`` on this day."""
    later = Agreement.objects.filter(renews=OuterRef("pk"), signed_on__lte=on)
    cases = [
        When(Q(signed_on__isnull=True) | Q(signed_on__gt=on), then=Value(Standing.DRAFTED.value)),
        When(Exists(later), then=Value(Standing.RENEWED.value)),
        When(Q(called_off_on__lte=on) | Q(ends_on__lt=on), then=Value(Standing.ENDED.value)),
        When(starts_on__gt=on, then=Value(Standing.SIGNED.value)),
        When(ends_on__lte=on + EXPIRES_WITHIN, then=Value(Standing.EXPIRING.value)),
    ]
    standing = Case(*cases, default=Value(Standing.IN_FORCE.value), output_field=CharField())
    return agreements.annotate(standing=standing)


def select_agreements(selection: AgreementSelection, *, on: dt.date) -> QuerySet[Any]:
    """Return the agreements that fit the selection with their standing on this day, in no order."""
    found = with_standing(Agreement.objects.all(), on=on)
    if selection.city:
        found = found.filter(city__slug=selection.city)
    if selection.standing:
        found = found.filter(standing=selection.standing)
    return found


def agreements_in_order(agreements: QuerySet[Agreement], language: str) -> QuerySet[Agreement]:
    """Return the agreements, the newest first; those of one day by their title in this language."""
    title = "sort_th" if language == "th" else Lower("title_en")
    return agreements.order_by("-signed_on", title, "pk")


def cities_with_agreements() -> QuerySet[City]:
    """Return the cities that agreed on anything, in no order."""
    return City.objects.filter(pk__in=Agreement.objects.values("city"))


def ending_between(first: dt.date, last: dt.date) -> QuerySet[Agreement]:
    """Return the signed agreements whose last day is one of these, unless they were renewed or called off."""
    renewed = Agreement.objects.filter(renews=OuterRef("pk"), signed_on__isnull=False)
    return Agreement.objects.filter(
        ~Exists(renewed), signed_on__isnull=False, called_off_on__isnull=True, ends_on__range=(first, last)
    )


def tallies(agreements: Iterable[Agreement]) -> dict[tuple[int, str], Tally]:
    """Return what was announced and what was entered of each agreement, by its number and what is counted.

    Parties are counted from their rows. Goals are those that are named, each once however many of its targets are.
    """
    keys = [agreement.pk for agreement in agreements]
    found = {(key, of.value): Tally() for key in keys for of in Announced}
    announced = Announcement.objects.filter(agreement__in=keys).select_related(
        "observation__indicator", "observation__source"
    )
    for said in announced.order_by("-observation__value", "pk"):
        found[said.agreement_id, said.of].announced += disclosed([said.observation])
    parties = Counter(Party.objects.filter(agreement__in=keys).values_list("agreement", flat=True))
    named = set(GoalLink.objects.filter(agreement__in=keys).values_list("agreement", "goal"))
    goals = Counter(agreement for agreement, _goal in named)
    for key in keys:
        found[key, Announced.PARTIES].entered = parties[key]
        found[key, Announced.GOALS].entered = goals[key]
    return found


def numbers_to_announce(place: str) -> QuerySet[Observation]:
    """Return the numbers of a city that may have been announced with an agreement."""
    numbers = Observation.totals.filter(city__slug=place, indicator__slug__in=ANNOUNCED)
    return numbers.select_related("indicator", "source").order_by("indicator__position", "-observed_on", "-value", "pk")
