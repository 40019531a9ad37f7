"""Hosts are allowed, origins entered and changed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.common.addresses import NotFetched, is_host_name, read_address
from learningcity.harvest.models import Host, Origin
from learningcity.harvest.queries.origins import allowed_hosts


@transaction.atomic
def allow_host(name: str, note: str, *, by: User) -> Host:
    """Allow that a host is asked, by its exact name.

    :raises PermissionDenied: if this person does not decide for the network.
    :raises ValidationError: if it is no name of a host in the world.
    """
    if not by.has_perm("harvest.allow_host"):
        raise PermissionDenied
    known = name.strip().rstrip(".").lower()
    try:
        known = known.encode("idna").decode("ascii")
    except UnicodeError:
        known = ""
    if not is_host_name(known):
        raise ValidationError(_("Write the exact name of one host, such as data.go.th."))
    host, is_new = Host.objects.get_or_create(name=known, defaults={"note": note.strip()[:200], "allowed_by": by})
    if is_new:
        write("harvest.allow_host", host, by=by, host=known)
    return host


@transaction.atomic
def disallow_host(host: Host, *, by: User) -> None:
    """Forbid that a host is asked; what was taken over from there stays.

    :raises PermissionDenied: if this person does not decide for the network.
    """
    if not by.has_perm("harvest.allow_host"):
        raise PermissionDenied
    write("harvest.disallow_host", host, by=by, host=host.name)
    host.delete()


@transaction.atomic
def make_origin(origin: Origin, *, by: User) -> Origin:
    """Enter an origin, filled in and not yet stored.

    :raises PermissionDenied: if this person may not harvest for the place.
    :raises ValidationError: if its host is not allowed, or it contradicts itself.
    """
    if not by.has_perm("harvest.make_origin", origin.place):  # type: ignore[arg-type]
        raise PermissionDenied
    origin.by = by
    refuse_foreign(origin)
    origin.full_clean()
    origin.save(force_insert=True)
    write("harvest.make_origin", origin, by=by, place=origin.place, kind=origin.kind)
    return origin


@transaction.atomic
def change_origin(origin: Origin, *, by: User) -> Origin:
    """Keep what was changed about an origin; another address or kind is asked for everything once more.

    :raises PermissionDenied: if this person may not change it, or not harvest for its new place.
    :raises ValidationError: if its host is not allowed, or it contradicts itself.
    """
    former = Origin.objects.select_for_update().get(pk=origin.pk)
    if not by.has_perm("harvest.change_origin", former) or former.place != origin.place:
        raise PermissionDenied
    refuse_foreign(origin)
    origin.memory = former.memory
    if (former.address, former.kind, former.license) != (origin.address, origin.kind, origin.license):
        origin.memory = {}
    origin.full_clean()
    origin.save()
    write("harvest.change_origin", origin, by=by, active=origin.active)
    return origin


def refuse_foreign(origin: Origin) -> None:
    """Do nothing for an address at a host that was allowed.

    :raises ValidationError: for any other.
    """
    try:
        address = read_address(origin.address)
    except NotFetched:
        raise ValidationError(
            {"address": _("Write an address that begins with https:// and names a host, not a number.")}
        ) from None
    if address.site not in allowed_hosts():
        words = _("The secretariat has not allowed %(host)s yet. Ask for it; then come back.")
        raise ValidationError({"address": words % {"host": address.site}})
