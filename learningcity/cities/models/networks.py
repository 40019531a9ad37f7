from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import MembershipState, NetworkScope
from learningcity.cities.models.places import City
from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual


class Network(models.Model):
    """An alliance of learning cities."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    scope = models.CharField(_("scope"), max_length=10, choices=NetworkScope)
    secretariat_th = models.CharField(_("secretariat in Thai"), max_length=200, blank=True)
    secretariat_en = models.CharField(_("secretariat in English"), max_length=200, blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()
    secretariat = Bilingual()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return str(self.name)


class Membership(models.Model):
    """That a city has to do with a network; what exactly, and since when, its statuses say."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="memberships")
    city = models.ForeignKey(City, models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["network", "city"], name="cities_one_membership_per_network"),
        ]

    def __str__(self) -> str:
        return f"{self.city} / {self.network}"


class MembershipStatus(models.Model):
    """What a membership was from a day on, until the next status."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="statuses")
    state = models.CharField(_("state"), max_length=10, choices=MembershipState)
    starts_on = models.DateField(_("from"))
    starts_precision = precision_field()
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("membership status")
        verbose_name_plural = _("membership statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "starts_on"], name="cities_one_status_per_membership_and_day"
            ),
            models.CheckConstraint(condition=Q(state__in=MembershipState.values), name="cities_status_is_known"),
            unknown_parts_are_one("starts_on", "starts_precision", "cities_vague_status_dates_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.starts_on}"
