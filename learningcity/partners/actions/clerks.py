from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.actions import open_account
from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address
from learningcity.audit.actions import write
from learningcity.common.text import LocalText
from learningcity.notices.actions import post
from learningcity.partners import queries
from learningcity.partners.models import Clerk, Contact, Invitation, Organization
from learningcity.partners.registry import way_of

VALID_FOR = dt.timedelta(days=14)
# After its end an invitation still says for some weeks that it has ended.
LIFE_OF_EXPIRED = dt.timedelta(days=30)


@transaction.atomic
def invite_clerk(organization: Organization, email: str, *, by: User) -> Invitation:
    """Invite somebody by mail to act for an organization; an invitation that is still open gets a new letter.

    :raises PermissionDenied: if this person does not keep the entry of the organization.
    :raises ValidationError: if the address is none, or its owner acts for the organization already.
    """
    if not by.has_perm("partners.invite_clerk", organization):
        raise PermissionDenied
    email = User.objects.normalize_email(email.strip())
    known = account_with_address(email)
    if known and queries.is_clerk_of(known, organization):
        raise ValidationError({"email": _("This person already acts for this organization.")})
    token = secrets.token_urlsafe(32)
    # Two clicks at once: the second one waits here, and then finds the invitation of the first.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    open_ones = Invitation.objects.filter(organization=organization, email__iexact=email, used_at__isnull=True)
    invitation = open_ones.first() or Invitation(organization=organization, email=email)
    invitation.token_hash = queries.fingerprint(token)
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.full_clean()
    invitation.save()
    write("partners.invite_clerk", invitation, by=by, organization=organization.pk)
    send_invitation(invitation, token)
    return invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """Put the letter with the link into the outbox; nothing else ever holds the link."""
    name = str(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
    words = {
        "organization": invitation.organization,
        "link": f"{settings.SITE_URL}{way_of(token)}",
        "site_name": name,
        "days": VALID_FOR.days,
    }
    text = render_to_string("partners/email/invitation.txt", words).strip() + "\n"
    post(invitation.email, f"{name}: {_('your invitation')}", text)


@transaction.atomic
def accept_invitation(token: str, name: str, language: str, *, by: User | None) -> Clerk:
    """Begin to act for the organization that sent this invitation; without an account, one is opened.

    Whoever holds the letter has shown that the address is theirs; an account of that address has to be signed in.

    :raises InvitationRefused: if the invitation is unknown, used or too old.
    :raises PermissionDenied: if it was sent to another address than the one of whoever is signed in.
    """
    # Of two clicks at once, the second one waits here and then finds the invitation used.
    Invitation.objects.select_for_update().filter(token_hash=queries.fingerprint(token)).first()
    invitation = queries.find_invitation(token)
    owner = account_with_address(invitation.email)
    if by != owner:
        raise PermissionDenied
    user = owner or open_account(User(email=invitation.email, name=name, language=language), by=None)
    invitation.email, invitation.used_at = "", timezone.now()
    invitation.save(update_fields=["email", "used_at"])
    clerk = Clerk(user=user, organization=invitation.organization, invitation=invitation)
    clerk.starts_on = timezone.localdate()
    clerk.full_clean()
    clerk.save(force_insert=True)
    write("partners.accept_invitation", clerk, by=user, organization=clerk.organization_id)
    return clerk


@transaction.atomic
def forget_invitations() -> int:
    """Delete invitations that nobody used and that ended long ago, with the address. Return how many."""
    unused = Invitation.objects.filter(used_at__isnull=True, expires_at__lt=timezone.now() - LIFE_OF_EXPIRED)
    forgotten, _each = unused.delete()
    if forgotten:
        write("partners.forget_invitations", "partners.Invitation", by=None, invitations=forgotten)
    return forgotten


@transaction.atomic
def end_clerk(clerk: Clerk, *, by: User) -> Clerk:
    """End from today on that somebody acts for an organization.

    :raises PermissionDenied: if it is neither the clerk nor who keeps the entry of the organization.
    :raises ValidationError: if it has ended already.
    """
    clerk = Clerk.objects.select_for_update(of=("self",)).get(pk=clerk.pk)
    if not by.has_perm("partners.end_clerk", clerk):
        raise PermissionDenied
    if clerk.ends_on and clerk.ends_on <= timezone.localdate():
        raise ValidationError(_("This has ended already."))
    return _end(clerk, by=by)


def end_all_clerkships(user: User) -> None:
    """End for whom a person acts who erases their account, and forget invitations that they never used."""
    today = timezone.localdate()
    for clerk in Clerk.objects.select_for_update().filter(user=user).order_by("pk"):
        if clerk.ends_on is None or clerk.ends_on > today:
            _end(clerk, by=user)
    Invitation.objects.filter(email__iexact=user.email, used_at__isnull=True).delete()


def _end(clerk: Clerk, *, by: User) -> Clerk:
    clerk.ends_on = max(timezone.localdate(), clerk.starts_on)
    clerk.save(update_fields=["ends_on"])
    write("partners.end_clerk", clerk, by=by, organization=clerk.organization_id)
    return clerk


@transaction.atomic
def change_contact(contact: Contact, *, by: User) -> Contact:
    """Write down whom the city calls in an organization; nothing of it is ever public.

    :raises PermissionDenied: if this person does not keep the entry of the organization.
    :raises ValidationError: if it says nothing.
    """
    if not by.has_perm("partners.change_contact", contact.organization):
        raise PermissionDenied
    contact.full_clean(validate_unique=False)
    contact.save()
    write("partners.change_contact", contact.organization, by=by)
    return contact
