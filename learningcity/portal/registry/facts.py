"""Where each kind of fact is shown, for the pages of sources."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from learningcity.awards.models import Edition
from learningcity.cities.models import (
    City,
    Component,
    DrivingBody,
    LocalAuthority,
    MembershipStatus,
    Milestone,
    Network,
    Office,
    Profile,
    Province,
)
from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import Observation
from learningcity.opendata.queries import disclosed, people_counted
from learningcity.portal.registry.partners import show_partners
from learningcity.practices.models import Answer, Practice
from learningcity.sources.registry import Display, show


def show_facts() -> None:
    """Say for every kind of fact how it is named on the page of its source, and where it is shown."""
    show(Edition, Display(lambda edition: edition.name, lambda edition: reverse("award", args=[edition.slug])))
    show(Practice, Display(lambda practice: practice.title, practice_address))
    show(Answer, Display(answer_title, answer_address, ("practice",)))
    show(Observation, Display(number_title, number_address, ("indicator", "city", "network")))
    show_partners()
    show(Province, Display(lambda province: province.name, province_address))
    show(City, Display(lambda city: city.name, lambda city: city_address(city, "")), field="location_source")
    show(LocalAuthority, of_city(lambda authority: authority.name))
    show(DrivingBody, of_city(lambda body: body.name))
    show(Network, Display(lambda network: network.name, lambda network: f"{reverse('about')}#networks"))
    show(MembershipStatus, Display(status_title, status_address, ("membership__city", "membership__network")))
    show(Office, of_city(lambda office: f"{office.person}, {office.get_kind_display()}", "people", "person"))
    show(Profile, of_city(lambda profile: shown_date(profile.as_of, profile.as_of_precision), "vision"))
    show(Milestone, of_city(lambda milestone: milestone.text, "timeline"))
    show(Component, of_city(lambda component: component.name, "components"))


def of_city(title: Callable[[Any], object], section: str = "", *follows: str) -> Display:
    """Return how facts are shown that stand on the page of their city."""
    return Display(
        lambda record: f"{record.city}: {title(record)}",
        lambda record: city_address(record.city, section),
        ("city", *follows),
    )


def city_address(city: City, section: str) -> str:
    return reverse("city", args=[city.slug]) + (f"#{section}" if section else "")


def practice_address(practice: Practice) -> str:
    return reverse("practice", args=[practice.slug])


def province_address(province: Province) -> str:
    return f"{reverse('cities')}?region={province.region}"


def answer_title(answer: Answer) -> str:
    return f"{answer.practice}: {answer.get_point_display()}"


def answer_address(answer: Answer) -> str:
    return f"{practice_address(answer.practice)}#point-{answer.point}"


def number_title(number: Observation) -> str:
    place, date = number.city or number.network, shown_date(number.observed_on, number.observed_precision)
    if not number.is_total:
        return f"{place}: {number.indicator}, {people_counted(number)} ({date})"
    number = disclosed([number])[0]
    qualifier = f"{number.get_qualifier_display()} " if number.qualifier != Qualifier.EXACT else ""
    value = f"{number.indicator} {qualifier}{shown_number(number.value)} {number.indicator.unit}".strip()
    return f"{place}: {value} ({date})"


def number_address(number: Observation) -> str:
    return city_address(number.city, "") if number.city else reverse("home")


def status_title(status: MembershipStatus) -> str:
    membership = status.membership
    return f"{membership.city}: {membership.network}, {status.get_state_display()}"


def status_address(status: MembershipStatus) -> str:
    return city_address(status.membership.city, "membership")
