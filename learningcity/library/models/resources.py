from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import Theme
from learningcity.common.fields import SortKeyField
from learningcity.common.text import Bilingual
from learningcity.library.enums import (
    Accessibility,
    Audience,
    Cost,
    Format,
    Language,
    Level,
    LifeStage,
    ResourceKind,
    Sense,
    Subject,
)
from learningcity.library.models.columns import known, photo_of_a_record, several
from learningcity.opendata.enums import License

# A year without a break.
LONGEST = 525_600


class LearningResource(models.Model):
    """Something from which people learn, wherever they are: a book, a video, a course, a game."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    # Nothing for what is of the whole network.
    city = models.ForeignKey(
        "cities.City", models.PROTECT, null=True, blank=True, verbose_name=_("city"), related_name="+"
    )
    title_th = models.CharField(_("title in Thai"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_th = models.TextField(_("description in Thai"), blank=True)
    summary_en = models.TextField(_("description in English"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind)
    subject = models.CharField(_("subject"), max_length=12, choices=Subject)
    theme = models.CharField(_("theme"), max_length=25, choices=Theme, blank=True)
    teaches_th = models.CharField(_("what one learns, in Thai"), max_length=300, blank=True)
    teaches_en = models.CharField(_("what one learns, in English"), max_length=300, blank=True)
    assesses_th = models.CharField(_("what it tests, in Thai"), max_length=300, blank=True)
    assesses_en = models.CharField(_("what it tests, in English"), max_length=300, blank=True)
    stages = several(_("life stages"), LifeStage)
    levels = several(_("levels of education"), Level, blank=True)
    audiences = several(_("audiences"), Audience, blank=True)
    languages = several(_("languages"), Language)
    # None, where nobody said what it takes.
    senses = several(_("what it takes"), Sense, blank=True)
    access = several(_("access features"), Accessibility, blank=True)
    format = models.CharField(_("format"), max_length=8, choices=Format)
    minutes = models.PositiveIntegerField(
        _("minutes needed"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    cost = models.CharField(_("cost"), max_length=4, choices=Cost, blank=True)
    license = models.CharField(_("license"), max_length=20, choices=License, default=License.UNKNOWN)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    publisher_th = models.CharField(_("publisher in Thai"), max_length=200, blank=True)
    publisher_en = models.CharField(_("publisher in English"), max_length=200, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    # Where it is kept here. Whether anybody may see it is for the dataset to say.
    dataset = models.ForeignKey(
        "opendata.Dataset", models.PROTECT, null=True, blank=True, verbose_name=_("dataset"), related_name="+"
    )
    photo = photo_of_a_record()
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    # Set by the database at each change, whoever makes it: what is handed out as a stream of changes rests on it.
    changed_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)
    sort_th = SortKeyField(of="title_th")

    title = Bilingual()
    summary = Bilingual()
    teaches = Bilingual()
    assesses = Bilingual()
    publisher = Bilingual()

    class Meta:
        verbose_name = _("learning resource")
        verbose_name_plural = _("learning resources")
        constraints = [
            models.CheckConstraint(condition=~Q(title_th="") | ~Q(title_en=""), name="library_resource_has_a_title"),
            models.CheckConstraint(
                condition=~Q(url="") | Q(dataset__isnull=False),
                name="library_resource_can_be_reached",
                violation_error_message=_("A resource needs a web address or a dataset of this site."),
            ),
            models.CheckConstraint(condition=~Q(stages=[]), name="library_resource_is_for_somebody"),
            models.CheckConstraint(condition=~Q(languages=[]), name="library_resource_speaks_a_language"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, LONGEST)),
                name="library_resource_takes_some_time",
            ),
            models.CheckConstraint(
                condition=known(
                    {"kind": ResourceKind, "subject": Subject, "format": Format, "license": License},
                    {
                        "stages": LifeStage,
                        "levels": Level,
                        "audiences": Audience,
                        "languages": Language,
                        "senses": Sense,
                        "access": Accessibility,
                    },
                )
                & (Q(theme="") | Q(theme__in=Theme.values))
                & (Q(cost="") | Q(cost__in=Cost.values)),
                name="library_resource_is_described_in_known_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
