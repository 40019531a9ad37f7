"""Who may harvest what for whom."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.harvest.models import Copy, Origin, Run
from learningcity.moderation.registry import authority


@rules.predicate
def is_secretariat(user: User) -> bool:
    """Who may decide for the whole network."""
    return isinstance(user, User) and authority().may_approve(user, "")


@rules.predicate
def may_harvest_for(user: User, place: str) -> bool:
    """Whoever may edit for a place; which machines are asked, the secretariat decided."""
    return isinstance(user, User) and authority().may_edit(user, place)


@rules.predicate
def may_change(user: User, origin: Origin) -> bool:
    return isinstance(user, User) and authority().may_edit(user, origin.place)


@rules.predicate
def may_see(user: User, origin: Origin) -> bool:
    if not isinstance(user, User):
        return False
    places = authority().places_of(user)
    return places is None or origin.place in places


@rules.predicate
def may_stop(user: User, run: Run) -> bool:
    return may_change(user, run.origin)


@rules.predicate
def may_look_after(user: User, copy: Copy) -> bool:
    """Whoever decides for the place, and is not the one who had the catalog harvested."""
    is_second = isinstance(user, User) and copy.origin.by_id != user.pk
    return is_second and authority().may_approve(user, copy.dataset.place)


rules.add_perm("harvest.allow_host", is_secretariat)
rules.add_perm("harvest.make_origin", may_harvest_for)
rules.add_perm("harvest.change_origin", may_change)
rules.add_perm("harvest.begin_run", may_change)
rules.add_perm("harvest.stop_run", may_stop)
rules.add_perm("harvest.see_origin", may_see)
rules.add_perm("harvest.look_after", may_look_after)
