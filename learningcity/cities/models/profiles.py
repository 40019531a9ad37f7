from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import ComponentKind, Theme
from learningcity.cities.models.places import City
from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.sources.enums import Certainty


class Profile(models.Model):
    """What a city says about itself, in one version; a newer version never overwrites an older one."""

    city = models.ForeignKey(City, models.CASCADE, related_name="profiles")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    introduction_th = models.TextField(_("introduction in Thai"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    vision_th = models.TextField(_("vision in Thai"), blank=True)
    vision_en = models.TextField(_("vision in English"), blank=True)
    mission_th = models.TextField(_("mission in Thai"), blank=True)
    mission_en = models.TextField(_("mission in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    as_of = models.DateField(_("as of"))
    as_of_precision = precision_field()
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    introduction = Bilingual()
    vision = Bilingual()
    mission = Bilingual()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.UniqueConstraint(fields=["city", "version"], name="cities_profile_versions_are_numbered"),
            unknown_parts_are_one("as_of", "as_of_precision", "cities_vague_profile_days_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.version}"


class Policy(models.Model):
    """What a city does under one of the three fixed themes of its profile."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="policies")
    theme = models.CharField(_("theme"), max_length=25, choices=Theme)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)

    text = Bilingual()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.UniqueConstraint(fields=["profile", "theme"], name="cities_one_policy_text_per_theme"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="cities_policy_theme_is_one_of_three"),
            models.CheckConstraint(condition=~Q(text_th="") | ~Q(text_en=""), name="cities_policy_has_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.get_theme_display()}"


class Milestone(models.Model):
    """Something that happened on the city's way, dated as exactly as the source dates it."""

    city = models.ForeignKey(City, models.CASCADE, related_name="milestones")
    slug = models.SlugField(_("key"), max_length=80)
    happened_on = models.DateField(_("date"))
    happened_precision = precision_field()
    # The order among milestones of one date.
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    text = Bilingual()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["city", "slug"], name="cities_milestone_has_its_own_key"),
            models.CheckConstraint(condition=~Q(text_th="") | ~Q(text_en=""), name="cities_milestone_has_a_text"),
            unknown_parts_are_one("happened_on", "happened_precision", "cities_vague_milestones_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.text!s:.60}"


class Component(models.Model):
    """One of the things learning is made of in a city: people, places, objects, programs, the ecosystem."""

    city = models.ForeignKey(City, models.CASCADE, related_name="components")
    kind = models.CharField(_("kind"), max_length=10, choices=ComponentKind)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name_th = models.CharField(_("name in Thai"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("learning component")
        verbose_name_plural = _("learning components")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "kind", "position"], name="cities_components_of_a_kind_have_distinct_positions"
            ),
            models.CheckConstraint(condition=~Q(name_th="") | ~Q(name_en=""), name="cities_component_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
