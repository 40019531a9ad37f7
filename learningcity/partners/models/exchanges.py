from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import in_order
from learningcity.common.text import Bilingual
from learningcity.partners.enums import VisitState

HAPPENED = (VisitState.DONE, VisitState.FOLLOWED_UP)


class MentorPair(models.Model):
    """That one city accompanies another on a subject, from a day to a day."""

    mentor = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("mentor"), related_name="+")
    learner = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("learner"), related_name="+")
    topic_th = models.CharField(_("subject in Thai"), max_length=200, blank=True)
    topic_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    topic = Bilingual()

    class Meta:
        verbose_name = _("mentor pair")
        verbose_name_plural = _("mentor pairs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentor=F("learner")),
                name="partners_a_city_does_not_mentor_itself",
                violation_error_message=_("A city does not accompany itself."),
            ),
            models.CheckConstraint(
                condition=~Q(topic_th="") | ~Q(topic_en=""),
                name="partners_mentor_pair_has_a_subject",
                violation_error_message=_("Give the subject in Thai or in English."),
            ),
            in_order("starts_on", "ends_on", "partners_mentor_pair_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["mentor", "learner"],
                condition=Q(ends_on__isnull=True),
                name="partners_two_cities_are_paired_once",
                violation_error_message=_("These two cities are a pair already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} – {self.learner}"


class StudyVisit(models.Model):
    """A visit of one city to another: asked for, answered, made, and what came of it."""

    host = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("host"), related_name="+")
    guest = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("guest"), related_name="+")
    topic_th = models.CharField(_("subject in Thai"), max_length=200, blank=True)
    topic_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    visits_on = models.DateField(_("day of the visit"))
    participants = models.PositiveSmallIntegerField(_("participants"))
    request = models.TextField(_("request"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    learned_th = models.TextField(_("what was learned, in Thai"), blank=True)
    learned_en = models.TextField(_("what was learned, in English"), blank=True)
    follow_up_th = models.TextField(_("what came of it, in Thai"), blank=True)
    follow_up_en = models.TextField(_("what came of it, in English"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=VisitState, default=VisitState.REQUESTED, editable=False
    )

    topic = Bilingual()
    learned = Bilingual()
    follow_up = Bilingual()

    class Meta:
        verbose_name = _("study visit")
        verbose_name_plural = _("study visits")
        indexes = [models.Index(fields=["host", "state"], name="partners_visits_to_a_city")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(host=F("guest")),
                name="partners_a_city_does_not_visit_itself",
                violation_error_message=_("A city does not visit itself."),
            ),
            models.CheckConstraint(
                condition=~Q(topic_th="") | ~Q(topic_en=""),
                name="partners_visit_has_a_subject",
                violation_error_message=_("Give the subject in Thai or in English."),
            ),
            models.CheckConstraint(
                condition=Q(participants__gt=0),
                name="partners_somebody_takes_part_in_a_visit",
                violation_error_message=_("At least one person takes part."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HAPPENED) | ~Q(learned_th="") | ~Q(learned_en=""),
                name="partners_a_visit_that_was_made_says_what_was_learned",
                violation_error_message=_("Say in Thai or in English what was learned."),
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.FOLLOWED_UP) | ~Q(follow_up_th="") | ~Q(follow_up_en=""),
                name="partners_a_follow_up_says_what_came_of_it",
                violation_error_message=_("Say in Thai or in English what came of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest} → {self.host}"
