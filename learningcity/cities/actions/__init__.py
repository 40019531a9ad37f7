"""What can be done on the ground floor, by noun."""

from learningcity.cities.actions.deputies import hand_over_role, move_work, name_deputy
from learningcity.cities.actions.roles import end_all_roles, end_role, grant_role
from learningcity.cities.actions.sources import cite

__all__ = [
    "cite",
    "end_all_roles",
    "end_role",
    "grant_role",
    "hand_over_role",
    "move_work",
    "name_deputy",
]
