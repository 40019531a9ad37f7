"""Who may do what in pictures."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.pictures import queries
from learningcity.pictures.models import Picture


@rules.predicate
def may_edit(user: User, picture: Picture) -> bool:
    """Whoever may propose changes for a place looks after its pictures."""
    return isinstance(user, User) and user.has_perm("moderation.propose", picture.place)  # type: ignore[arg-type]


@rules.predicate
def is_not_public(user: User, picture: Picture) -> bool:
    return not picture.is_public


@rules.predicate
def waits_for_nobody(user: User, picture: Picture) -> bool:
    return not queries.waits_for_approval(picture)


@rules.predicate
def is_public(user: User, picture: Picture) -> bool:
    return picture.is_public


rules.add_perm("pictures.see", may_edit)
rules.add_perm("pictures.try_again", may_edit)
# What everybody reads under a picture is public content, which nobody changes alone.
rules.add_perm("pictures.change_words", may_edit & is_not_public & waits_for_nobody)
rules.add_perm("pictures.propose_words", may_edit & is_public)
# Also what is published, and without waiting for an approver: whoever withdraws consent must not wait.
rules.add_perm("pictures.withdraw", may_edit)
