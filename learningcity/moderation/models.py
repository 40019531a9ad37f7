import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.moderation.enums import OPEN, ProposalState, ReportState


class Proposal(models.Model):
    """What somebody wants a public record to say: from the first letter typed to the day it is published."""

    # Named by the browser before the first save, so that a repeated request finds the draft it made.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    # Empty until a new record is published.
    key = models.CharField(max_length=80, blank=True)
    # The slug of the city that answers for the record; empty where the whole network does.
    place = models.SlugField(_("place"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Who has it in hand now: the author, until it is handed over.
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # That the record shall go, instead of saying something else.
    removes = models.BooleanField(_("removes the record"), default=False)
    # What the record said when this began, and of that what was typed over: field by field, exactly as typed.
    base = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    # How often it was saved, and at which save each field was changed last.
    version = models.PositiveIntegerField(default=0)
    changed = models.JSONField(default=dict)
    note = models.TextField(_("note for whoever approves"), blank=True)
    reason = models.TextField(_("reason for sending it back"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["place", "state", "-submitted_at"], name="moderation_queue_of_a_place"),
            models.Index(fields=["keeper", "state"], name="moderation_in_somebodys_hand"),
            models.Index(fields=["kind", "key", "state"], name="moderation_proposals_of_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="moderation_proposal_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["kind", "key", "keeper"],
                condition=~Q(key="") & Q(state__in=OPEN),
                name="moderation_nobody_keeps_two_drafts_of_one_record",
                violation_error_message=_("There is a draft of this already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | (~Q(decided_by=F("author")) & ~Q(decided_by=F("keeper"))),
                name="moderation_nobody_decides_on_their_own_proposal",
                violation_error_message=_("Nobody approves their own proposal."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="moderation_proposals_past_draft_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.PUBLISHED)
                | Q(published_at__isnull=False, decided_by__isnull=False, decided_at__isnull=False) & ~Q(key=""),
                name="moderation_what_is_published_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.SCHEDULED) | Q(publish_at__isnull=False, decided_by__isnull=False),
                name="moderation_what_is_scheduled_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(removes=False) | ~Q(key=""), name="moderation_only_what_exists_can_be_removed"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.RETURNED) | ~Q(reason=""),
                name="moderation_what_is_sent_back_has_a_reason",
                violation_error_message=_("Say what is missing, so that it can be mended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key or 'new'}: {self.get_state_display()}"

    @property
    def is_writable(self) -> bool:
        return self.state in (ProposalState.DRAFT, ProposalState.RETURNED)


class Hand(models.Model):
    """That somebody typed in a proposal, and therefore cannot approve it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hand")
        verbose_name_plural = _("hands")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "user"], name="moderation_a_hand_is_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.user}"


class Revision(models.Model):
    """What a public record said from a moment on. The first one keeps what it said before anybody changed it here."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField(_("number"))
    place = models.SlugField(_("place"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    values = models.JSONField(default=dict)
    # None for what was there before, and for what a command or an import wrote.
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="revision")
    at = models.DateTimeField(_("time"), default=timezone.now)
    # Since when something that named a person is gone from it; a trigger lets nothing else of a revision be changed.
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["place", "-at"], name="moderation_latest_of_a_place")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="moderation_revisions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, {self.number}"


class Report(models.Model):
    """An error that a visitor found on a public page, and what became of it."""

    # The path without the language in front of it.
    page = models.CharField(_("page"), max_length=300)
    place = models.SlugField(_("place"), max_length=60, blank=True)
    text = models.TextField(_("what is wrong"), max_length=2000)
    # Only as long as there is an answer to send.
    email = models.EmailField(_("your e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="th")
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        indexes = [models.Index(fields=["place", "state", "-reported_at"], name="moderation_reports_of_a_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, answered_at__isnull=True)
                | Q(state=ReportState.ANSWERED, answered_at__isnull=False, email="") & ~Q(answer=""),
                name="moderation_an_answered_report_has_its_answer_and_no_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.text:.40}"
