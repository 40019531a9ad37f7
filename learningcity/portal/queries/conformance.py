"""When each standard was last proven, and by what: as the run of the tests wrote it down."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.conf import settings

from learningcity.portal.registry.standards import STANDARDS, Standard

# Written by the tests when they are told to (tests/proofs.py), never by hand.
PROOFS = settings.ROOT / "data" / "conformance.json"


@dataclass(frozen=True, slots=True)
class Proof:
    """That a program of others found nothing wrong."""

    tool: str
    tool_version: str
    checks: int
    proven_on: dt.date
    commit: str


def conformance() -> list[tuple[Standard, list[Proof]]]:
    """Return every standard that we claim, with its proofs; none where it has not yet been proven."""
    said = json.loads(PROOFS.read_text(encoding="utf-8"))["proofs"] if PROOFS.exists() else []
    return [(one, [proof_from(proof) for proof in said if proof["standard"] == one.name]) for one in STANDARDS]


def proof_from(said: dict[str, str]) -> Proof:
    return Proof(
        tool=said["tool"],
        tool_version=said["tool_version"],
        checks=int(said["checks"]),
        proven_on=dt.date.fromisoformat(said["proven_on"]),
        commit=said["commit"],
    )
