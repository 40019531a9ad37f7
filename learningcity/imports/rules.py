"""Who may do what with imports. Writing one is approved like any other public content, so moderation has the last word."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.imports.models import Import
from learningcity.moderation.registry import authority


@rules.predicate
def may_write_for_place(user: User, place: str) -> bool:
    return isinstance(user, User) and user.is_active and authority().may_edit(user, place)


@rules.predicate
def may_write(user: User, upload: Import) -> bool:
    return may_write_for_place(user, upload.place)


@rules.predicate
def may_see(user: User, upload: Import) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    places = authority().places_of(user)
    return places is None or upload.place in places


@rules.predicate
def approves_for_another(user: User, upload: Import) -> bool:
    """Undoing changes what everybody reads, so it takes an approver, and not the one who brought the file."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.pk != upload.by_id
        and authority().may_approve(user, upload.place)
    )


rules.add_perm("imports.upload_table", may_write_for_place)
rules.add_perm("imports.see_import", may_see)
rules.add_perm("imports.check_again", may_write)
rules.add_perm("imports.submit_import", may_write)
rules.add_perm("imports.discard_import", may_write)
rules.add_perm("imports.undo_import", approves_for_another)
