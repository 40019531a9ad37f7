"""The addresses of all pages that everybody may see."""

from collections.abc import Iterator

from django.urls import reverse

from learningcity.awards.models import Edition
from learningcity.cities.models import City
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.opendata.models import Indicator
from learningcity.opendata.queries import catalog
from learningcity.partners.models import Agreement, Organization
from learningcity.plans.enums import PlanState
from learningcity.plans.models import Plan
from learningcity.practices.models import Practice
from learningcity.sources.models import Source

PAGES = (
    "home",
    "cities",
    "practices",
    "library",
    "learning-places",
    "partners",
    "network",
    "agreements",
    "promises",
    "plans",
    "awards",
    "datasets",
    "indicators",
    "sources",
    "about",
    "accessibility",
    "conformance",
    "privacy",
)
RECORDS = (
    ("city", City),
    ("practice", Practice),
    ("learning-resource", LearningResource),
    ("learning-place", LearningPlace),
    ("organization", Organization),
    ("agreement", Agreement),
    ("award", Edition),
    ("indicator", Indicator),
    ("source", Source),
)


def public_addresses() -> Iterator[str]:
    """Return the address of every public page in the reader's language, always in the same order."""
    yield from map(reverse, PAGES)
    for page, model in RECORDS:
        for slug in model._default_manager.order_by("pk").values_list("slug", flat=True).iterator():
            yield reverse(page, args=[slug])
    in_force = Plan.objects.filter(state=PlanState.IN_FORCE).order_by("pk")
    for slug in in_force.values_list("city__slug", flat=True).iterator():
        yield reverse("city-plan", args=[slug])
    for slug in catalog().order_by("pk").values_list("slug", flat=True).iterator():
        yield reverse("dataset", args=[slug])
