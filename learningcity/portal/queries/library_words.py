"""What the pages of places and resources say in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from learningcity.library.enums import (
    Accessibility,
    Audience,
    Cost,
    Language,
    Level,
    LifeStage,
    PlaceAccess,
    Sense,
    Subject,
)
from learningcity.library.models import LearningPlace, LearningResource
from learningcity.opendata.enums import LICENSE_TEXTS, License

FREELY = gettext_lazy("You may copy, change and share it, also as a part of something else.")
NAME_THEM = gettext_lazy("Name its authors and its publisher, and say if you changed anything.")
ALIKE = gettext_lazy("What you make of it must stand under the same license.")
MAY: dict[str, tuple[Promise, ...]] = {
    License.OGL_TH: (FREELY, NAME_THEM, gettext_lazy("Do not make it look as if the office endorsed what you do.")),
    License.CC0: (FREELY, gettext_lazy("You need not name anybody; readers will thank you if you do.")),
    License.CC_BY: (FREELY, NAME_THEM),
    License.CC_BY_SA: (FREELY, NAME_THEM, ALIKE),
    License.CC_BY_NC: (
        gettext_lazy("You may copy, change and share it, as long as nobody earns money by it."),
        NAME_THEM,
    ),
    License.CC_BY_SA_IGO: (FREELY, NAME_THEM, ALIKE),
    License.UNKNOWN: (
        gettext_lazy(
            "Nobody said what may be done with it. You may use it where it stands; ask its publisher before you copy it."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be done with a resource."""

    name: object
    url: str
    lines: tuple[Promise, ...]


def terms_of(resource: LearningResource) -> Terms:
    """Return what may be done with a resource, in plain words."""
    under = License(resource.license)
    return Terms(under.label, LICENSE_TEXTS.get(under, ""), MAY[under])


def said(words: type[TextChoices], chosen: list[str]) -> list[str]:
    """Return what the chosen words of a list mean, in the order of the list."""
    return [str(label) for value, label in words.choices if value in chosen]


def shown_time(minutes: int) -> str:
    """Return how long something takes."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if rest:
        parts.append(ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest})
    return " ".join(parts)


def resource_facts(resource: LearningResource) -> list[tuple[str, list[str]]]:
    """Return what is known of a resource, fact by fact; what nobody said is left out."""
    facts = [
        (_("Life stages"), said(LifeStage, resource.stages)),
        (_("Levels of education"), said(Level, resource.levels)),
        (_("For whom"), said(Audience, resource.audiences)),
        (_("Languages"), said(Language, resource.languages)),
        (_("What it takes"), said(Sense, resource.senses)),
        (_("Access"), said(Accessibility, resource.access)),
        (_("Format"), [resource.get_format_display()]),
        (_("Time needed"), [shown_time(resource.minutes)] if resource.minutes else []),
        (_("Cost"), [str(Cost(resource.cost).label)] if resource.cost else []),
        (_("Authors"), [resource.authors] if resource.authors else []),
    ]
    return [fact for fact in facts if fact[1]]


def place_facts(place: LearningPlace) -> list[tuple[str, list[str]]]:
    """Return what is known of a place in words of lists; what nobody said is left out."""
    facts = [
        (_("Subjects"), said(Subject, place.subjects)),
        (_("Life stages"), said(LifeStage, place.stages)),
        (_("Access"), said(PlaceAccess, place.access)),
        (_("Cost"), [str(Cost(place.cost).label)] if place.cost else []),
    ]
    return [fact for fact in facts if fact[1]]
