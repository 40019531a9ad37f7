"""What may be asked of pictures."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from learningcity.accounts.models import User
from learningcity.common.rich import pictures_in
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import Values, authority
from learningcity.pictures.enums import PictureState
from learningcity.pictures.models import Picture, Rendition

# The name of the words of pictures as a kind of public content, and the columns in which they stand.
KIND = "picture"
WORDS = [
    *("alt_th", "alt_en", "caption_th", "caption_en", "author", "license"),
    *("consent", "consent_keeper", "consent_on"),
]


def words_of(picture: Picture) -> Values:
    """Return what is said of a picture, as its form shows it."""
    day = picture.consent_on
    return {name: getattr(picture, name) for name in WORDS} | {"consent_on": day.isoformat() if day else ""}


def public_pictures_of(place: str) -> QuerySet[Picture]:
    """Return the pictures of a place that everybody may see, the newest first."""
    found = Picture.objects.filter(place=place, published_at__isnull=False)
    return found.exclude(state=PictureState.WITHDRAWN).order_by("-uploaded_at", "-pk")


def pictures_of(place: str) -> QuerySet[Picture]:
    """Return the pictures of a place that are not withdrawn, the newest first, with their renditions."""
    found = Picture.objects.filter(place=place).exclude(state=PictureState.WITHDRAWN)
    return found.prefetch_related(_renditions()).order_by("-uploaded_at", "-pk")


def pictures_numbered(numbers: Iterable[int]) -> dict[int, Picture]:
    """Return the pictures with these numbers, withdrawn ones too, with their renditions."""
    return Picture.objects.prefetch_related(_renditions()).in_bulk(list(numbers))


def renditions_made(picture: Picture) -> int:
    """Return how many of its renditions a picture has so far."""
    return picture.renditions.count()


def name_of(place: str) -> object:
    """Return the name of a place."""
    return authority().name_of(place)


def places_with_pictures(user: User) -> list[tuple[str, object]]:
    """Return the places that this person looks after, slug and name; whoever looks after all begins with the network."""
    own = authority().places_of(user)
    return [(place, name_of(place)) for place in ([""] if own is None else own)]


def waits_for_approval(picture: Picture) -> bool:
    """Tell whether a picture stands in a text that was handed in: whoever decides on it reads the words of the picture too."""
    waiting = Proposal.objects.filter(state__in=[ProposalState.SUBMITTED, ProposalState.SCHEDULED])
    if picture.place:
        waiting = waiting.filter(place=picture.place)
    return any(_stands_in(picture, values) for values in waiting.values_list("values", flat=True))


def _stands_in(picture: Picture, values: Values) -> bool:
    # As forms read them, without the spaces around.
    texts = [value.strip() for value in values.values() if isinstance(value, str)]
    return values.get("photo") == str(picture.pk) or picture.pk in pictures_in(*texts)


def _renditions() -> Prefetch[str]:
    return Prefetch("renditions", Rendition.objects.order_by("width"))
