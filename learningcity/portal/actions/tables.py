"""The files under data/, each with the model whose rows it holds, in the order in which they lean on each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from learningcity.awards.models import Category, Edition
from learningcity.cities.models import (
    Alias,
    City,
    Component,
    DrivingBody,
    LocalAuthority,
    Membership,
    MembershipStatus,
    Milestone,
    Network,
    Office,
    Person,
    Policy,
    Profile,
    Province,
)
from learningcity.common.loading import Row
from learningcity.common.thai.dates import iso_date
from learningcity.library.models import LearningPlace
from learningcity.opendata.models import TOTAL, Indicator, Observation
from learningcity.partners.models import (
    Agreement,
    Announcement,
    Goal,
    GoalLink,
    Organization,
    Party,
    Presence,
    Signatory,
    Target,
)
from learningcity.practices.models import Answer, Figure, Practice
from learningcity.sources.models import Source


@dataclass(frozen=True)
class Table:
    """A file, its model, and the columns that together name a row."""

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    # The records that may stand in the file; the others are none of its business.
    among: models.Q = field(default_factory=models.Q)

    def name_of(self, record: Any) -> str:
        """Return the name by which other files point to this record: its key, joined with slashes."""
        return "/".join(part for column in self.key if (part := self._part(record, column)))

    def written(self, row: Row) -> str:
        """Return the name of a record as its row writes it."""
        return "/".join(cell for column in self.key if (cell := row.cells[column]))

    def _part(self, record: Any, column: str) -> str:
        value = getattr(record, column)
        if isinstance(value, models.Model):
            return TABLE_OF[type(value)].name_of(value)
        if hasattr(value, "isoformat"):
            return iso_date(value, getattr(record, column.removesuffix("_on") + "_precision"))
        return "" if value is None else str(value)


TABLES = [
    Table("sources.csv", Source, ("slug",)),
    Table("provinces.csv", Province, ("code",)),
    Table("cities.csv", City, ("slug",)),
    Table("aliases.csv", Alias, ("city", "name")),
    Table("authorities.csv", LocalAuthority, ("city",)),
    Table("driving_bodies.csv", DrivingBody, ("city", "position")),
    Table("networks.csv", Network, ("slug",)),
    Table("memberships.csv", Membership, ("network", "city")),
    Table("membership_statuses.csv", MembershipStatus, ("membership", "starts_on")),
    Table("people.csv", Person, ("slug",)),
    Table("offices.csv", Office, ("city", "person", "kind", "source")),
    Table("profiles.csv", Profile, ("city", "version")),
    Table("policies.csv", Policy, ("profile", "theme")),
    Table("milestones.csv", Milestone, ("city", "slug")),
    Table("components.csv", Component, ("city", "kind", "position")),
    Table("indicators.csv", Indicator, ("slug",)),
    Table(
        "observations.csv", Observation, ("indicator", "city", "network", "observed_on", "source", "qualifier"), TOTAL
    ),
    Table("practices.csv", Practice, ("slug",)),
    Table("answers.csv", Answer, ("practice", "point", "source")),
    Table("figures.csv", Figure, ("practice", "observation")),
    Table("learning_places.csv", LearningPlace, ("slug",)),
    Table("goals.csv", Goal, ("number",)),
    Table("targets.csv", Target, ("code",)),
    Table("organizations.csv", Organization, ("slug",)),
    Table("presences.csv", Presence, ("organization", "city")),
    Table("agreements.csv", Agreement, ("slug",)),
    Table("parties.csv", Party, ("agreement", "organization")),
    Table("signatories.csv", Signatory, ("party", "agreement", "name_th", "name_en")),
    Table("agreement_goals.csv", GoalLink, ("agreement", "goal", "target")),
    Table("announcements.csv", Announcement, ("agreement", "observation")),
    Table("award_editions.csv", Edition, ("slug",)),
    Table("award_categories.csv", Category, ("edition", "slug")),
]
TABLE_OF = {table.model: table for table in TABLES}
