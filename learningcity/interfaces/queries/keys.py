"""Who holds which key."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Door
from learningcity.interfaces.models import ApiKey

# Questions that one may ask in a minute.
WITHOUT_KEY, WITH_KEY = settings.QUESTIONS_A_MINUTE, 10 * settings.QUESTIONS_A_MINUTE
# Nobody needs more at once; and keys that nobody remembers are keys that others find.
MOST_KEYS = 10
LONGEST_TOKEN = 200


def digest_of(token: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def holder_of(token: str, newest: int) -> int | None:
    """Return the number of a key that may be used, and nothing for any other.

    It is looked up once for every newest audit entry: whoever revokes a key writes one.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    return _holder_of(digest_of(token), newest, str(connection.settings_dict["NAME"]))


@lru_cache(10_000)
def _holder_of(digest: str, newest: int, database: str) -> int | None:
    found = ApiKey.objects.filter(digest=digest, revoked_at__isnull=True, user__is_active=True)
    return found.values_list("pk", flat=True).first()


def keys_of(user: User) -> QuerySet[ApiKey]:
    """Return the keys of a person, those that may be used first, the newest first."""
    return ApiKey.objects.filter(user=user).order_by("revoked_at", "-made_at", "-pk")


def usable_keys(user: User) -> QuerySet[ApiKey]:
    """Return the keys of a person that may be used."""
    return ApiKey.objects.filter(user=user, revoked_at__isnull=True)


def all_keys() -> QuerySet[ApiKey]:
    """Return the keys of everybody that may be used, for the secretariat."""
    return ApiKey.objects.filter(revoked_at__isnull=True).select_related("user").order_by("-made_at", "-pk")


def door_of(user: User) -> list[Door]:
    """Return the way to a person's keys, for the page of their account."""
    return [Door(_("Keys for programs"), reverse("api-keys"))]
