"""Who may do what in workspace."""

from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.cities.queries import is_secretariat


@rules.predicate
def is_of_the_secretariat(user: User) -> bool:
    return isinstance(user, User) and is_secretariat(user)


rules.add_perm("workspace.set_report_date", is_of_the_secretariat)
rules.add_perm("workspace.drop_report_date", is_of_the_secretariat)
