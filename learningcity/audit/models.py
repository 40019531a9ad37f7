from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that somebody did to one record. Written once; the database refuses to change or delete it."""

    # Nobody, where a command or a job did it.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("action"), max_length=100)
    record = models.CharField(_("record"), max_length=200, db_index=True)
    before = models.CharField(_("state before"), max_length=50, blank=True)
    after = models.CharField(_("state after"), max_length=50, blank=True)
    # Never a name, an address or anything else that a person may ask us to erase.
    detail = models.JSONField(_("detail"), default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(_("time"))
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.record}"
