from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.moderation import queries
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Proposal, Report
from learningcity.moderation.registry import authority, kind_named


@rules.predicate
def may_edit_place(user: User, place: str) -> bool:
    return isinstance(user, User) and authority().may_edit(user, place)


@rules.predicate
def may_see_place(user: User, place: str) -> bool:
    if not isinstance(user, User):
        return False
    places = authority().places_of(user)
    return places is None or place in places


@rules.predicate
def keeps(user: User, proposal: Proposal) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and proposal.keeper_id == user.pk
        and queries.may_write(user, proposal)
    )


@rules.predicate
def may_see_proposal(user: User, proposal: Proposal) -> bool:
    return may_see_place(user, proposal.place) or (isinstance(user, User) and proposal.keeper_id == user.pk)


@rules.predicate
def may_decide(user: User, proposal: Proposal) -> bool:
    """Whoever had a hand in it is never the one who decides."""
    return (
        isinstance(user, User)
        and authority().may_approve(user, proposal.place)
        and user.pk not in (proposal.author_id, proposal.keeper_id)
        and not proposal.hands.filter(user=user).exists()
        and user.pk not in kind_named(proposal.kind).hands_in(queries.whole_values(proposal))
    )


@rules.predicate
def may_withdraw(user: User, proposal: Proposal) -> bool:
    if proposal.state == ProposalState.SCHEDULED:
        return keeps(user, proposal) or may_decide(user, proposal)
    return keeps(user, proposal)


@rules.predicate
def may_answer(user: User, report: Report) -> bool:
    return may_edit_place(user, report.place) or may_see_place(user, report.place)


@rules.predicate
def oversees_all(user: User) -> bool:
    return isinstance(user, User) and authority().places_of(user) is None


rules.add_perm("moderation.propose", may_edit_place)
rules.add_perm("moderation.see_queue", may_see_place)
rules.add_perm("moderation.see", may_see_proposal)
rules.add_perm("moderation.save_draft", keeps)
rules.add_perm("moderation.submit", keeps)
rules.add_perm("moderation.take", keeps)
rules.add_perm("moderation.recall", keeps)
rules.add_perm("moderation.withdraw", may_withdraw)
rules.add_perm("moderation.approve", may_decide)
rules.add_perm("moderation.send_back", may_decide)
rules.add_perm("moderation.answer_report", may_answer)
rules.add_perm("moderation.erase_names", oversees_all)
