"""Keys are made, used and revoked."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.interfaces.models import ApiKey
from learningcity.interfaces.queries.keys import MOST_KEYS, digest_of, usable_keys

# So that programs which look for secrets in code can find one of ours.
MARK = "lc_"


@transaction.atomic
def make_key(name: str, *, by: User) -> tuple[ApiKey, str]:
    """Make a key for a person's programs; the key itself is told this once.

    :raises PermissionDenied: if it is nobody who may.
    :raises ValidationError: if the person has as many as anybody needs, or does not say what it is for.
    """
    if not by.has_perm("interfaces.make_key"):
        raise PermissionDenied
    # Two of one person must not both find that there is room for one more.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if usable_keys(by).count() >= MOST_KEYS:
        raise ValidationError(_("You have %(most)s keys. Revoke one that you no longer use.") % {"most": MOST_KEYS})
    token = MARK + secrets.token_urlsafe(32)
    key = ApiKey(user=by, name=name.strip(), beginning=token[:9], digest=digest_of(token))
    key.full_clean()
    key.save(force_insert=True)
    write("make key", key, by=by)
    return key, token


@transaction.atomic
def revoke_key(key: ApiKey, *, by: User) -> ApiKey:
    """Let a key be worth nothing from now on.

    :raises PermissionDenied: if it is another's key, unless by the secretariat.
    """
    if not by.has_perm("interfaces.revoke_key", key):
        raise PermissionDenied
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if not key.is_revoked:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        write("revoke key", key, by=by)
    return key


def revoke_all_keys(user: User) -> None:
    """Let every key of a person who leaves be worth nothing."""
    for key in usable_keys(user):
        revoke_key(key, by=user)
    # What they called them is theirs.
    ApiKey.objects.filter(user=user).update(name="–")


def note_key_used(number: int) -> None:
    """Write down that a key was used today, if nobody did yet."""
    today = timezone.localdate()
    unused = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    ApiKey.objects.filter(unused, pk=number).update(last_used_on=today)
