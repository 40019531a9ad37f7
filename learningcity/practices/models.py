from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import Theme
from learningcity.common.fields import SortKeyField
from learningcity.common.text import Bilingual
from learningcity.practices.enums import Point


class Practice(models.Model):
    """Something a city does well and others could do too."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title_th = models.CharField(_("name in Thai"), max_length=200, blank=True)
    title_en = models.CharField(_("name in English"), max_length=200, blank=True)
    summary_th = models.TextField(_("summary in Thai"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    theme = models.CharField(_("theme"), max_length=25, choices=Theme, blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="title_th")

    title = Bilingual()
    summary = Bilingual()

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.CheckConstraint(condition=~Q(title_th="") | ~Q(title_en=""), name="practices_practice_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Answer(models.Model):
    """What is told about a practice under one of the eleven points, and where that is from."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="answers")
    point = models.PositiveSmallIntegerField(_("point"), choices=Point)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    text = Bilingual()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "point", "source"], name="practices_a_source_answers_a_point_once"
            ),
            models.CheckConstraint(condition=Q(point__in=Point.values), name="practices_point_is_one_of_eleven"),
            models.CheckConstraint(condition=~Q(text_th="") | ~Q(text_en=""), name="practices_answer_has_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.get_point_display()}"


class Figure(models.Model):
    """A published number that a practice rests on."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="figures")
    observation = models.ForeignKey("opendata.Observation", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(fields=["practice", "observation"], name="practices_figure_is_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.observation}"
