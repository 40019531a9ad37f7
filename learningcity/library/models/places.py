from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import SortKeyField
from learningcity.common.text import Bilingual
from learningcity.common.week import PATTERN
from learningcity.library.enums import THAILAND, Cost, LifeStage, PlaceAccess, PlaceKind, Subject
from learningcity.library.models.columns import known, several

LATITUDES, LONGITUDES = THAILAND


class LearningPlace(models.Model):
    """A place to which people go to learn: a library, a museum, a temple, a park, a market."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    name_th = models.CharField(_("name in Thai"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    summary_th = models.TextField(_("description in Thai"), blank=True)
    summary_en = models.TextField(_("description in English"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind)
    address_th = models.CharField(_("postal address in Thai"), max_length=300, blank=True)
    address_en = models.CharField(_("postal address in English"), max_length=300, blank=True)
    area_th = models.CharField(_("subdistrict or district in Thai"), max_length=100, blank=True)
    area_en = models.CharField(_("subdistrict or district in English"), max_length=100, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(LATITUDES[0]), MaxValueValidator(LATITUDES[1])],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(LONGITUDES[0]), MaxValueValidator(LONGITUDES[1])],
    )
    hours_th = models.CharField(_("opening hours in Thai"), max_length=300, blank=True)
    hours_en = models.CharField(_("opening hours in English"), max_length=300, blank=True)
    # A usual week, as common.week writes it.
    weekly = models.CharField(_("usual opening hours"), max_length=400, blank=True)
    subjects = several(_("subjects"), Subject, blank=True)
    stages = several(_("life stages"), LifeStage, blank=True)
    access = several(_("access features"), PlaceAccess, blank=True)
    cost = models.CharField(_("cost"), max_length=4, choices=Cost, blank=True)
    # Of the place, never of a person, and only what its source publishes.
    contact = models.CharField(_("public contact"), max_length=200, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    # Chosen on the site alone: no file under data/ can name a picture.
    photo = models.ForeignKey(
        "pictures.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("photo"),
        related_name="+",
    )
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="name_th")
    area_sort_th = SortKeyField(of="area_th", default="")

    name = Bilingual()
    summary = Bilingual()
    address = Bilingual()
    area = Bilingual()
    hours = Bilingual()

    class Meta:
        verbose_name = _("learning place")
        verbose_name_plural = _("learning places")
        constraints = [
            models.CheckConstraint(condition=~Q(name_th="") | ~Q(name_en=""), name="library_place_has_a_name"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # A range says nothing of what is not there, and what says nothing is let pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
                name="library_place_lies_in_thailand_or_nowhere",
                violation_error_message=_(
                    "A location needs both numbers, and lies in Thailand: latitude 5 to 21, longitude 97 to 106."
                ),
            ),
            models.CheckConstraint(
                condition=known({"kind": PlaceKind}, {"subjects": Subject, "stages": LifeStage, "access": PlaceAccess})
                & (Q(cost="") | Q(cost__in=Cost.values)),
                name="library_place_is_described_in_known_words",
            ),
            models.CheckConstraint(
                condition=Q(weekly="") | Q(weekly__regex=PATTERN), name="library_place_is_open_in_a_week_that_there_is"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
