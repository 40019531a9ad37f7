from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.circles import NoCircle
from learningcity.common.fields import SortKeyField, at_a_whole_point, latitude_field, longitude_field
from learningcity.common.text import Bilingual
from learningcity.partners.enums import OrganizationKind, Sector


class Organization(models.Model):
    """A body that works with cities on learning: an agency, a company, a university, an association."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    sector = models.CharField(_("sector"), max_length=15, choices=Sector)
    kind = models.CharField(_("kind"), max_length=25, choices=OrganizationKind)
    name_th = models.CharField(_("name in Thai"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    # Short forms and other spellings; search finds them all.
    aliases = ArrayField(models.CharField(max_length=200), verbose_name=_("other names"), default=list, blank=True)
    about_th = models.TextField(_("about, in Thai"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("belongs to"), related_name="children"
    )
    # The city that keeps the entry; none for an organization of the whole country.
    home = models.ForeignKey(
        "cities.City", models.PROTECT, null=True, blank=True, verbose_name=_("home city"), related_name="+"
    )
    place_th = models.CharField(_("place in Thai"), max_length=300, blank=True)
    place_en = models.CharField(_("place in English"), max_length=300, blank=True)
    latitude = latitude_field()
    longitude = longitude_field()
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="name_th")

    name = Bilingual()
    about = Bilingual()
    place = Bilingual()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [models.Index(fields=["sort_th", "id"], name="partners_by_thai_name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_th="") | ~Q(name_en=""),
                name="partners_organization_has_a_name",
                violation_error_message=_("Give the name in Thai or in English."),
            ),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="partners_sector_is_one_of_four"),
            at_a_whole_point("partners_organization_lies_at_a_whole_point"),
            NoCircle(
                field="parent",
                name="partners_organization_never_belongs_to_itself",
                violation_error_message=_("An organization does not belong to itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Presence(models.Model):
    """That an organization works in a city, as a source says."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="presences")
    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("place of work")
        verbose_name_plural = _("places of work")
        constraints = [
            models.UniqueConstraint(fields=["organization", "city"], name="partners_organization_works_in_a_city_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.city}"


class Contact(models.Model):
    """Whom the city calls; kept apart from the organization, because nothing of it is ever public."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="contact")
    person = models.CharField(_("contact person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(person="") | ~Q(email="") | ~Q(phone=""),
                name="partners_contact_says_something",
                violation_error_message=_("Give a name, an e-mail address or a telephone number."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)
