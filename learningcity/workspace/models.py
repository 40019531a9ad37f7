"""What workspace remembers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReportDate(models.Model):
    """The day by which those who joined the network on one day have to report, as the network set it."""

    joined_on = models.DateField(_("joined on"))
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("report date")
        verbose_name_plural = _("report dates")
        constraints = [
            models.UniqueConstraint(
                fields=["joined_on", "due_on"],
                name="workspace_a_report_date_is_set_once",
                violation_error_message=_("This date is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("joined_on")),
                name="workspace_a_report_is_due_after_joining",
                violation_error_message=_("A report is due after the city has joined."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joined_on}: {self.due_on}"
