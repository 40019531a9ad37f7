"""Who may do what in plans. A place is the slug of the city."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.moderation.registry import authority
from learningcity.plans.models import Action, Plan


@rules.predicate
def edits_for(user: User, action: Action) -> bool:
    return isinstance(user, User) and user.is_active and authority().may_edit(user, action.objective.plan.city.slug)


@rules.predicate
def approves_for(user: User, plan: Plan) -> bool:
    return isinstance(user, User) and user.is_active and authority().may_approve(user, plan.city.slug)


rules.add_perm("plans.start_action", edits_for)
rules.add_perm("plans.finish_action", edits_for)
rules.add_perm("plans.stop_action", edits_for)
rules.add_perm("plans.close_plan", approves_for)
rules.add_perm("plans.reopen_plan", approves_for)
