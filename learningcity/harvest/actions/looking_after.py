"""A second pair of eyes on what a program brought."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.harvest.models import Copy


@transaction.atomic
def look_after(numbers: Iterable[int], *, by: User) -> int:
    """Write down that a person looked at what was taken over, and return at how much of it was new to that.

    :raises PermissionDenied: if this person may not decide for one of them, or had it harvested.
    """
    found = Copy.objects.select_for_update(of=("self",)).select_related("origin", "dataset")
    copies = list(found.filter(pk__in=list(numbers), looked_at__isnull=True).order_by("pk"))
    if not all(by.has_perm("harvest.look_after", copy) for copy in copies):
        raise PermissionDenied
    for copy in copies:
        copy.looked_at, copy.looked_by = timezone.now(), by
        copy.save(update_fields=["looked_at", "looked_by"])
        write("harvest.look_after", copy.dataset, by=by, origin=copy.origin_id)
    return len(copies)
