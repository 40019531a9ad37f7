"""What the plan builder shows: the six fields of action, what stands in each, and what is still being written."""

from __future__ import annotations

from dataclasses import dataclass

from learningcity.accounts.models import User
from learningcity.moderation.enums import OPEN
from learningcity.moderation.models import Proposal
from learningcity.plans.queries import FieldShown, Guide, LivingPlan, guide_to

KINDS = ("plan", "objective", "action", "small-win")


@dataclass(frozen=True, slots=True)
class Step:
    """One field of action: what it means, what the plan says in it, and the drafts of objectives."""

    guide: Guide
    shown: FieldShown | None
    drafts: list[Proposal]


def drafts_of(place: str, user: User) -> list[Proposal]:
    """Return what this person is writing for the plan of a place and has not published yet, the oldest first."""
    mine = Proposal.objects.filter(place=place, keeper=user, kind__in=KINDS, key="", state__in=OPEN)
    return list(mine.order_by("started_at", "pk"))


def steps_of(guides: tuple[Guide, ...], living: LivingPlan | None, drafts: list[Proposal]) -> list[Step]:
    """Return the six steps of the builder."""
    shown = {field.field: field for field in living.fields} if living else {}
    objectives = [draft for draft in drafts if draft.kind == "objective"]
    return [
        Step(
            guide_to(guide.field),
            shown.get(guide.field),
            [draft for draft in objectives if draft.values.get("field") == guide.field],
        )
        for guide in guides
    ]


def draft_title(draft: Proposal) -> str:
    """Return how a draft is called: by what was typed so far."""
    names = ("title_th", "title_en", "note_th", "note_en")
    return next((str(text) for name in names if (text := draft.values.get(name))), "")
