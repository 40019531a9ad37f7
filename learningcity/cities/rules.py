from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.cities import queries


@rules.predicate
def is_secretariat(user: User) -> bool:
    return isinstance(user, User) and queries.is_secretariat(user)


rules.add_perm("cities.grant_role", is_secretariat)
rules.add_perm("cities.end_role", is_secretariat)
