from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Door
from learningcity.cities.queries import roles_of


def doors_of(user: User) -> Iterator[Door]:
    """Return the pages for the work that this person's roles allow."""
    if roles_of(user).exists():
        yield Door(_("My roles and my team: name a deputy, hand over"), reverse("team"))
    if user.has_perm("cities.grant_role"):
        yield Door(_("Roles: who may do what for which city"), reverse("roles"))
    if user.is_staff:
        yield Door(_("Administration: look at everything"), reverse("admin:index"))
