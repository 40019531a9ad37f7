from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.plans.enums import ActionState, OwnerRole
from learningcity.plans.models.periods import in_vague_order
from learningcity.plans.models.plans import Objective, Plan


class Action(models.Model):
    """What is done to reach an objective, and who sees to it: a role, not a person, because people come and go."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title_th = models.CharField(_("action in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("action in English"), max_length=300, blank=True)
    text_th = models.TextField(_("description in Thai"), blank=True)
    text_en = models.TextField(_("description in English"), blank=True)
    role = models.CharField(_("role that owns it"), max_length=12, choices=OwnerRole, blank=True)
    organization = models.ForeignKey(
        "partners.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organization that owns it"),
        related_name="+",
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("to"), null=True, blank=True)
    ends_precision = precision_field()
    state = models.CharField(
        _("state"), max_length=10, choices=ActionState, default=ActionState.PLANNED, editable=False
    )
    # Why it was stopped; said in one language when it happens, translated later.
    reason_th = models.TextField(_("reason for stopping, in Thai"), blank=True)
    reason_en = models.TextField(_("reason for stopping, in English"), blank=True)
    commitment = models.ForeignKey(
        "partners.Commitment",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("promise behind it"),
        related_name="+",
    )

    title = Bilingual()
    text = Bilingual()
    reason = Bilingual()

    class Meta:
        verbose_name = _("action of a plan")
        verbose_name_plural = _("actions of plans")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_th="") | ~Q(title_en=""),
                name="plans_action_has_a_title",
                violation_error_message=_("Give the action in Thai or in English."),
            ),
            models.CheckConstraint(
                condition=(Q(role__in=OwnerRole.values) & Q(organization__isnull=True))
                | (Q(role="") & Q(organization__isnull=False)),
                name="plans_action_has_one_owner",
                violation_error_message=_("Name one owner: a role in the city or an organization."),
            ),
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="plans_action_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ActionState.STOPPED) | ~Q(reason_th="") | ~Q(reason_en=""),
                name="plans_a_stopped_action_says_why",
                violation_error_message=_("Say why it was stopped."),
            ),
            in_vague_order("starts", "ends", "plans_action_ends_after_it_starts"),
            unknown_parts_are_one("starts_on", "starts_precision", "plans_vague_action_starts_are_stored_alike"),
            unknown_parts_are_one("ends_on", "ends_precision", "plans_vague_action_ends_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def original(self) -> str:
        """The language of the source."""
        return self.objective.original


class SmallWin(models.Model):
    """Something that went well on the way, noted in a sentence, with a photo or without."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="wins")
    # Where it belongs to one action; that is one of the same plan, which the form sees to.
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="wins")
    note_th = models.TextField(_("note in Thai"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    happened_on = models.DateField(_("date"))
    happened_precision = precision_field()
    photo = models.ForeignKey(
        "pictures.Picture", models.PROTECT, null=True, blank=True, verbose_name=_("photo"), related_name="+"
    )

    note = Bilingual()

    class Meta:
        verbose_name = _("small win")
        verbose_name_plural = _("small wins")
        constraints = [
            models.CheckConstraint(
                condition=~Q(note_th="") | ~Q(note_en=""),
                name="plans_small_win_says_something",
                violation_error_message=_("Say in Thai or in English what went well."),
            ),
            unknown_parts_are_one("happened_on", "happened_precision", "plans_vague_small_wins_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.note!s:.80}"
