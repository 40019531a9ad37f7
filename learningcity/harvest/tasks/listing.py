"""How a list is read: page by page, so that it can go on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from learningcity.harvest.enums import Scope
from learningcity.harvest.tasks.remote import Remote
from learningcity.harvest.tasks.robots import Harvester


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is asked, and where."""

    fetcher: Harvester
    address: str
    # The license of the origin, for records that name none, and its name.
    license: str = ""
    title: str = ""
    # What the last run learned; empty where everything is asked for.
    memory: dict[str, Any] = field(default_factory=dict)
    # As many records at once as one can well take in.
    rows: int = 100

    @property
    def scope(self) -> Scope:
        return Scope.CHANGES if self.memory else Scope.EVERYTHING


@dataclass(frozen=True, kw_only=True)
class Page:
    """A part of a list."""

    records: list[Remote] = field(default_factory=list)
    # Where the next page begins; None after the last one.
    cursor: dict[str, Any] | None = None
    # Whether the list, once read to its end, names everything there is: what is missing from it is gone.
    is_whole: bool = False
    # What the next run should know.
    learned: dict[str, Any] = field(default_factory=dict)
    # CKAN: the names of everything there is.
    names: list[str] | None = None
