from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.cities import queries
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import Role


@transaction.atomic
def grant_role(role: Role, *, by: User | None) -> Role:
    """Give an account a role; nobody stands for a command.

    :raises PermissionDenied: if somebody does it who is not of the secretariat.
    :raises ValidationError: if the account is closed, or the role is held already or contradicts itself.
    """
    if by is not None and not by.has_perm("cities.grant_role"):
        raise PermissionDenied
    # Two people may press the button at once: the second one waits, and then sees what the first one did. Without the key,
    # because two who grant each other a role would otherwise wait for each other: each entry points to its author.
    user = User.objects.select_for_update(no_key=True).get(pk=role.user_id)
    if not user.is_active:
        raise ValidationError(_("This account is closed."))
    role.full_clean()
    role.save(force_insert=True)
    write("cities.grant_role", role, by=by, **terms(role))
    return role


@transaction.atomic
def end_role(role: Role, on: dt.date, *, by: User) -> Role:
    """End a role, so that from this day on it is held no more.

    :raises PermissionDenied: if somebody does it who is not of the secretariat.
    :raises ValidationError: if the role has ended, would end before it starts, or is the secretariat's last.
    """
    if not by.has_perm("cities.end_role"):
        raise PermissionDenied
    # In one order, so that two who end each other's role at once do not leave nobody.
    locked = {each.pk: each for each in Role.objects.select_for_update().order_by("pk").filter(kind=role.kind)}
    role = locked[role.pk]
    insist_on_open(role)
    is_last = role.kind == RoleKind.SECRETARIAT and not role.deputy_of_id
    if is_last and not queries.secretariat_without(role).exists():
        raise ValidationError(_("This is the last role of the secretariat: grant it to somebody else first."))
    return end(role, on, by=by)


def end_all_roles(user: User) -> None:
    """End every role of a person who erases their account; those that have not begun never will."""
    today = timezone.localdate()
    for role in Role.objects.select_for_update().filter(user=user).order_by("pk"):
        # Its end may have come with that of the role before, whose deputy this is.
        role.refresh_from_db()
        if role.ends_on is None or role.ends_on > today:
            end(role, max(today, role.starts_on), by=user)


def end(role: Role, on: dt.date, *, by: User) -> Role:
    """Write the end of a role into its row and into the chain; who may do so was asked before.

    :raises ValidationError: if the role would end before it starts.
    """
    role.ends_on = on
    role.full_clean()
    role.save(update_fields=["ends_on"])
    write("cities.end_role", role, by=by, **terms(role))
    # Nobody stands in for a role that is no longer held; a deputy whose time has not come never begins.
    for deputy in Role.objects.select_for_update().filter(deputy_of=role, ends_on__gt=on).order_by("pk"):
        end(deputy, max(on, deputy.starts_on), by=by)
    return role


def insist_on_open(role: Role) -> None:
    """Let nobody touch a role that is over.

    :raises ValidationError: if it is.
    """
    if role.ends_on and role.ends_on <= timezone.localdate():
        raise ValidationError(_("This role has ended already."))


def terms(role: Role) -> dict[str, object]:
    return {
        "account": role.user_id,
        "role": role.kind,
        "city": role.city_id,
        "from": role.starts_on,
        "to": role.ends_on,
    }
