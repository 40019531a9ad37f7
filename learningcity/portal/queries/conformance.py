"""When each standard was last proven, and by what: as the run of the tests wrote it down."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from learningcity.opendata.queries import catalog
from learningcity.portal.registry.standards import GROUPS, TOOLS, Group, Standard

# Written by the tests when they are told to (tests/proofs.py), never by hand.
PROOFS = settings.ROOT / "data" / "conformance.json"
# The table that shows what stands at an address of which there are many: the cities, with their places.
EXAMPLE = "cities"


@dataclass(frozen=True, slots=True)
class Proof:
    """That a program of others found nothing wrong."""

    tool: str
    # What that program is.
    about: object
    tool_version: str
    checks: int
    proven_on: dt.date
    commit: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard, an address where one can see it, and its proofs: none where it has not yet been proven."""

    standard: Standard
    address: str
    proofs: list[Proof]


def conformance() -> list[tuple[Group, list[Claim]]]:
    """Return every standard that we claim, in groups."""
    said = json.loads(PROOFS.read_text(encoding="utf-8"))["proofs"] if PROOFS.exists() else []
    proven: dict[str, list[Proof]] = defaultdict(list)
    for proof in said:
        proven[proof["standard"]].append(proof_from(proof))
    slug = catalog().filter(publication=EXAMPLE).values_list("slug", flat=True).first()
    return [
        (group, [Claim(one, example_of(one.address, slug), proven[one.name]) for one in group.standards])
        for group in GROUPS
    ]


def example_of(address: str, slug: str | None) -> str:
    """Return an address that leads somewhere; none where it needs a dataset and there is none yet."""
    if "<" not in address:
        return address
    return address.replace("<dataset>", slug).replace("<table>", EXAMPLE) if slug else ""


def proof_from(said: dict[str, str]) -> Proof:
    return Proof(
        tool=said["tool"],
        about=TOOLS.get(said["tool"], ""),
        tool_version=said["tool_version"],
        checks=int(said["checks"]),
        proven_on=dt.date.fromisoformat(said["proven_on"]),
        commit=said["commit"],
    )
