from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field
from learningcity.common.text import Bilingual


class Edition(models.Model):
    """One year of an award."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    network = models.ForeignKey("cities.Network", models.PROTECT, related_name="+")
    held_on = models.DateField(_("ceremony"), null=True, blank=True)
    held_precision = precision_field()
    venue_th = models.CharField(_("place in Thai"), max_length=200, blank=True)
    venue_en = models.CharField(_("place in English"), max_length=200, blank=True)
    summary_th = models.TextField(_("summary in Thai"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    # What the sources do not say, for instance who won.
    unknown_th = models.TextField(_("what is not known, in Thai"), blank=True)
    unknown_en = models.TextField(_("what is not known, in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()
    venue = Bilingual()
    summary = Bilingual()
    unknown = Bilingual()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return str(self.name)


class Category(models.Model):
    """What cities are honored for in one edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="categories")
    slug = models.SlugField(_("address"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)

    name = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="awards_category_has_its_own_address"),
            models.UniqueConstraint(fields=["edition", "position"], name="awards_categories_have_distinct_positions"),
        ]

    def __str__(self) -> str:
        return str(self.name)
