"""The public content of a city: what moderation needs to know of each kind."""

from learningcity.cities.kinds.people import OFFICE, PERSON
from learningcity.cities.kinds.places import CITY
from learningcity.cities.kinds.profiles import PROFILE
from learningcity.cities.kinds.stories import COMPONENT, MILESTONE
from learningcity.moderation.registry import register


def register_kinds() -> None:
    """Put everything that is told of a city under moderation, in the order in which an officer looks for it."""
    for kind in (PROFILE, MILESTONE, OFFICE, PERSON, COMPONENT, CITY):
        register(kind)
