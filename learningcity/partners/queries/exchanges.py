"""What cities learn from each other: pairs of mentor and learner, and study visits."""

import datetime as dt

from django.db.models import Q, QuerySet

from learningcity.cities.models import City
from learningcity.partners.models import MentorPair, StudyVisit
from learningcity.partners.models.exchanges import HAPPENED


def pairs_of_city(city: City, *, on: dt.date) -> QuerySet[MentorPair]:
    """Return the pairs to which a city belongs on this day, the newest first."""
    held = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    with_city = Q(mentor=city) | Q(learner=city)
    return MentorPair.objects.filter(held & with_city).select_related("mentor", "learner").order_by("-starts_on", "pk")


def visits_of_city(city: City) -> QuerySet[StudyVisit]:
    """Return every visit to or from a city, whatever became of it, the newest first."""
    found = StudyVisit.objects.filter(Q(host=city) | Q(guest=city))
    return found.select_related("host", "guest").order_by("-visits_on", "-pk")


def visits_made(city: City) -> QuerySet[StudyVisit]:
    """Return the visits to or from a city that took place, the newest first."""
    return visits_of_city(city).filter(state__in=HAPPENED)
