"""What may be asked about cities, by noun."""

from learningcity.cities.queries.networks import (
    cities_in_stage,
    joining_years,
    member_count,
    members,
    members_by_year,
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
    policies_in_order,
    profile_versions,
    word_counts,
)
from learningcity.cities.queries.roles import (
    all_roles,
    holdings_of,
    is_secretariat,
    role_history_of,
    roles_of,
    secretariat_without,
    speaks_for,
)

__all__ = [
    "CitySelection",
    "WordCount",
    "all_roles",
    "cities_in_order",
    "cities_in_stage",
    "cities_named",
    "holdings_of",
    "is_secretariat",
    "joining_years",
    "latest_profile",
    "member_count",
    "members",
    "members_by_year",
    "membership_history",
    "people_in_office",
    "policies_in_order",
    "profile_versions",
    "role_history_of",
    "roles_of",
    "secretariat_without",
    "select_cities",
    "similar_cities",
    "speaks_for",
    "stage_from",
    "statuses_on",
    "with_member_since",
    "with_stage",
    "word_counts",
]
