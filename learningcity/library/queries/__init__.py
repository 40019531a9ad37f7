"""What can be read of places and resources to learn."""

from learningcity.library.queries.counting import STAGES, Counts, counts, counts_of_stages
from learningcity.library.queries.finding import (
    Found,
    Selection,
    find,
    found_in,
    labels,
    place_meets,
    resource_meets,
    select_places,
    select_resources,
)
from learningcity.library.queries.records import (
    Learning,
    cities_with_learning,
    cities_with_places,
    datasets_to_choose,
    learning_in,
    places,
    places_at,
    places_by_area,
    resources,
    resources_at,
    sources_of,
)

__all__ = [
    "STAGES",
    "Counts",
    "Found",
    "Learning",
    "Selection",
    "cities_with_learning",
    "cities_with_places",
    "counts",
    "counts_of_stages",
    "datasets_to_choose",
    "find",
    "found_in",
    "labels",
    "learning_in",
    "place_meets",
    "places",
    "places_at",
    "places_by_area",
    "resource_meets",
    "resources",
    "resources_at",
    "select_places",
    "select_resources",
    "sources_of",
]
