from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import in_order
from learningcity.partners.models.organizations import Organization


class Invitation(models.Model):
    """A letter that lets one person act for an organization, once and for some days."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    # Empty as soon as it is used: from then on the account holds the address.
    email = models.EmailField(_("e-mail address"), blank=True)
    # Only the letter holds the token itself.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=Q(used_at__isnull=True),
                name="partners_one_open_invitation_per_address",
                violation_error_message=_("This address has been invited already."),
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) ^ Q(email=""),
                name="partners_a_used_invitation_forgets_the_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Clerk(models.Model):
    """That an account acts for an organization, from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("account"), related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="clerks")
    # An invitation makes one clerk and no second one: the database itself says no.
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, editable=False, related_name="clerk"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("clerk")
        verbose_name_plural = _("clerks")
        constraints = [
            in_order("starts_on", "ends_on", "partners_clerk_ends_after_the_start"),
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(ends_on__isnull=True),
                name="partners_an_open_clerkship_is_held_once",
                violation_error_message=_("This person already acts for this organization."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organization}"
