from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.opendata.enums import Qualifier
from learningcity.sources.enums import Certainty


class Indicator(models.Model):
    """What is counted or measured, defined once for all cities."""

    slug = models.SlugField(_("key"), max_length=80, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    definition_th = models.TextField(_("definition in Thai"))
    definition_en = models.TextField(_("definition in English"))
    # As written after the number; empty where the name says it all.
    unit_th = models.CharField(_("unit in Thai"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    # Where it stands among the figures of a city: the smallest first.
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    name = Bilingual()
    definition = Bilingual()
    unit = Bilingual()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=~Q(definition_th="") & ~Q(definition_en=""), name="opendata_indicator_is_defined"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Observation(models.Model):
    """One number: of what, where, when, and who says so. Two sources may disagree, and both stay."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    city = models.ForeignKey("cities.City", models.PROTECT, null=True, blank=True, related_name="+")
    network = models.ForeignKey("cities.Network", models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    observed_on = models.DateField(_("date"))
    observed_precision = precision_field()
    # Not null: a number without a source cannot be stored.
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED)
    note_th = models.TextField(_("note in Thai"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    note = Bilingual()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        indexes = [
            models.Index(fields=["city", "indicator", "-observed_on"], name="opendata_observation_of_a_city"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(network__isnull=True),
                name="opendata_observation_is_of_one_place",
                violation_error_message=_("A number belongs to a city or to a network, not to both."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "city", "network", "observed_on", "source", "qualifier"],
                nulls_distinct=False,
                name="opendata_a_source_says_a_number_once",
                violation_error_message=_("This source already gives this number for this date."),
            ),
            unknown_parts_are_one("observed_on", "observed_precision", "opendata_vague_dates_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f}"
