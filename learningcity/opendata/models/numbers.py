from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.opendata.enums import Disability, Qualifier, Sex
from learningcity.sources.enums import Certainty

# What is written after a number of people. Where nobody says whether an indicator counts people, this tells.
UNITS_OF_PEOPLE = ("คน", "ราย", "people", "persons", "person", "children", "learners", "students", "teachers")
OLDEST = 130
# What stands at /indicators/<word>/ besides indicators.
WORDS_OF_ADDRESSES = ("compare",)
# By whom a number counts; where all of these are empty it counts everybody.
DIMENSIONS = ("sex", "age_from", "age_to", "district_code", "disability")
TOTAL = Q(sex="", age_from__isnull=True, district_code="", disability="")
NO_AGE = Q(age_from__isnull=True, age_to__isnull=True)


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
    # Small numbers of people are not shown to everybody; unknown means that the unit tells. The files under data/ say
    # nothing of it.
    counts_people = models.BooleanField(_("counts people"), null=True, blank=True, editable=False)

    name = Bilingual()
    definition = Bilingual()
    unit = Bilingual()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=~Q(definition_th="") & ~Q(definition_en=""), name="opendata_indicator_is_defined"
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=WORDS_OF_ADDRESSES),
                name="opendata_indicator_has_an_address_of_its_own",
                violation_error_message=_("Another page stands at this address; the indicator needs another key."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.slug])

    @property
    def is_of_people(self) -> bool:
        """Whether it counts people, as somebody said or as its unit tells."""
        if self.counts_people is not None:
            return self.counts_people
        return self.unit_th in UNITS_OF_PEOPLE or self.unit_en in UNITS_OF_PEOPLE


class Totals(models.Manager["Observation"]):
    """The numbers that count everybody, which are the numbers of a city."""

    def get_queryset(self) -> models.QuerySet[Observation]:
        return super().get_queryset().filter(TOTAL)


class Observation(models.Model):
    """One number: of what, where, when, and who says so. Two sources may disagree, and both stay.

    A number may count some of the people alone: those of a sex, an age, a district, with a disability or without. Whoever
    wants the number of a city asks ``Observation.totals``.
    """

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
    # The files under data/ hold totals alone, and have no columns for these.
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True, default="", editable=False)
    # In full years. An age group without an end is open: 60 and over.
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True, editable=False)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True, editable=False)
    # TIS 1099: two digits of the province and two of the district.
    district_code = models.CharField(_("code of the district"), max_length=4, blank=True, default="", editable=False)
    district_th = models.CharField(_("district in Thai"), max_length=100, blank=True, default="", editable=False)
    district_en = models.CharField(_("district in English"), max_length=100, blank=True, default="", editable=False)
    disability = models.CharField(
        _("disability"), max_length=7, choices=Disability, blank=True, default="", editable=False
    )

    note = Bilingual()
    district = Bilingual()
    # Why its value is not shown, where it was read for showing (opendata.queries.disclosed).
    hiding: str | None = None

    objects = models.Manager["Observation"]()
    totals = Totals()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        indexes = [
            models.Index(fields=["city", "indicator", "-observed_on"], name="opendata_observation_of_a_city"),
            models.Index(fields=["indicator", "city"], condition=~TOTAL, name="opendata_numbers_of_some"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(network__isnull=True),
                name="opendata_observation_is_of_one_place",
                violation_error_message=_("A number belongs to a city or to a network, not to both."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "city", "network", "observed_on", "source", "qualifier", *DIMENSIONS],
                nulls_distinct=False,
                name="opendata_a_source_says_a_number_once",
                violation_error_message=_("This source already gives this number for this date."),
            ),
            unknown_parts_are_one("observed_on", "observed_precision", "opendata_vague_dates_are_stored_alike"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="opendata_sex_is_known"),
            models.CheckConstraint(
                condition=Q(disability__in=["", *Disability.values]), name="opendata_disability_is_known"
            ),
            models.CheckConstraint(
                condition=NO_AGE
                | Q(age_from__lte=OLDEST, age_to__isnull=True)
                # What is compared with nothing would pass.
                | Q(
                    age_from__isnull=False,
                    age_to__isnull=False,
                    age_to__lte=OLDEST,
                    age_to__gte=models.F("age_from"),
                ),
                name="opendata_ages_are_in_order",
                violation_error_message=_("The age group ends before it begins, or has no beginning."),
            ),
            models.CheckConstraint(
                condition=Q(district_code="", district_th="", district_en="")
                | (Q(district_code__regex="^[0-9]{4}$") & (~Q(district_th="") | ~Q(district_en=""))),
                name="opendata_a_district_has_a_code_and_a_name",
                violation_error_message=_("A district has a code of four digits and a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f}"

    @property
    def is_total(self) -> bool:
        """Whether it counts everybody."""
        return not (self.sex or self.district_code or self.disability) and self.age_from is None

    @property
    def key(self) -> tuple[Any, ...]:
        """By whom it counts."""
        return tuple(getattr(self, name) for name in DIMENSIONS)
