"""Who may do what with datasets."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.moderation.registry import authority
from learningcity.opendata.models import Dataset, Upload


@rules.predicate
def may_decide_for(user: User, dataset: Dataset) -> bool:
    """What the platform itself knows is withdrawn where it is known, not here."""
    return isinstance(user, User) and not dataset.is_live and authority().may_approve(user, dataset.place)


@rules.predicate
def may_bring_to(user: User, place: str) -> bool:
    return isinstance(user, User) and authority().may_edit(user, place)


@rules.predicate
def may_see_upload(user: User, upload: Upload) -> bool:
    if not isinstance(user, User):
        return False
    places = authority().places_of(user)
    # Who brought it does not count: a role that ended shows nothing any more.
    return places is None or upload.place in places


rules.add_perm("opendata.withdraw", may_decide_for)
rules.add_perm("opendata.upload", may_bring_to)
rules.add_perm("opendata.see_upload", may_see_upload)
