"""What can be read of places and resources to learn."""

from learningcity.library.queries.finding import (
    Found,
    Selection,
    find,
    found_in,
    labels,
    select_places,
    select_resources,
)
from learningcity.library.queries.records import (
    Learning,
    cities_with_learning,
    datasets_to_choose,
    learning_in,
    places,
    places_at,
    resources,
    resources_at,
    sources_of,
)

__all__ = [
    "Found",
    "Learning",
    "Selection",
    "cities_with_learning",
    "datasets_to_choose",
    "find",
    "found_in",
    "labels",
    "learning_in",
    "places",
    "places_at",
    "resources",
    "resources_at",
    "select_places",
    "select_resources",
    "sources_of",
]
