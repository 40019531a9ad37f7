from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcity.common.text import Bilingual
from learningcity.partners.enums import CommitmentState, Gift, Side
from learningcity.partners.models.agreements import Agreement
from learningcity.partners.models.organizations import Organization

SETTLED = (CommitmentState.KEPT, CommitmentState.BROKEN, CommitmentState.WITHDRAWN)


class Commitment(models.Model):
    """What an organization promised to give to a city, and what became of it. Whether it is late the calendar says."""

    # The name of a row in a file or a spreadsheet, so that reading it twice makes no second promise.
    slug = models.SlugField(_("key"), max_length=80, unique=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name=_("organization"), related_name="commitments"
    )
    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, verbose_name=_("agreement"), related_name="commitments"
    )
    kind = models.CharField(_("what is given"), max_length=10, choices=Gift)
    amount = models.DecimalField(_("how much"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit_th = models.CharField(_("unit in Thai"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    text_th = models.TextField(_("what is promised, in Thai"), blank=True)
    text_en = models.TextField(_("what is promised, in English"), blank=True)
    program_th = models.CharField(_("for which program, in Thai"), max_length=300, blank=True)
    program_en = models.CharField(_("for which program, in English"), max_length=300, blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CommitmentState, default=CommitmentState.PROPOSED, editable=False
    )
    confirmed_by_partner_at = models.DateTimeField(_("confirmed by the partner"), null=True, editable=False)
    confirmed_by_city_at = models.DateTimeField(_("confirmed by the city"), null=True, editable=False)
    # The day on which it was kept, given up as broken, or withdrawn.
    settled_on = models.DateField(_("settled on"), null=True, editable=False)

    unit = Bilingual()
    text = Bilingual()
    program = Bilingual()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [
            models.Index(fields=["city", "state", "due_on"], name="partners_promises_to_a_city"),
            models.Index(fields=["organization", "state"], name="partners_promises_of_a_partner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_th="") | ~Q(text_en=""),
                name="partners_commitment_has_a_text",
                violation_error_message=_("Say in Thai or in English what is promised."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit_th="", unit_en="")
                | (Q(amount__isnull=False, amount__gt=0) & (~Q(unit_th="") | ~Q(unit_en=""))),
                name="partners_amounts_are_positive_and_have_a_unit",
                violation_error_message=_("How much must be more than nothing, and with its unit."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CommitmentState.values), name="partners_commitment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CommitmentState.PROPOSED, CommitmentState.WITHDRAWN])
                | Q(confirmed_by_partner_at__isnull=False, confirmed_by_city_at__isnull=False),
                name="partners_a_commitment_counts_when_both_sides_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_on__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_on__isnull=True)),
                name="partners_what_is_settled_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text!s:.80}"


class Reminder(models.Model):
    """That those concerned were told that a day comes near or has passed; so nobody is told twice."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="reminders")
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, blank=True, related_name="reminders")
    # A day that is moved is a new day to be reminded of.
    day = models.DateField(_("day"))
    # How many days before it; after it, fewer than none.
    step = models.SmallIntegerField(_("days before"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=True) ^ Q(commitment__isnull=True),
                name="partners_reminder_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["agreement", "commitment", "day", "step"],
                nulls_distinct=False,
                name="partners_nobody_is_reminded_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement or self.commitment}, {self.step}"


class Evidence(models.Model):
    """What shows that something became of a promise: words, with a link or a document."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence")
    side = models.CharField(_("shown by"), max_length=10, choices=Side)
    text_th = models.TextField(_("text in Thai"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    file = models.FileField(_("document"), upload_to="evidence/", blank=True)
    sha256 = models.CharField(
        _("fingerprint (SHA-256)"),
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$")],
        editable=False,
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("shown at"), auto_now_add=True)
    # Until the other side has looked at it, nobody else sees it.
    checked_at = models.DateTimeField(_("checked by the other side"), null=True, editable=False)

    text = Bilingual()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_th="") | ~Q(text_en=""),
                name="partners_evidence_says_something",
                violation_error_message=_("Say in Thai or in English what was done."),
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                name="partners_evidence_files_have_a_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text!s:.80}"
