"""What was harvested: runs, what each found, and which of our datasets stands for which record elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.harvest.enums import OPEN, Outcome, Problem, Reason, Scope, State
from learningcity.harvest.models.origins import Origin

LONGEST_ID = 500
LONGEST_MARK = 600


class Run(models.Model):
    """One time that an origin is harvested: its list is read, files are fetched, datasets are written."""

    origin = models.ForeignKey(Origin, models.CASCADE, related_name="runs")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    scope = models.CharField(_("asks for"), max_length=10, choices=Scope, default=Scope.CHANGES)
    # Who began it: nobody, where the clock did.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    # Where the reading of the list goes on, and what was learned on the way.
    cursor = models.JSONField(default=dict, blank=True)
    # How often the other side asked for a pause, or a worker was stopped, since it last went on.
    pauses = models.PositiveSmallIntegerField(default=0)
    found = models.PositiveIntegerField(_("found"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    problem = models.CharField(_("why it broke off"), max_length=12, choices=Problem, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        indexes = [models.Index(fields=["origin", "-begun_at"], name="harvest_latest_runs")]
        constraints = [
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(state__in=OPEN),
                name="harvest_an_origin_is_harvested_once_at_a_time",
                violation_error_message=_("It is being harvested already."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="harvest_state_is_known"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="harvest_scope_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="harvest_what_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | ~Q(problem=""), name="harvest_what_broke_off_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(found__gte=F("new") + F("changed") + F("unchanged") + F("refused")),
                name="harvest_no_more_is_told_than_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("harvest-run", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def done(self) -> int:
        """How many of those found are settled."""
        return self.new + self.changed + self.unchanged + self.refused


class Finding(models.Model):
    """One record of another catalog in a run, and what became of it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="findings")
    remote_id = models.CharField(_("id there"), max_length=LONGEST_ID)
    title = models.CharField(_("title"), max_length=300, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome, default=Outcome.FOUND)
    reason = models.CharField(_("why not"), max_length=15, choices=Reason, blank=True)
    # The license we do not know, the part that could not be read.
    detail = models.CharField(max_length=300, blank=True)
    # What the record says, in our words (harvest.tasks.remote); empty once the run is over.
    record = models.JSONField(default=dict, blank=True)
    # The files that were fetched; None until it was their turn.
    parts = models.JSONField(null=True, blank=True)
    # Files that stay where they are: address and why.
    left = models.JSONField(default=list, blank=True)
    dataset = models.ForeignKey("opendata.Dataset", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [models.Index(fields=["run", "outcome", "id"], name="harvest_findings_by_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["run", "remote_id"], name="harvest_a_record_is_found_once_in_a_run"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="harvest_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REFUSED) ^ Q(reason=""), name="harvest_what_was_refused_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.remote_id


class Copy(models.Model):
    """Which dataset here stands for which record there, and what was written, so that nobody's own words are lost."""

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="copies")
    remote_id = models.CharField(_("id there"), max_length=LONGEST_ID)
    # What the other catalog calls it in addresses; CKAN lists these.
    remote_name = models.CharField(max_length=LONGEST_ID, blank=True)
    remote_modified = models.CharField(_("changed there"), max_length=40, blank=True)
    dataset = models.ForeignKey("opendata.Dataset", models.PROTECT, related_name="+")
    # SHA-256 of the record as it was when it was last written.
    fingerprint = models.CharField(max_length=64)
    # For each field of the dataset, the SHA-256 of what was written; another value was put there by a person.
    written = models.JSONField(default=dict)
    # The files that were written: name, address, sha256, etag, last_modified.
    files = models.JSONField(default=list, blank=True)
    # Whether a file could not be fetched for a reason that passes.
    lacks = models.BooleanField(default=False)
    # By what it is known again in another catalog (harvest.tasks.marks).
    marks = ArrayField(models.CharField(max_length=LONGEST_MARK), default=list, blank=True)
    taken_at = models.DateTimeField(_("taken over"), default=timezone.now, editable=False)
    # The second pair of eyes: who looked after what a program brought.
    looked_at = models.DateTimeField(_("looked after"), null=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    gone_at = models.DateTimeField(_("gone since"), null=True)

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")
        indexes = [
            GinIndex(fields=["marks"], name="harvest_copies_by_mark"),
            models.Index(
                fields=["-taken_at", "-id"], condition=Q(looked_at__isnull=True), name="harvest_copies_to_look_after"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["origin", "remote_id"], name="harvest_a_record_has_one_copy"),
            models.UniqueConstraint(fields=["dataset"], name="harvest_a_dataset_stands_for_one_record"),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"), name="harvest_fingerprint_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="harvest_whoever_looked_after_it_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.remote_id


class Twin(models.Model):
    """A record of one catalog that stands here already, taken over from another; it is not taken over twice."""

    origin = models.ForeignKey(Origin, models.CASCADE, related_name="twins")
    remote_id = models.CharField(_("id there"), max_length=LONGEST_ID)
    title = models.CharField(_("title"), max_length=300, blank=True)
    copy = models.ForeignKey(Copy, models.CASCADE, related_name="twins")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("record in two catalogs")
        verbose_name_plural = _("records in two catalogs")
        constraints = [
            models.UniqueConstraint(fields=["origin", "remote_id"], name="harvest_a_record_is_the_twin_of_one"),
        ]

    def __str__(self) -> str:
        return self.title or self.remote_id
