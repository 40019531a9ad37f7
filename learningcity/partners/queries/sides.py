"""Who stands on which side of a promise: the clerk of the partner, or the officers of the city."""

import datetime as dt
import hashlib

from django.db.models import Q, QuerySet
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.accounts.registry import Holding
from learningcity.moderation.registry import authority
from learningcity.partners.enums import Side
from learningcity.partners.models import Agreement, Clerk, Commitment, Invitation, Organization


class InvitationRefused(Exception):
    """The invitation is unknown, used, or too old; the message is one of these words."""


def clerks_on(day: dt.date) -> QuerySet[Clerk]:
    """Return who acts for organizations on this day: the day on which somebody ends is the first one without them."""
    held = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return Clerk.objects.filter(held, user__is_active=True)


def clerks_of(organization: Organization) -> QuerySet[User]:
    """Return the people who act for an organization today."""
    today = clerks_on(timezone.localdate()).filter(organization=organization)
    return User.objects.filter(pk__in=today.values("user")).order_by("pk")


def clerks_of_parties(agreement: Agreement) -> QuerySet[User]:
    """Return the people who act for any party of an agreement today."""
    today = clerks_on(timezone.localdate()).filter(organization__parties__agreement=agreement)
    return User.objects.filter(pk__in=today.values("user")).order_by("pk")


def is_clerk_of(user: User, organization: Organization) -> bool:
    """Tell whether a person acts for this organization today."""
    return clerks_on(timezone.localdate()).filter(user=user, organization=organization).exists()


def organizations_of(user: User) -> QuerySet[Organization]:
    """Return the organizations for which a person acts today, in no order."""
    today = clerks_on(timezone.localdate()).filter(user=user)
    return Organization.objects.filter(pk__in=today.values("organization"))


def commitments_visible_to(user: User) -> QuerySet[Commitment]:
    """Return the promises of the organizations for which a person acts today."""
    return Commitment.objects.filter(organization__in=organizations_of(user))


def agreements_visible_to(user: User) -> QuerySet[Agreement]:
    """Return the agreements in which an organization has a part for which a person acts today."""
    return Agreement.objects.filter(parties__organization__in=organizations_of(user)).distinct()


def side_of(user: User, commitment: Commitment) -> Side | None:
    """Return on which side of a promise a person stands; whoever acts for the partner never acts for the city too."""
    if not user.is_active:
        return None
    if is_clerk_of(user, commitment.organization):
        return Side.PARTNER
    return Side.CITY if authority().may_edit(user, commitment.city.slug) else None


def decides_for(user: User, commitment: Commitment) -> bool:
    """Tell whether a person may say for the city what became of a promise."""
    return side_of(user, commitment) == Side.CITY and authority().may_approve(user, commitment.city.slug)


def place_of(organization: Organization) -> str:
    """Return the city that keeps the entry of an organization; nothing for one of the whole country."""
    return organization.home.slug if organization.home else ""


def fingerprint(token: str) -> str:
    """Return what is stored of a token: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation:
    """Return the invitation to which this token belongs.

    :raises InvitationRefused: ``unknown``, ``used`` or ``expired``.
    """
    found = Invitation.objects.select_related("organization").filter(token_hash=fingerprint(token)).first()
    if found is None:
        raise InvitationRefused("unknown")
    if found.used_at:
        raise InvitationRefused("used")
    if found.expires_at <= timezone.now():
        raise InvitationRefused("expired")
    return found


def clerk_history_of(user: User) -> QuerySet[Clerk]:
    """Return for whom a person acts, acted or will act, the newest first."""
    return Clerk.objects.filter(user=user).select_related("organization").order_by("-starts_on", "-pk")


def invitations_to(user: User) -> QuerySet[Invitation]:
    """Return the open invitations to the address of an account."""
    return Invitation.objects.filter(email__iexact=user.email, used_at__isnull=True)


def holdings_of(user: User) -> list[Holding]:
    """Return for whom a person acts in words, for their own account page."""
    title = Clerk._meta.verbose_name
    return [
        Holding(title=str(title), place=str(clerk.organization), starts_on=clerk.starts_on, ends_on=clerk.ends_on)
        for clerk in clerk_history_of(user)
    ]
