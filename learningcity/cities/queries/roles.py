from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Holding
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import Role


def in_force(on: dt.date) -> Q:
    """Return the condition under which a role holds on a day: the day it ends on is the first one without it."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def valid_roles(on: dt.date | None = None) -> QuerySet[Role]:
    """Return the roles that hold on a day, today if none is named; a deputy's only while the role it stands in for does."""
    then = in_force(on or timezone.localdate())
    stands = Exists(Role.objects.filter(then, pk=OuterRef("deputy_of")))
    return Role.objects.filter(then & (Q(deputy_of__isnull=True) | stands))


def roles_of(user: User, on: dt.date | None = None) -> QuerySet[Role]:
    """Return the roles that a person holds on a day, today if none is named."""
    return valid_roles(on).filter(user=user).select_related("city")


def role_history_of(user: User) -> QuerySet[Role]:
    """Return every role that a person holds, held or will hold, the newest first."""
    return Role.objects.filter(user=user).select_related("city").order_by("-starts_on", "-pk")


def holdings_of(user: User) -> list[Holding]:
    """Return a person's roles in words, for their own account page."""
    return [
        Holding(
            title=title_of(role),
            place=str(role.city or _("the whole network")),
            starts_on=role.starts_on,
            ends_on=role.ends_on,
        )
        for role in role_history_of(user)
    ]


def title_of(role: Role) -> str:
    """Return what a role is, in words."""
    title = role.get_kind_display()
    return _("%(role)s (deputy)") % {"role": title} if role.deputy_of_id else title


def is_secretariat(user: User) -> bool:
    """Tell whether a person belongs to the secretariat today."""
    return user.is_active and roles_of(user).filter(kind=RoleKind.SECRETARIAT).exists()


def holds(user: User, role: Role) -> bool:
    """Tell whether this is a person's own role today, and not one in which they stand in for somebody."""
    own = Role.objects.filter(in_force(timezone.localdate()), pk=role.pk, user=user, deputy_of__isnull=True)
    return user.is_active and own.exists()


def all_roles() -> QuerySet[Role]:
    """Return all roles for the secretariat: those without an end first, then the newest."""
    return Role.objects.select_related("user", "city", "deputy_of__user").order_by("-ends_on", "-starts_on", "-pk")


def own_roles_of(user: User) -> QuerySet[Role]:
    """Return the roles that a person may share or give on: their own that hold today."""
    return roles_of(user).filter(deputy_of__isnull=True).order_by("city__sort_th", "kind", "pk")


def team_of(user: User) -> QuerySet[Role]:
    """Return who may do what in the cities for which a person works, today and in days to come."""
    cities = roles_of(user).filter(city__isnull=False).values("city")
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate())
    here = Role.objects.filter(later, city__in=cities, user__is_active=True)
    return here.select_related("user", "city", "deputy_of__user").order_by(
        "city__sort_th", "city", "kind", "starts_on", "pk"
    )


def secretariat_without(role: Role) -> QuerySet[Role]:
    """Return the open roles of the secretariat that would remain if this one ended."""
    return Role.objects.filter(
        in_force(timezone.localdate()), kind=RoleKind.SECRETARIAT, ends_on__isnull=True, user__is_active=True
    ).exclude(pk=role.pk)
