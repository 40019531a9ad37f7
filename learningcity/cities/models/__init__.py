"""The ground floor, by noun: places, networks, people, stories."""

from learningcity.cities.models.networks import Membership, MembershipStatus, Network
from learningcity.cities.models.people import Office, Person, Role
from learningcity.cities.models.places import Alias, City, DrivingBody, LocalAuthority, Province
from learningcity.cities.models.profiles import Component, Milestone, Policy, Profile

__all__ = [
    "Alias",
    "City",
    "Component",
    "DrivingBody",
    "LocalAuthority",
    "Membership",
    "MembershipStatus",
    "Milestone",
    "Network",
    "Office",
    "Person",
    "Policy",
    "Profile",
    "Province",
    "Role",
]
