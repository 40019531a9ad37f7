from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from learningcity.common.text import Bilingual


class Goal(models.Model):
    """One of the seventeen Sustainable Development Goals."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    name = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, 17)), name="partners_goal_is_one_of_seventeen"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Target(models.Model):
    """One of the targets of a goal, such as 4.7 or 8.a."""

    code = models.CharField(_("code"), max_length=5, primary_key=True, validators=[RegexValidator(r"^\d+\.\w+$")])
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets")
    # The order in which the United Nations list them: numbers first, then letters.
    position = models.PositiveSmallIntegerField(_("position"))
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    text = Bilingual()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__startswith=Concat(Cast("goal_id", CharField()), Value("."))),
                name="partners_target_bears_the_number_of_its_goal",
            ),
            models.UniqueConstraint(fields=["goal", "position"], name="partners_targets_have_distinct_positions"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()
