"""Who may change public content where: what moderation asks of us."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import City, Role
from learningcity.cities.queries.roles import valid_roles


def may_edit(user: User, place: str) -> bool:
    """Tell whether a person may propose changes for a city; the secretariat may for all, and alone for the network."""
    return _roles().filter(_at(place), user=user).exists()


def may_approve(user: User, place: str) -> bool:
    """Tell whether a person may approve for a city: its approvers, and the secretariat, so that no queue is left alone."""
    kinds = Q(kind__in=[RoleKind.APPROVER, RoleKind.SECRETARIAT])
    return _roles().filter(_at(place) & kinds, user=user).exists()


def approvers_of(place: str) -> Iterable[User]:
    """Return who is told that something waits: the approvers of the city, or the secretariat where there are none."""
    here = _roles().filter(kind=RoleKind.APPROVER, city__slug=place)
    roles = here if place and here.exists() else _roles().filter(kind=RoleKind.SECRETARIAT)
    return User.objects.filter(pk__in=roles.values("user")).order_by("pk")


def places_of(user: User) -> list[str] | None:
    """Return the cities whose queues a person sees; None for all."""
    held = list(_roles().filter(user=user).values_list("kind", "city__slug"))
    if any(kind == RoleKind.SECRETARIAT for kind, _slug in held):
        return None
    return sorted({slug for _kind, slug in held})


def name_of(place: str) -> object:
    """Return the name of a city, or what stands for all of them."""
    city = City.objects.filter(slug=place).first() if place else None
    return city.name if city else (place or _("the whole network"))


def _roles() -> QuerySet[Role]:
    return valid_roles().filter(user__is_active=True)


def _at(place: str) -> Q:
    everywhere = Q(kind=RoleKind.SECRETARIAT)
    if not place:
        return everywhere
    # For a city that there is not, nobody may do anything.
    return Q(city__slug=place) | (everywhere & Q(Exists(City.objects.filter(slug=place))))
