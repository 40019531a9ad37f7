"""On which public page each kind of content stands, for those who change it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse

from learningcity.cities.models import City, Person
from learningcity.cities.queries import latest_profile
from learningcity.moderation.registry import show
from learningcity.notices.registry import lead
from learningcity.opendata.enums import Category
from learningcity.opendata.models import Dataset
from learningcity.portal.registry.facts import answer_address, city_address, number_address, practice_address

# Where on the page of their city the records stand.
SECTIONS = {"milestone": "timeline", "office": "people", "component": "components"}


def show_pages() -> None:
    """Say of every kind of content on which page a reader finds it."""
    for kind, section in SECTIONS.items():
        show(kind, partial(section_address, section))
    show("profile", profile_address)
    show("city", lambda city: city_address(city, ""))
    show("person", person_address)
    show("practice", practice_address)
    show("answer", answer_address)
    show("fact", number_address)
    for kind in ("dataset", "columns", "return"):
        show(kind, dataset_address)
    for kind in ("cities.deputy_named", "cities.role_handed_over"):
        lead(kind, lambda notice: reverse("team"))


def section_address(section: str, record: Any) -> str:
    return city_address(record.city, section)


def profile_address(city: City) -> str:
    """Return the address of the newest version of what a city says about itself."""
    newest = latest_profile(city)
    return reverse("city-profile", args=[city.slug, newest.version]) if newest else city_address(city, "")


def dataset_address(dataset: Dataset) -> str:
    """Return the page of a dataset; nothing where nobody may see it, or not any more."""
    hidden = dataset.category != Category.PUBLIC or dataset.is_withdrawn
    return "" if hidden else reverse("dataset", args=[dataset.slug])


def person_address(person: Person) -> str:
    """Return where a person's latest office stands, or nothing."""
    office: Any = person.offices.select_related("city").order_by("-as_of", "pk").first()
    return city_address(office.city, "people") if office else ""
