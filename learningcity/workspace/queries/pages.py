"""Which place answers for a public page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils import translation

from learningcity.cities.models import City
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.partners.models import Agreement, Organization
from learningcity.practices.models import Practice

LONGEST = 300


def page_in(address: str) -> str:
    """Return the page that somebody means: its path without the language and without what follows; or the home page."""
    path = urlsplit(address).path if address.startswith("/") and not address.startswith("//") else "/"
    path = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    return path if path and len(path) <= LONGEST and not any(letter in path for letter in "\x00\r\n") else "/"


def place_of(page: str) -> str:
    """Return the slug of the city that answers for a page; nothing where the whole network does."""
    try:
        # The path is the Thai one, whatever language is read at the moment.
        with translation.override("th"):
            found = resolve(page)
    except Resolver404:
        return ""
    slug, name = found.kwargs.get("slug", ""), found.url_name or ""
    for begins, cities in FINDERS:
        if name == begins or name.startswith(f"{begins}-"):
            return cities(slug) or ""
    return ""


def _city(slug: str) -> str | None:
    return City.objects.filter(slug=slug).values_list("slug", flat=True).first()


def _of(model: type[Model]) -> Callable[[str], str | None]:
    return lambda slug: model._default_manager.filter(slug=slug).values_list("city__slug", flat=True).first()


FINDERS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("city", _city),
    ("practice", _of(Practice)),
    ("learning-resource", _of(LearningResource)),
    ("learning-place", _of(LearningPlace)),
    ("agreement", _of(Agreement)),
    ("organization", _of(Organization)),
)
