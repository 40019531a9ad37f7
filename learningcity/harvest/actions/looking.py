"""Look first: what the first records of a catalog would become, with nothing stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied

from learningcity.accounts.models import User
from learningcity.common.fetching import Limits
from learningcity.common.text import LocalText
from learningcity.harvest.actions.origins import refuse_foreign
from learningcity.harvest.enums import Outcome, Scope
from learningcity.harvest.models import Finding, Origin
from learningcity.harvest.queries.origins import allowed_hosts
from learningcity.harvest.tasks.reading import asking_of, next_page
from learningcity.harvest.tasks.remote import Remote
from learningcity.harvest.tasks.robots import Harvester
from learningcity.opendata.models import Dataset

RECORDS = 5
# A person waits for it.
LIMITS = Limits(size=20_000_000, seconds=15, connecting=5)


@dataclass(frozen=True)
class Looked:
    """What one record would become."""

    finding: Finding
    # Not stored, and never will be.
    dataset: Dataset
    files: list[LocalText]


def look_first(origin: Origin, *, by: User) -> list[Looked]:
    """Return what the first records of an origin would become; it needs not be stored, and nothing is.

    :raises PermissionDenied: if this person may not harvest for the place.
    :raises ValidationError: if its host is not allowed.
    :raises NotFetched: if there is an obstacle.
    """
    if not by.has_perm("harvest.make_origin", origin.place):  # type: ignore[arg-type]
        raise PermissionDenied
    refuse_foreign(origin)
    fetcher = Harvester(allowed_hosts(), pause=0, limits=LIMITS, longest_delay=0)
    asking = replace(asking_of(origin, frozenset(), Scope.EVERYTHING), fetcher=fetcher, rows=RECORDS)
    found = next_page(origin, asking, {}).records
    return [looked(record) for record in found if not record.deleted][:RECORDS]


def looked(record: Remote) -> Looked:
    """Return what a record would become."""
    outcome = Outcome.REFUSED if record.refusal else Outcome.NEW
    finding = Finding(
        remote_id=record.id, title=record.title, outcome=outcome, reason=record.refusal, detail=record.detail
    )
    dataset = Dataset(
        title_th=record.title_th,
        title_en=record.title_en,
        notes_th=record.notes_th,
        notes_en=record.notes_en,
        license=record.license,
        landing_page=record.landing_page,
    )
    return Looked(finding, dataset, [LocalText(file.title or file.address, "") for file in record.files])
