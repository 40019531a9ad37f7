"""Keys with which programs may ask more often."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A key by which a program of somebody is known; it opens nothing but the right to ask more often.

    The key itself is shown once. What is kept is its SHA-256: it is long and random, so that nobody can guess it from that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("account"), related_name="+")
    name = models.CharField(_("what it is for"), max_length=100)
    # The first letters, by which its owner tells it from others.
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    # The day and no more: nobody needs to know when exactly.
    last_used_on = models.DateField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="interfaces_only_the_digest_is_kept"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="interfaces_a_key_says_what_it_is_for"),
        ]

    def __str__(self) -> str:
        return f"{self.beginning}…"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
