"""How much of what can be told about a city is told, and where exactly the rest would be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import ComponentKind, OfficeKind, Theme
from learningcity.cities.models import City, Component, Milestone, Office, Policy, Profile
from learningcity.common.content import LANGUAGE_NAMES
from learningcity.common.text import LANGUAGES
from learningcity.opendata.models import Observation
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Practice

PROFILE_TEXTS = {"introduction": _("Introduction"), "vision": _("Vision"), "mission": _("Mission")}
LONGEST_TITLE = 32
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not told yet, and the address of the field in which it would be."""

    label: Words
    address: str


@dataclass
class Meter:
    """Of so many things so many are told."""

    done: int = 0
    gaps: list[Gap] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.done + len(self.gaps)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    def count(self, is_there: object, label: Words, address: str) -> None:
        """Count one thing that is there, or remember where it would be written."""
        if is_there:
            self.done += 1
        else:
            self.gaps.append(Gap(label, address))


def meters_of(cities: Sequence[City]) -> dict[str, Meter]:
    """Return how far each of these cities is, with as many questions for one as for fifty."""
    meters = {city.slug: Meter() for city in cities}
    for check in CHECKS:
        for slug, is_there, label, address in check(cities):
            meters[slug].count(is_there, label, address)
    return meters


Verdicts = Iterator[tuple[str, object, Words, str]]


def _profiles(cities: Sequence[City]) -> Verdicts:
    latest = {each.city_id: each for each in _latest_profiles(cities)}
    themes = _told_themes(latest.values())
    for city in cities:
        profile = latest.get(city.pk)
        for name, label in PROFILE_TEXTS.items():
            for language in LANGUAGES:
                text = getattr(profile, f"{name}_{language}", "")
                words = format_lazy("{} ({})", label, LANGUAGE_NAMES[language])
                yield city.slug, text, words, _edit("profile", city.pk, f"{name}_{language}")
        for theme in Theme:
            there = profile and theme.value in themes[profile.pk]
            words = format_lazy(_("Policy: {}"), theme.label)
            yield city.slug, there, words, _edit("profile", city.pk, f"{theme.value}_th")


def _latest_profiles(cities: Sequence[City]) -> Iterable[Profile]:
    return Profile.objects.filter(city__in=cities).order_by("city", "-version").distinct("city")


def _told_themes(profiles: Iterable[Profile]) -> dict[int, set[str]]:
    told: dict[int, set[str]] = defaultdict(set)
    for profile, theme in Policy.objects.filter(profile__in=list(profiles)).values_list("profile", "theme"):
        told[profile].add(theme)
    return told


def _offices(cities: Sequence[City]) -> Verdicts:
    wanted = {OfficeKind.MAYOR: _("Who leads the city"), OfficeKind.FOCAL_POINT: _("Focal point")}
    leads = {OfficeKind.MAYOR, OfficeKind.GOVERNOR}
    told = set(Office.objects.filter(city__in=cities, ends_on__isnull=True).values_list("city", "kind"))
    for city in cities:
        for kind, label in wanted.items():
            kinds = leads if kind in leads else {kind}
            there = any((city.pk, each.value) in told for each in kinds)
            yield city.slug, there, label, _new(city, "office", "kind")


def _location(cities: Sequence[City]) -> Verdicts:
    for city in cities:
        yield city.slug, city.latitude is not None, _("Place on the map"), _edit("city", city.pk, "latitude")


def _milestones(cities: Sequence[City]) -> Verdicts:
    told = set(Milestone.objects.filter(city__in=cities).values_list("city", flat=True).distinct())
    for city in cities:
        yield city.slug, city.pk in told, _("A first milestone"), _new(city, "milestone", "text_th")


def _numbers(cities: Sequence[City]) -> Verdicts:
    told = set(Observation.totals.filter(city__in=cities).values_list("city", flat=True).distinct())
    for city in cities:
        yield city.slug, city.pk in told, _("A first number with its source"), _new(city, "fact", "indicator")


def _components(cities: Sequence[City]) -> Verdicts:
    told = set(Component.objects.filter(city__in=cities).values_list("city", "kind").distinct())
    for city in cities:
        for kind in ComponentKind:
            words = format_lazy(_("Learning component: {}"), kind.label)
            yield city.slug, (city.pk, kind.value) in told, words, _new(city, "component", "kind")


def _practices(cities: Sequence[City]) -> Verdicts:
    practices = list(Practice.objects.filter(city__in=cities).select_related("city").order_by("city", "position", "pk"))
    told = set(Answer.objects.filter(practice__in=practices).values_list("practice", "point"))
    having = {practice.city_id for practice in practices}
    for city in cities:
        yield city.slug, city.pk in having, _("A first good practice"), _new(city, "practice", "title_th")
    for practice in practices:
        for point in Point:
            words = format_lazy("{}: {}", Truncator(str(practice.title)).chars(LONGEST_TITLE), point.label)
            address = _edit("practice", practice.pk, f"point_{point.value}_th")
            yield practice.city.slug, (practice.pk, point.value) in told, words, address


def _edit(kind: str, key: int, name: str) -> str:
    return f"{reverse('record-edit', args=[kind, str(key)])}#id_{name}"


def _new(city: City, kind: str, name: str) -> str:
    return f"{reverse('record-new', args=[city.slug, kind])}#id_{name}"


CHECKS = (_profiles, _offices, _location, _milestones, _numbers, _components, _practices)
