from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from learningcity.cities.enums import Theme
from learningcity.cities.models import (
    Alias,
    City,
    LocalAuthority,
    Membership,
    MembershipStatus,
    Milestone,
    Network,
    Policy,
    Profile,
    Province,
)
from learningcity.opendata.models import Indicator, Observation
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Figure, Practice
from learningcity.search.actions import reindex_all
from learningcity.sources.models import Source

BATCH = 500
MILESTONES = 5
INDICATORS = 4
SENTENCE_TH = "ข้อความสังเคราะห์สำหรับวัดความเร็วของระบบ ไม่ใช่ข้อเท็จจริงของเมืองใด หมายเลข {}"
SENTENCE_EN = "A synthetic sentence for measuring how fast the site is, and no fact about any city, number {}."


class NotScratch(Exception):
    """The database may hold what people rely on, so nothing synthetic is put into it."""


def scale_to(total: int) -> int:
    """Add plainly marked synthetic cities until there are so many in all; return how many were added.

    :raises NotScratch: if the name of the database does not say that it is for measuring.
    """
    name = str(connection.settings_dict["NAME"])
    if "bench" not in name and "scratch" not in name:
        raise NotScratch(f"“{name}” is no database for measuring: its name must have “bench” or “scratch” in it")
    missing = total - City.objects.count()
    first = City.objects.filter(slug__startswith="test-city-").count() + 1
    numbers = iter(range(first, first + missing))
    with transaction.atomic():
        maker = CityMaker()
        while batch := list(islice(numbers, BATCH)):
            maker.add(batch)
        reindex_all()
    return max(missing, 0)


class CityMaker:
    """What synthetic cities have in common, and the making of them."""

    def __init__(self) -> None:
        self.source, _ = Source.objects.get_or_create(
            slug="synthetic",
            defaults={
                "kind": "dataset",
                "title_th": "ข้อมูลสังเคราะห์",
                "title_en": "Synthetic data",
                "original": "en",
                "note_th": "สร้างขึ้นเพื่อวัดความเร็วของระบบเท่านั้น",
                "note_en": "Made only to measure how fast the site is.",
            },
        )
        self.network = Network.objects.get(slug="unesco-gnlc")
        self.provinces = list(Province.objects.order_by("code"))
        self.indicators = list(Indicator.objects.order_by("position", "slug")[:INDICATORS])

    def add(self, numbers: list[int]) -> None:
        """Make the cities of these numbers, each with as much as a real one has."""
        cities = City.objects.bulk_create(self.city(number) for number in numbers)
        fill(Alias, ({"city": city, "name": f"TC {city.slug[-5:]}"} for city in cities))
        fill(LocalAuthority, (self.sourced(city, kind="city_municipality", **names(city)) for city in cities))
        memberships = fill(Membership, ({"city": city, "network": self.network} for city in cities))
        fill(MembershipStatus, (self.status(membership) for membership in memberships))
        profiles = fill(Profile, (self.profile(city) for city in cities))
        fill(Policy, ({"profile": one, "theme": theme, **texts("text", 1)} for one in profiles for theme in Theme))
        fill(Milestone, (self.milestone(city, number) for city in cities for number in range(MILESTONES)))
        numbers_of = fill(Observation, (self.number(city, of) for city in cities for of in self.indicators))
        practices = fill(Practice, (self.practice(city) for city in cities))
        fill(Answer, (self.answer(practice, point) for practice in practices for point in Point))
        practice_of = {practice.city_id: practice for practice in practices}
        fill(Figure, ({"practice": practice_of[one.city_id], "observation": one} for one in numbers_of))

    def city(self, number: int) -> City:
        return City(
            slug=f"test-city-{number:05}",
            kind="municipality",
            name_th=f"เมืองทดสอบ {number:05}",
            name_en=f"Test City {number:05}",
            province=self.provinces[number % len(self.provinces)],
            # Spread over the land evenly enough, the same way every time.
            latitude=round(6.5 + number * 0.618 % 1 * 13, 5),
            longitude=round(98.5 + number * 0.755 % 1 * 5, 5),
            location_source=self.source,
        )

    def sourced(self, city: City, **values: Any) -> dict[str, Any]:
        return {"city": city, "source": self.source, **values}

    def status(self, membership: Membership) -> dict[str, Any]:
        joined = dt.date(2019 + membership.city_id % 7, 2, 14)
        return {"membership": membership, "state": "active", "starts_on": joined, "source": self.source}

    def profile(self, city: City) -> dict[str, Any]:
        told = texts("introduction", 1) | texts("vision", 2) | texts("mission", 1)
        return self.sourced(city, as_of=dt.date(2024, 1, 1), as_of_precision="year", **told)

    def milestone(self, city: City, number: int) -> dict[str, Any]:
        day = dt.date(2018 + number, 2, 14)
        return self.sourced(city, slug=f"milestone-{number}", happened_on=day, **texts("text", 1))

    def number(self, city: City, indicator: Indicator) -> dict[str, Any]:
        value = city.pk % 1000 * indicator.position + 1
        return self.sourced(city, indicator=indicator, value=value, observed_on=dt.date(2024, 9, 17))

    def practice(self, city: City) -> dict[str, Any]:
        theme = list(Theme)[city.pk % 3]
        named = {"title_th": f"แนวปฏิบัติของ{city.name_th}", "title_en": f"Practice of {city.name_en}"}
        return self.sourced(city, slug=f"{city.slug}-practice", theme=theme, **named, **texts("summary", 1))

    def answer(self, practice: Practice, point: Point) -> dict[str, Any]:
        return {"practice": practice, "point": point, "source": self.source, **texts("text", 1)}


def fill(kind: type[models.Model], rows: Iterable[dict[str, Any]]) -> list[Any]:
    return kind._default_manager.bulk_create((kind(**row) for row in rows), batch_size=2000)


def names(city: City) -> dict[str, str]:
    return {"name_th": f"เทศบาลนคร{city.name_th}", "name_en": f"{city.name_en} Municipality"}


def texts(field: str, sentences: int) -> dict[str, str]:
    """Return so many synthetic sentences in both languages for a bilingual field."""

    def told(sentence: str) -> Iterator[str]:
        return (sentence.format(number) for number in range(1, sentences + 1))

    return {f"{field}_th": " ".join(told(SENTENCE_TH)), f"{field}_en": " ".join(told(SENTENCE_EN)), "original": "en"}
