"""Who may make and revoke keys."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.cities.queries import is_secretariat
from learningcity.interfaces.models import ApiKey


@rules.predicate
def is_somebody(user: User) -> bool:
    return isinstance(user, User) and user.is_active


@rules.predicate
def answers_for_the_site(user: User) -> bool:
    return isinstance(user, User) and is_secretariat(user)


@rules.predicate
def holds(user: User, key: ApiKey) -> bool:
    return isinstance(user, User) and user.is_active and key.user_id == user.pk


rules.add_perm("interfaces.make_key", is_somebody)
rules.add_perm("interfaces.see_keys", answers_for_the_site)
rules.add_perm("interfaces.revoke_key", holds | answers_for_the_site)
