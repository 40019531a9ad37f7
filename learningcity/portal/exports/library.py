"""Places and resources to learn as rows of a file: no more than their pages show."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from learningcity.library.enums import Accessibility, Audience, Language, Level, LifeStage, PlaceAccess
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.portal.exports.lists import Rows, called
from learningcity.portal.queries.library_words import said

RESOURCE_TEXTS = ("title_th", "title_en", "summary_th", "summary_en")
PLACE_TEXTS = ("name_th", "name_en", "summary_th", "summary_en")
PLACE_REST = ("address_th", "address_en", "hours_th", "hours_en", "latitude", "longitude", "contact", "url")


def resource_headings() -> list[str]:
    """Return the headings of the list of resources."""
    told = (*RESOURCE_TEXTS, "city", "kind", "subject", "stages", "levels", "audiences", "languages", "access")
    rest = ("format", "minutes", "cost", "license", "authors", "publisher_th", "publisher_en", "url")
    return [*called(LearningResource, *told, *rest), _("Source"), _("Key")]


def resource_rows(resources: Iterable[LearningResource]) -> Rows:
    """Return resources as rows."""
    for one in resources:
        yield (
            *(getattr(one, name) for name in RESOURCE_TEXTS),
            one.city.name if one.city else "",
            one.get_kind_display(),
            one.get_subject_display(),
            "; ".join(said(LifeStage, one.stages)),
            "; ".join(said(Level, one.levels)),
            "; ".join(said(Audience, one.audiences)),
            "; ".join(said(Language, one.languages)),
            "; ".join(said(Accessibility, one.access)),
            one.get_format_display(),
            one.minutes,
            one.get_cost_display(),
            one.get_license_display(),
            one.authors,
            one.publisher_th,
            one.publisher_en,
            one.url,
            one.source.title,
            one.slug,
        )


def place_headings() -> list[str]:
    """Return the headings of the list of places."""
    told = (*PLACE_TEXTS, "city", "kind", "stages", "access", "cost", *PLACE_REST)
    return [*called(LearningPlace, *told), _("Source"), _("Key")]


def place_rows(places: Iterable[LearningPlace]) -> Rows:
    """Return places as rows."""
    for one in places:
        yield (
            *(getattr(one, name) for name in PLACE_TEXTS),
            one.city.name,
            one.get_kind_display(),
            "; ".join(said(LifeStage, one.stages)),
            "; ".join(said(PlaceAccess, one.access)),
            one.get_cost_display(),
            *(getattr(one, name) for name in PLACE_REST),
            one.source.title,
            one.slug,
        )
