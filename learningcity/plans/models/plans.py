from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.plans.enums import Field, PlanState
from learningcity.plans.models.periods import in_vague_order


class Plan(models.Model):
    """What a city wants to reach as a learning city, from when to when. It is a document of somebody, or the city's own."""

    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    title_th = models.CharField(_("title in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    starts_precision = precision_field()
    ends_on = models.DateField(_("to"))
    ends_precision = precision_field()
    # Without a source it is the city's own plan, kept here; then it says when the city adopted it.
    source = models.ForeignKey("sources.Source", models.PROTECT, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_precision = precision_field()
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.IN_FORCE, editable=False)

    title = Bilingual()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_th="") | ~Q(title_en=""),
                name="plans_plan_has_a_title",
                violation_error_message=_("Give the title in Thai or in English."),
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plans_plan_state_is_known"),
            models.UniqueConstraint(
                fields=["city"],
                condition=Q(state=PlanState.IN_FORCE),
                name="plans_a_city_has_one_plan_in_force",
                violation_error_message=_("The city has a plan in force already: close that one first."),
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(adopted_on__isnull=False),
                name="plans_plan_has_a_source_or_a_day_of_adoption",
                violation_error_message=_("Name the source, or the day on which the city adopted its own plan."),
            ),
            in_vague_order("starts", "ends", "plans_plan_ends_after_it_starts"),
            unknown_parts_are_one("starts_on", "starts_precision", "plans_vague_plan_starts_are_stored_alike"),
            unknown_parts_are_one("ends_on", "ends_precision", "plans_vague_plan_ends_are_stored_alike"),
            unknown_parts_are_one("adopted_on", "adopted_precision", "plans_vague_adoptions_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def original(self) -> str:
        """The language of its source; a plan of the city's own is in both languages what the city says."""
        return self.source.original if self.source else ""


class Objective(models.Model):
    """What the city wants to change in one of the six fields of action, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    field = models.CharField(_("field of action"), max_length=15, choices=Field)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title_th = models.CharField(_("objective in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("objective in English"), max_length=300, blank=True)
    why_th = models.TextField(_("why, in Thai"), blank=True)
    why_en = models.TextField(_("why, in English"), blank=True)

    title = Bilingual()
    why = Bilingual()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_th="") | ~Q(title_en=""),
                name="plans_objective_has_a_title",
                violation_error_message=_("Give the objective in Thai or in English."),
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="plans_field_of_action_is_one_of_six"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def original(self) -> str:
        """The language of the source."""
        return self.plan.original


class Target(models.Model):
    """A number that tells whether an objective is reached: from where, to where, by when. Progress is never stored."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    indicator = models.ForeignKey("opendata.Indicator", models.PROTECT, related_name="+")
    # Where the city started: a published number, or one with its own source and date.
    baseline = models.ForeignKey("opendata.Observation", models.PROTECT, null=True, blank=True, related_name="+")
    baseline_value = models.DecimalField(_("starting value"), max_digits=20, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("starting date"), null=True, blank=True)
    baseline_precision = precision_field()
    baseline_source = models.ForeignKey(
        "sources.Source",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source of the starting value"),
        related_name="+",
    )
    value = models.DecimalField(_("target value"), max_digits=20, decimal_places=4)
    due_on = models.DateField(_("due on"))
    due_precision = precision_field()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "position"], name="plans_targets_of_an_objective_have_distinct_positions"
            ),
            models.UniqueConstraint(
                fields=["objective", "indicator", "due_on"],
                name="plans_an_indicator_has_one_target_for_a_date",
                violation_error_message=_("This objective already has a target for this number and date."),
            ),
            models.CheckConstraint(
                condition=Q(
                    baseline__isnull=False,
                    baseline_value__isnull=True,
                    baseline_on__isnull=True,
                    baseline_source__isnull=True,
                )
                | Q(
                    baseline__isnull=True,
                    baseline_value__isnull=False,
                    baseline_on__isnull=False,
                    baseline_source__isnull=False,
                ),
                name="plans_target_starts_from_a_sourced_number",
                violation_error_message=_(
                    "Choose a published number to start from, or give a value with its date and source; not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True) | ~Q(baseline_value=F("value")),
                name="plans_target_differs_from_where_it_starts",
                violation_error_message=_("The target is the number you start from: nothing would change."),
            ),
            in_vague_order("baseline", "due", "plans_target_is_due_after_it_starts"),
            unknown_parts_are_one("baseline_on", "baseline_precision", "plans_vague_baselines_are_stored_alike"),
            unknown_parts_are_one("due_on", "due_precision", "plans_vague_due_dates_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f}"
