from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.cities import queries
from learningcity.cities.models import Role


@rules.predicate
def is_secretariat(user: User) -> bool:
    return isinstance(user, User) and queries.is_secretariat(user)


@rules.predicate
def holds_role(user: User, role: Role) -> bool:
    return isinstance(user, User) and queries.holds(user, role)


rules.add_perm("cities.grant_role", is_secretariat)
rules.add_perm("cities.end_role", is_secretariat)
rules.add_perm("cities.name_deputy", holds_role | is_secretariat)
rules.add_perm("cities.hand_over_role", holds_role | is_secretariat)
# Accounts knows no secretariat; whoever grants the roles also opens the accounts for them.
rules.add_perm("accounts.open_account", is_secretariat)
