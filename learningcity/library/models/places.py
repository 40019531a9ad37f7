from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import SortKeyField, at_a_whole_point, latitude_field, longitude_field
from learningcity.common.text import Bilingual
from learningcity.common.week import PATTERN
from learningcity.library.enums import THAILAND, Cost, LifeStage, PlaceAccess, PlaceKind, Subject
from learningcity.library.models.columns import known, photo_of_a_record, several

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
    latitude = latitude_field(LATITUDES)
    longitude = longitude_field(LONGITUDES)
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
    photo = photo_of_a_record()
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
            at_a_whole_point(
                "library_place_lies_in_thailand_or_nowhere",
                _("A location needs both numbers, and lies in Thailand: latitude 5 to 21, longitude 97 to 106."),
                latitude__range=LATITUDES,
                longitude__range=LONGITUDES,
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
