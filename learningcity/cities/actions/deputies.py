"""Standing in for somebody for a while, and giving a role on with everything that is in hand."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.cities.actions.roles import end, insist_on_open, terms
from learningcity.cities.models import Role
from learningcity.cities.models.people import LONGEST_DEPUTY
from learningcity.cities.queries.authority import may_edit
from learningcity.moderation import actions as moderation
from learningcity.notices.actions import notify

MOVE_WORK = "learningcity.cities.jobs.move_work_on_its_day"


@transaction.atomic
def name_deputy(role: Role, user: User, starts_on: dt.date, ends_on: dt.date, *, by: User) -> Role:
    """Let somebody stand in for the holder of a role, from a day until before another.

    :raises PermissionDenied: if somebody does it who neither holds the role nor is of the secretariat.
    :raises ValidationError: if it is for more than 90 days or lies in the past, or this person cannot be the deputy.
    """
    if not by.has_perm("cities.name_deputy", role):
        raise PermissionDenied
    user = _open_account(user)
    role = Role.objects.select_for_update().get(pk=role.pk)
    insist_on_open(role)
    _insist_on_another(user, role)
    if starts_on < timezone.localdate():
        raise ValidationError({"starts_on": _("The first day lies in the past.")})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    if ends_on - starts_on > LONGEST_DEPUTY:
        raise ValidationError({"ends_on": _("A deputy stands in for 90 days at most. For longer, hand the role over.")})
    if role.deputies.filter(user=user, ends_on__gt=starts_on, starts_on__lt=ends_on).exists():
        raise ValidationError(_("This person stands in at that time already."))
    if role.ends_on and starts_on >= role.ends_on:
        raise ValidationError({"starts_on": _("On that day the role has ended.")})
    ends_on = min(ends_on, role.ends_on or ends_on)
    deputy = Role(user=user, kind=role.kind, city_id=role.city_id, starts_on=starts_on, ends_on=ends_on, deputy_of=role)
    deputy.full_clean()
    deputy.save(force_insert=True)
    write("cities.name_deputy", deputy, by=by, deputy_of=role.pk, **terms(deputy))
    notify(user, "cities.deputy_named", deputy, by=by)
    return deputy


@transaction.atomic
def hand_over_role(role: Role, to: User, on: dt.date, *, by: User) -> Role:
    """Give a role on to somebody else from a day on, with everything that is in hand for it; return the new one.

    The work moves on that day, not before: until then the former holder answers for it, and the new one may not write.

    :raises PermissionDenied: if somebody does it who neither holds the role nor is of the secretariat.
    :raises ValidationError: if the day lies in the past, or the role ends before it, or the other one cannot take it.
    """
    if not by.has_perm("cities.hand_over_role", role):
        raise PermissionDenied
    to = _open_account(to)
    role = Role.objects.select_for_update().get(pk=role.pk)
    insist_on_open(role)
    _insist_on_another(to, role)
    if on < max(timezone.localdate(), role.starts_on):
        raise ValidationError({"on": _("The day lies in the past, or before the role begins.")})
    if role.ends_on and on >= role.ends_on:
        raise ValidationError({"on": _("On that day the role has ended.")})
    new = Role(user=to, kind=role.kind, city_id=role.city_id, starts_on=on, ends_on=role.ends_on)
    new.full_clean()
    new.save(force_insert=True)
    end(role, on, by=by)
    write("cities.hand_over_role", new, by=by, former=role.pk, **terms(new))
    notify(to, "cities.role_handed_over", new, by=by)
    if on <= timezone.localdate():
        move_work(role, new, by=by)
    else:
        midnight = dt.datetime.combine(on, dt.time(), timezone.get_current_timezone())
        app.configure_task(MOVE_WORK, schedule_at=midnight).defer(role=role.pk, new=new.pk, by=by.pk)
    return new


def move_work(role: Role, new: Role, *, by: User) -> int:
    """Give what the former holder of a role has in hand to the new one, and return how much it is.

    Nothing moves if the new role was taken back meanwhile.

    :raises PermissionDenied: if ``by`` is neither the former holder nor of the secretariat (any more).
    """
    place = role.city.slug if role.city else ""
    if not may_edit(new.user, place):
        return 0
    return moderation.hand_over(role.user, new.user, place, by=by)


def _open_account(user: User) -> User:
    """Return the account, locked as for every new role.

    :raises ValidationError: if it is closed.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise ValidationError(_("This account is closed."))
    return user


def _insist_on_another(user: User, role: Role) -> None:
    """Let a role go to somebody who does not hold it.

    :raises ValidationError: if this person holds it, or stands in for somebody else in it.
    """
    if role.deputy_of_id:
        raise ValidationError(_("A deputy cannot give the role on."))
    theirs = Role.objects.filter(user=user, kind=role.kind, city=role.city_id, deputy_of__isnull=True)
    if user.pk == role.user_id or theirs.filter(ends_on__isnull=True).exists():
        raise ValidationError(_("This person already holds this role."))
