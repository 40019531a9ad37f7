from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.plans.queries import last_day, plan_in_force
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SourceChoice, SourcedForm


class PlanForm(SourcedForm):
    """The plan as such: its name, its time, and who says that it is the city's plan."""

    pairs = {
        "title": Pair(
            label=gettext_lazy("Title of the plan"),
            hint=gettext_lazy("As the document calls itself, or a plain name for the plan that you write here."),
            example=gettext_lazy("Learning city plan 2566–2570"),
        )
    }
    sections = (
        Section(gettext_lazy("The plan"), ("title", "starts", "ends")),
        Section(
            SOURCE_HEADING,
            (*SOURCE_FIELDS, "adopted"),
            gettext_lazy("Name the document, or leave the source empty and say when the city adopted its own plan."),
        ),
    )
    source = SourceChoice(
        label=gettext_lazy("Source"),
        required=False,
        nothing=gettext_lazy("None: it is the city's own plan, kept here"),
        help_text=gettext_lazy("The document that is the plan. One that is not in the list is a new one."),
    )
    starts = VagueDateField(label=gettext_lazy("From"))
    ends = VagueDateField(label=gettext_lazy("To"))
    adopted = VagueDateField(label=gettext_lazy("Adopted on"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and last_day(ends.date, ends.precision) < starts.date:
            self.add_error("ends", ValidationError(_("The end lies before the start."), code="order"))
        if not cleaned.get("source") and not cleaned.get("adopted") and not {"source", "adopted"} & self.errors.keys():
            said = _("Name the source, or the day on which the city adopted its own plan.")
            self.add_error("adopted", ValidationError(said, code="required"))
        if self.record is None and plan_in_force(self.place):
            raise ValidationError(_("The city has a plan in force already: close that one first."), code="in_force")
        return cleaned
