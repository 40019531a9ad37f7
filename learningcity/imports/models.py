from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.imports.enums import Mode, State, Verdict


class Import(models.Model):
    """A spreadsheet that somebody brought, what was found in it, and what became of it."""

    table = models.CharField(_("table"), max_length=40)
    # The slug of the city that it is for; empty for the whole network.
    place = models.SlugField(_("place"), max_length=60, blank=True)
    # Kept where no address leads to it.
    file = models.FileField(_("file"), upload_to="imports/%Y/%m", max_length=200, blank=True)
    name = models.CharField(_("name of the file"), max_length=150)
    format = models.CharField(max_length=4, choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    sha256 = models.CharField(max_length=64)
    # Nobody, where it came from the command line.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    mode = models.CharField(_("with refused rows"), max_length=4, choices=Mode, default=Mode.ALL)
    # In which language the reasons are written.
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="th")
    # Why it cannot be read, or was not written.
    problem = models.TextField(blank=True)
    # Sheet, last row of the headings, and under which place each column stands.
    layout = models.JSONField(default=dict)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    # Rows that undoing left as they are, because somebody changed them since.
    left = models.PositiveIntegerField(default=0)
    # The numbers of the sources that were made with it.
    new_sources = models.JSONField(default=list)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["place", "-uploaded_at"], name="imports_latest_of_a_place")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="imports_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="imports_mode_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPLIED, State.UNDOING, State.UNDONE]) | Q(applied_at__isnull=False),
                name="imports_what_was_written_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPLIED, mode=Mode.ALL) | Q(refused=0),
                name="imports_all_or_nothing_leaves_no_row_out",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.UNREADABLE, State.FAILED]) | ~Q(problem=""),
                name="imports_what_went_wrong_is_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def rows_read(self) -> int:
        return self.added + self.changed + self.unchanged + self.refused

    @property
    def good(self) -> int:
        return self.rows_read - self.refused


class Row(models.Model):
    """One row of an imported spreadsheet: what it says, the verdict, and what it did."""

    upload = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    # The one that the spreadsheet program shows beside it.
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict)
    # By column; a reason that concerns the whole row stands under "".
    reasons = models.JSONField(default=dict)
    # The record it made or changed, what was there before (nothing, for a new one), and what it wrote.
    key = models.CharField(max_length=80, blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    # Why undoing left it.
    left = models.TextField(blank=True)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        indexes = [models.Index(fields=["upload", "verdict", "number"], name="imports_rows_by_verdict")]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="imports_a_row_is_judged_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="imports_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.REFUSED) ^ Q(reasons={}), name="imports_refused_rows_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.number}"


class Progress(models.Model):
    """How far the worker is with an import: a row of its own, because the other one is locked meanwhile."""

    upload = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="imports_no_more_is_done_than_there_is")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.done}/{self.total}"
