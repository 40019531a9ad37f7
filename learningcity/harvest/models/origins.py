"""Where is harvested: hosts that may be asked, and catalogs at them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.harvest.enums import Kind, Often
from learningcity.opendata.enums import License


class Host(models.Model):
    """A machine of others that our program may ask, by its exact name; the secretariat allowed it."""

    name = models.CharField(_("name of the host"), max_length=253, unique=True)
    # What it is and why it is allowed.
    note = models.CharField(_("whose it is"), max_length=200, blank=True)
    allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    allowed_at = models.DateTimeField(_("allowed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("allowed host")
        verbose_name_plural = _("allowed hosts")
        constraints = [
            models.CheckConstraint(
                # A port only for servers of tests: forms take none.
                condition=Q(name__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?$"),
                name="harvest_a_host_is_an_exact_name",
                violation_error_message=_("Write the exact name of one host, such as data.go.th."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Origin(models.Model):
    """A catalog of others, or a table at an address, from which datasets are taken over for a place."""

    title = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("what it speaks"), max_length=5, choices=Kind)
    address = models.URLField(_("address"), max_length=500)
    # The slug of the city for which it is harvested; empty for the network.
    place = models.SlugField(_("place"), max_length=80, blank=True)
    often = models.CharField(_("how often"), max_length=5, choices=Often, default=Often.WEEK)
    # For records that name none; a table alone names none.
    license = models.CharField(_("license, where the records name none"), max_length=20, choices=License, blank=True)
    active = models.BooleanField(_("switched on"), default=True)
    # Who entered it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    # What the last run learned for the next one: since when to ask for changes, marks of what did not change.
    memory = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        indexes = [models.Index(fields=["place"], name="harvest_origins_of_a_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "place"],
                name="harvest_an_address_is_harvested_once_for_a_place",
                violation_error_message=_("This address is harvested for this place already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="harvest_kind_is_known"),
            models.CheckConstraint(condition=Q(often__in=Often.values), name="harvest_rhythm_is_known"),
            models.CheckConstraint(
                condition=Q(license__in=["", *(each for each in License.values if each != License.UNKNOWN)]),
                name="harvest_license_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.TABLE) | ~Q(license=""),
                name="harvest_a_table_has_a_license",
                violation_error_message=_(
                    "A table says nothing of its license. Choose the one under which it is offered."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("harvest-origin", args=[self.pk])
