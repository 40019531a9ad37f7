from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import StartsWith
from django.utils.translation import gettext_lazy as _

from learningcity.common.circles import NoCircle
from learningcity.common.fields import SortKeyField, in_order, precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.partners.enums import Announced, Capacity, PartyRole, Visibility
from learningcity.partners.models.goals import Goal, Target
from learningcity.partners.models.organizations import Organization
from learningcity.sources.enums import Certainty


class Agreement(models.Model):
    """What organizations agreed on with a city. It has no state: its dates say whether it is in force."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey("cities.City", models.PROTECT, verbose_name=_("city"), related_name="+")
    title_th = models.CharField(_("title in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary_th = models.TextField(_("summary in Thai"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = precision_field()
    signed_where_th = models.CharField(_("signed where, in Thai"), max_length=200, blank=True)
    signed_where_en = models.CharField(_("signed where, in English"), max_length=200, blank=True)
    # Whole days, because somebody is reminded of them; a vague term stays in the words of the source.
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(_("valid to"), null=True, blank=True)
    term_th = models.CharField(_("term in words, in Thai"), max_length=200, blank=True)
    term_en = models.CharField(_("term in words, in English"), max_length=200, blank=True)
    called_off_on = models.DateField(_("called off on"), null=True, blank=True)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("renews"), related_name="renewals"
    )
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="title_th")

    title = Bilingual()
    summary = Bilingual()
    signed_where = Bilingual()
    term = Bilingual()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_th="") | ~Q(title_en=""),
                name="partners_agreement_has_a_title",
                violation_error_message=_("Give the title in Thai or in English."),
            ),
            in_order("starts_on", "ends_on", "partners_agreement_ends_after_it_begins"),
            in_order("signed_on", "ends_on", "partners_agreement_ends_after_it_is_signed"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=False) | Q(called_off_on__isnull=True),
                name="partners_only_a_signed_agreement_is_called_off",
                violation_error_message=_("An agreement that was never signed cannot be called off."),
            ),
            in_order("signed_on", "called_off_on", "partners_agreement_is_called_off_after_it_is_signed"),
            NoCircle(
                field="renews",
                name="partners_agreement_never_renews_itself",
                violation_error_message=_("An agreement does not renew itself."),
            ),
            unknown_parts_are_one("signed_on", "signed_precision", "partners_vague_signings_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class AgreementFile(models.Model):
    """A document of an agreement, kept byte for byte; its fingerprint lets everybody check that."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="agreements/")
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(
        _("fingerprint (SHA-256)"), max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")], editable=False
    )
    media_type = models.CharField(_("media type"), max_length=40, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    visibility = models.CharField(_("for whom"), max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of an agreement")
        verbose_name_plural = _("files of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "sha256"],
                name="partners_a_file_is_added_once",
                violation_error_message=_("This file is here already."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="partners_fingerprint_is_complete"
            ),
            models.CheckConstraint(condition=Q(media_type="application/pdf"), name="partners_files_are_pdf_documents"),
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """That an organization has a part in an agreement, and what the source says it did."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="parties")
    role = models.CharField(_("part"), max_length=10, choices=PartyRole, default=PartyRole.SIGNED)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED)
    note_th = models.TextField(_("note in Thai"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    note = Bilingual()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organization"],
                name="partners_one_party_per_organization",
                violation_error_message=_("This organization is a party already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} / {self.agreement}"


class Signatory(models.Model):
    """Who acted at the signing, in the position held then: for a party, or for nobody that the source names."""

    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, verbose_name=_("for"), related_name="signatories"
    )
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, blank=True, verbose_name=_("agreement"), related_name="signatories"
    )
    title_th = models.CharField(_("title in Thai"), max_length=60, blank=True)
    title_en = models.CharField(_("title in English"), max_length=60, blank=True)
    name_th = models.CharField(_("name in Thai"), max_length=150, blank=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    position_th = models.CharField(_("position then, in Thai"), max_length=250, blank=True)
    position_en = models.CharField(_("position then, in English"), max_length=250, blank=True)
    capacity = models.CharField(_("did what"), max_length=10, choices=Capacity, default=Capacity.SIGNED)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = precision_field()
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    sort_th = SortKeyField(of="name_th")

    title = Bilingual()
    name = Bilingual()
    position = Bilingual()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_th="") | ~Q(name_en=""),
                name="partners_signatory_has_a_name",
                violation_error_message=_("Give the name in Thai or in English."),
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=True) ^ Q(agreement__isnull=True),
                name="partners_signatory_acts_for_a_party_or_for_nobody",
                violation_error_message=_("Name the organization, or else the agreement."),
            ),
            models.UniqueConstraint(
                fields=["party", "agreement", "name_th", "name_en"],
                nulls_distinct=False,
                name="partners_a_signatory_is_named_once",
                violation_error_message=_("This person is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | ~Q(capacity=Capacity.TOOK_PART),
                name="partners_who_only_took_part_signed_on_no_day",
                violation_error_message=_("Somebody who did not sign has no day of signing."),
            ),
            unknown_parts_are_one("signed_on", "signed_precision", "partners_vague_signatures_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class GoalLink(models.Model):
    """That an agreement serves a Sustainable Development Goal, or one of its targets, and why."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="links")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="links")
    reason_th = models.TextField(_("reason in Thai"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    original = models.CharField(_("language of the source"), max_length=2, choices=settings.LANGUAGES)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    reason = Bilingual()

    class Meta:
        verbose_name = _("goal of an agreement")
        verbose_name_plural = _("goals of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "goal", "target"],
                nulls_distinct=False,
                name="partners_a_goal_is_named_once",
                violation_error_message=_("This goal is named already."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True)
                | Q(
                    StartsWith(
                        Cast("target_id", CharField()),
                        Concat(Cast("goal_id", CharField()), Value("."), output_field=CharField()),
                    )
                ),
                name="partners_a_named_target_belongs_to_its_goal",
                violation_error_message=_("This target belongs to another goal."),
            ),
            models.CheckConstraint(
                condition=~Q(reason_th="") | ~Q(reason_en=""),
                name="partners_a_goal_is_named_with_its_reason",
                violation_error_message=_("Say why the agreement serves this goal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target or self.goal}"


class Announcement(models.Model):
    """That a number of the open data was announced with an agreement; what was entered is counted beside it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="announcements")
    of = models.CharField(_("of what"), max_length=10, choices=Announced)
    observation = models.ForeignKey("opendata.Observation", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("announced number")
        verbose_name_plural = _("announced numbers")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "observation"], name="partners_a_number_is_announced_once"),
        ]

    def __str__(self) -> str:
        return str(self.observation)
