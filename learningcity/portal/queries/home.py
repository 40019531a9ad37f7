"""What the first page tells of the network today."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from learningcity.awards.models import Edition
from learningcity.awards.queries import editions_in_order
from learningcity.cities.enums import NetworkScope
from learningcity.cities.models import City, Network
from learningcity.cities.queries import cities_in_order, member_count, members, members_by_year
from learningcity.portal.queries.facts import Fact, latest_facts
from learningcity.practices.models import Practice
from learningcity.practices.queries import practice_in_focus

MOST_CITIES = 24
MOST_FACTS = 6


@dataclass(frozen=True, slots=True)
class HomePage:
    """The network on one day: how many members, who they are, what they do well, what happened lately."""

    network: Network | None
    members: int
    members_at_award: int
    by_year: list[tuple[int, int]]
    cities: list[City]
    practice: Practice | None
    facts: list[Fact]
    award: Edition | None

    @property
    def more_cities(self) -> int:
        return self.members - len(self.cities)


@lru_cache(maxsize=8)
def known_home_page(language: str, today: dt.date, version: int, period: int) -> HomePage:
    """Return what is to be told on this day; it is read again when anything was changed, and after a while in any case."""
    return read_home_page(language=language, on=today)


def read_home_page(*, language: str, on: dt.date) -> HomePage:
    """Return what is to be told on this day."""
    network = Network.objects.filter(scope=NetworkScope.GLOBAL).order_by("pk").first()
    award = editions_in_order().filter(held_on__lte=on).first()
    cities = cities_in_order(members(network, on=on), language)[:MOST_CITIES] if network else []
    return HomePage(
        network=network,
        members=member_count(network, on=on) if network else 0,
        members_at_award=member_count(network, on=award.held_on) if network and award and award.held_on else 0,
        by_year=members_by_year(on=on),
        cities=list(cities),
        practice=practice_in_focus(on),
        facts=latest_facts(MOST_FACTS, on=on),
        award=award,
    )
