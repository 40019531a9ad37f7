"""What the facts of a city rest on, and who is known there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from learningcity.cities.models import (
    City,
    Component,
    DrivingBody,
    LocalAuthority,
    MembershipStatus,
    Milestone,
    Office,
    Person,
    Profile,
)


def sources_of(place: str) -> QuerySet[Any]:
    """Return the numbers of the sources on which the facts of a city rest."""
    own = [
        model._default_manager.filter(city__slug=place).order_by().values_list("source_id", flat=True)
        for model in (Component, DrivingBody, LocalAuthority, Milestone, Office, Profile)
    ]
    statuses = MembershipStatus.objects.filter(membership__city__slug=place).values_list("source_id", flat=True)
    location = City.objects.filter(slug=place, location_source__isnull=False)
    return location.values_list("location_source_id", flat=True).union(statuses, *own)


def people_of(place: str) -> QuerySet[Person]:
    """Return the people who are known to hold or to have held an office in a city."""
    return Person.objects.filter(offices__city__slug=place).distinct().order_by("name_th", "name_en", "pk")
