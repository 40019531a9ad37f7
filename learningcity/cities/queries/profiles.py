"""What cities say about themselves, version by version, and who speaks for them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import Theme
from learningcity.cities.models import City, Office, Policy, Profile
from learningcity.common.rich import plain
from learningcity.common.text import LocalText
from learningcity.common.thai.words import clean, words


@dataclass(frozen=True, slots=True)
class WordCount:
    """How long a part of a profile is, in both languages."""

    name: Promise | str
    th: int
    en: int


def profile_versions(city: City) -> QuerySet[Profile]:
    """Return all versions of the city's profile, newest first."""
    return Profile.objects.filter(city=city).order_by("-version")


def latest_profile(city: City) -> Profile | None:
    """Return the newest version of the city's profile, if it has one."""
    return profile_versions(city).first()


def policies_in_order(profile: Profile) -> list[Policy]:
    """Return the policies of a profile in the order of the three fixed themes."""
    return sorted(profile.policies.all(), key=lambda policy: Theme.values.index(policy.theme))


def word_counts(profile: Profile) -> list[WordCount]:
    """Return the number of words in each part of a profile: what forms with word limits ask for."""
    parts: list[tuple[Promise | str, LocalText]] = [
        (_("Introduction"), profile.introduction),
        (_("Vision"), profile.vision),
        (_("Mission"), profile.mission),
    ]
    parts += [(policy.get_theme_display(), policy.text) for policy in policies_in_order(profile)]
    return [WordCount(name, _count(text.th), _count(text.en)) for name, text in parts if text]


def people_in_office(city: City, *, on: dt.date | None = None) -> QuerySet[Office]:
    """Return who holds or held an office in the city, latest known first; with a day, only who had not left by then."""
    offices = Office.objects.filter(city=city).select_related("person").order_by("-as_of", "pk")
    return offices.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)) if on else offices


def _count(text: str) -> int:
    return sum(1 for _word in words(clean(plain(text))))
