"""How often data are taken: numbers by month, and nothing of who took them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.opendata.enums import Way
from learningcity.opendata.models.datasets import Dataset


class Use(models.Model):
    """How often a dataset was taken in one way in one month."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="uses")
    # Its first day.
    month = models.DateField(_("month"))
    way = models.CharField(_("way"), max_length=10, choices=Way)
    count = models.PositiveBigIntegerField(_("times"))

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "month", "way"], name="opendata_uses_are_counted_together"),
            models.CheckConstraint(condition=Q(month__day=1), name="opendata_uses_are_counted_by_month"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="opendata_way_is_known"),
            models.CheckConstraint(condition=Q(count__gte=1), name="opendata_what_was_not_used_is_not_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.month:%Y-%m}, {self.way}: {self.count}"
