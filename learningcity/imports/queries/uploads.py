from __future__ import annotations

from django.db.models import QuerySet

from learningcity.accounts.models import User
from learningcity.imports.enums import Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.registry import Table
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import authority

# Under this name imports stand in the queue of moderation.
KIND = "import"


def uploads_in(user: User) -> QuerySet[Import]:
    """Return the imports of the places that a person works for, the newest first."""
    found = Import.objects.select_related("by", "progress").order_by("-uploaded_at", "-pk")
    places = authority().places_of(user)
    return found if places is None else found.filter(place__in=places)


def rows_of(upload: Import, verdict: str = "") -> QuerySet[Row]:
    """Return the rows of an import in their order, all or those with one verdict."""
    rows = Row.objects.filter(upload=upload).order_by("number")
    return rows.filter(verdict=verdict) if verdict in Verdict.values else rows


def reasons_of(row: Row, table: Table) -> list[tuple[str, str]]:
    """Return column and reason of all that is wrong with a row, in the order of the columns."""
    order = [column.name for column in table.columns]
    return sorted(row.reasons.items(), key=lambda said: order.index(said[0]) if said[0] in order else -1)


def proposal_of(upload: Import) -> Proposal | None:
    """Return the latest proposal to write this import, whatever became of it."""
    found = Proposal.objects.filter(kind=KIND, key=str(upload.pk))
    return found.select_related("author", "decided_by").order_by("-started_at", "-pk").first()


def shown_of(upload: Import) -> str:
    """Return what stands for all that the page of an import shows: another check, choice or decision changes it."""
    proposal = proposal_of(upload)
    # Every check makes the rows anew.
    row = Row.objects.filter(upload=upload).order_by("number").values_list("pk", flat=True).first()
    said = [proposal.pk, proposal.version, proposal.state] if proposal else []
    return "-".join(map(str, [upload.state, row or 0, *said]))


def waits_for_approval(upload: Import) -> bool:
    """Tell whether somebody else has to decide on this import now."""
    waiting = (ProposalState.SUBMITTED, ProposalState.SCHEDULED)
    return Proposal.objects.filter(kind=KIND, key=str(upload.pk), state__in=waiting).exists()


def released_by(upload: Import) -> User | None:
    """Return who approved this import; nobody, if it came from the command line."""
    found = Proposal.objects.filter(kind=KIND, key=str(upload.pk), state=ProposalState.PUBLISHED)
    proposal = found.select_related("decided_by").order_by("-published_at").first()
    return proposal.decided_by if proposal else None
