from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import AliasKind, AuthorityKind, CityKind, Region
from learningcity.common.fields import SortKeyField, at_a_whole_point, latitude_field, longitude_field
from learningcity.common.text import Bilingual


class Province(models.Model):
    """One of the 77 first-level divisions of Thailand, Bangkok among them."""

    code = models.CharField(
        _("code (TIS 1099)"), max_length=2, primary_key=True, validators=[RegexValidator(r"^\d\d$")]
    )
    name_th = models.CharField(_("name in Thai"), max_length=100, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100, unique=True)
    region = models.CharField(_("region"), max_length=10, choices=Region)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="name_th")

    name = Bilingual()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.CheckConstraint(
                condition=Q(region__in=Region.values), name="cities_province_lies_in_a_known_region"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class City(models.Model):
    """A place whose people set out to learn together: a municipality, a province or a special administration."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=CityKind)
    name_th = models.CharField(_("name in Thai"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("province"), related_name="cities")
    latitude = latitude_field()
    longitude = longitude_field()
    location_source = models.ForeignKey(
        "sources.Source",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source of the location"),
        related_name="+",
    )
    # What is not certain about the city as such, for instance which authority a source meant.
    uncertainty_th = models.TextField(_("what is uncertain, in Thai"), blank=True)
    uncertainty_en = models.TextField(_("what is uncertain, in English"), blank=True)
    sort_th = SortKeyField(of="name_th")

    name = Bilingual()
    uncertainty = Bilingual()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        indexes = [models.Index(fields=["sort_th", "id"], name="cities_city_in_thai_order")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CityKind.values), name="cities_city_is_of_a_known_kind"),
            at_a_whole_point(
                "cities_location_is_complete_and_sourced",
                _("A location needs latitude, longitude and a source."),
                location_source__isnull=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class LocalAuthority(models.Model):
    """The public body that answers for the city."""

    city = models.OneToOneField(City, models.CASCADE, related_name="authority")
    kind = models.CharField(_("kind"), max_length=30, choices=AuthorityKind)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()

    class Meta:
        verbose_name = _("local authority")
        verbose_name_plural = _("local authorities")

    def __str__(self) -> str:
        return str(self.name)


class DrivingBody(models.Model):
    """An organization that drives the learning city: the authority itself, a university, a company."""

    city = models.ForeignKey(City, models.CASCADE, related_name="driving_bodies")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name_th = models.CharField(_("name in Thai"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()

    class Meta:
        verbose_name = _("driving body")
        verbose_name_plural = _("driving bodies")
        constraints = [
            models.UniqueConstraint(fields=["city", "position"], name="cities_driving_bodies_have_distinct_positions"),
            models.CheckConstraint(condition=~Q(name_th="") | ~Q(name_en=""), name="cities_driving_body_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Alias(models.Model):
    """Another name under which people look for the city."""

    city = models.ForeignKey(City, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind, default=AliasKind.ALIAS)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["city", "name"], name="cities_alias_is_named_once_for_a_city"),
        ]

    def __str__(self) -> str:
        return self.name
