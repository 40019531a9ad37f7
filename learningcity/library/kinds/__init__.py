"""Places and resources to learn, as moderation needs to know them."""

from learningcity.library.kinds.places import PLACE
from learningcity.library.kinds.resources import RESOURCE
from learningcity.moderation.registry import register


def register_kinds() -> None:
    """Put places and resources to learn under moderation."""
    register(RESOURCE)
    register(PLACE)
