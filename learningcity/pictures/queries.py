"""What may be asked of pictures."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from learningcity.accounts.models import User
from learningcity.moderation.registry import authority
from learningcity.pictures.enums import PictureState
from learningcity.pictures.models import Picture, Rendition


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


def _renditions() -> Prefetch[str]:
    return Prefetch("renditions", Rendition.objects.order_by("width"))
