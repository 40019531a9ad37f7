"""What may be asked about cities, by noun."""

from learningcity.cities.queries.networks import (
    cities_in_stage,
    joining_years,
    member_count,
    members,
    membership_history,
    stage_from,
    statuses_on,
    with_member_since,
    with_stage,
)
from learningcity.cities.queries.places import (
    CitySelection,
    cities_in_order,
    cities_named,
    select_cities,
    similar_cities,
)
from learningcity.cities.queries.profiles import (
    WordCount,
    latest_profile,
    people_in_office,
    profile_versions,
    word_counts,
)

__all__ = [
    "CitySelection",
    "WordCount",
    "cities_in_order",
    "cities_in_stage",
    "cities_named",
    "joining_years",
    "latest_profile",
    "member_count",
    "members",
    "membership_history",
    "people_in_office",
    "profile_versions",
    "select_cities",
    "similar_cities",
    "stage_from",
    "statuses_on",
    "with_member_since",
    "with_stage",
    "word_counts",
]
