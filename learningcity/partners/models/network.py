from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NetworkPicture(models.Model):
    """Where the nodes of a large network stand, laid out once by the worker; made anew when its ties change."""

    # "all", "city:khon-kaen" or "agreement:khon-kaen-2024".
    scope = models.CharField(_("network"), max_length=100, unique=True)
    # The version of the layout and the fingerprint of the ties that it shows.
    stamp = models.CharField(_("stamp"), max_length=80)
    # One pair [x, y] for each node, in the order of the network's keys.
    places = models.JSONField(_("places"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    laid_out_at = models.DateTimeField(_("laid out"), auto_now=True)

    class Meta:
        verbose_name = _("picture of a network")
        verbose_name_plural = _("pictures of networks")
        constraints = [
            models.CheckConstraint(
                condition=Q(stamp__regex=r"^\d+:[0-9a-f]{64}$"), name="partners_pictures_of_networks_are_stamped"
            ),
        ]

    def __str__(self) -> str:
        return self.scope
