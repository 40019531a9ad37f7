from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.moderation.enums import OPEN, ProposalState
from learningcity.moderation.models import Hand, Proposal
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify


@transaction.atomic
def hand_over(user: User, to: User, place: str, *, by: User) -> int:
    """Give everything that somebody has in hand for a place to somebody else, and return how much it is.

    :raises PermissionDenied: if it is neither one's own nor one oversees the place, or the other one may not edit there.
    """
    oversees = authority().places_of(by) is None
    if not (by.pk == user.pk or oversees) or not by.is_active or not authority().may_edit(to, place):
        raise PermissionDenied
    theirs = set(Proposal.objects.filter(keeper=to, state__in=OPEN).exclude(key="").values_list("kind", "key"))
    moved = 0
    for proposal in Proposal.objects.select_for_update(of=("self",)).filter(keeper=user, place=place, state__in=OPEN):
        # Nobody keeps two drafts of one record, and what waits for its time was approved by somebody else than its keeper.
        if (proposal.kind, proposal.key) in theirs:
            continue
        if proposal.decided_by_id == to.pk:
            if proposal.state == ProposalState.SCHEDULED:
                continue
            # What they sent back they may mend themselves; then somebody else decides.
            proposal.decided_by = proposal.decided_at = None
        proposal.keeper = to
        proposal.save(update_fields=["keeper", "decided_by", "decided_at"])
        Hand.objects.get_or_create(proposal=proposal, user=to)
        write("moderation.hand_over", proposal, by=by, account=to.pk)
        moved += 1
    if moved:
        notify(to, "moderation.handed_over", to, by=by, count=moved)
    return moved
