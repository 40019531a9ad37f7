from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Holding
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import City, Role


def in_force(on: dt.date) -> Q:
    """Return the condition under which a role holds on a day: the day it ends on is the first one without it."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def roles_of(user: User, on: dt.date | None = None) -> QuerySet[Role]:
    """Return the roles that a person holds on a day, today if none is named."""
    return Role.objects.filter(in_force(on or timezone.localdate()), user=user).select_related("city")


def role_history_of(user: User) -> QuerySet[Role]:
    """Return every role that a person holds, held or will hold, the newest first."""
    return Role.objects.filter(user=user).select_related("city").order_by("-starts_on", "-pk")


def holdings_of(user: User) -> list[Holding]:
    """Return a person's roles in words, for their own account page."""
    return [
        Holding(
            title=role.get_kind_display(),
            place=str(role.city or _("the whole network")),
            starts_on=role.starts_on,
            ends_on=role.ends_on,
        )
        for role in role_history_of(user)
    ]


def speaks_for(user: User, city: City) -> bool:
    """Tell whether a person may act for this city today."""
    return user.is_active and roles_of(user).filter(city=city).exists()


def is_secretariat(user: User) -> bool:
    """Tell whether a person belongs to the secretariat today."""
    return user.is_active and roles_of(user).filter(kind=RoleKind.SECRETARIAT).exists()


def all_roles() -> QuerySet[Role]:
    """Return all roles for the secretariat: those without an end first, then the newest."""
    return Role.objects.select_related("user", "city").order_by("-ends_on", "-starts_on", "-pk")


def secretariat_without(role: Role) -> QuerySet[Role]:
    """Return the open roles of the secretariat that would remain if this one ended."""
    return Role.objects.filter(
        in_force(timezone.localdate()), kind=RoleKind.SECRETARIAT, ends_on__isnull=True, user__is_active=True
    ).exclude(pk=role.pk)
