from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.partners.models import Commitment, Organization
from learningcity.pictures.fields import PhotoField
from learningcity.plans.enums import ActionState, OwnerRole
from learningcity.plans.models import Action, Objective
from learningcity.plans.queries import last_day, plan_in_force

TITLE = Pair(
    label=gettext_lazy("Action"),
    hint=gettext_lazy("What will be done, beginning with a verb."),
    example=gettext_lazy("Open the temple hall for evening classes twice a week."),
)
TEXT = Pair(label=gettext_lazy("More about it"), rows=4, required="")
REASON = Pair(label=gettext_lazy("Why it was stopped"), rows=2)


class ActionForm(ContentForm):
    """What is done for an objective, who owns it, and which promise stands behind it."""

    pairs = {"title": TITLE, "text": TEXT}
    sections = (
        Section(gettext_lazy("The action"), ("objective", "title", "text")),
        Section(gettext_lazy("Who and when"), ("owner", "commitment", "starts", "ends")),
    )
    objective = forms.ChoiceField(label=gettext_lazy("Objective"))
    owner = forms.ChoiceField(
        label=gettext_lazy("Owner"),
        help_text=gettext_lazy("A role or an organization, not a person: people come and go, the action stays."),
    )
    commitment = forms.ChoiceField(
        label=gettext_lazy("Promise behind it"),
        required=False,
        help_text=gettext_lazy("What a partner promised to give for this."),
    )
    starts = VagueDateField(label=gettext_lazy("From"), required=False)
    ends = VagueDateField(label=gettext_lazy("To"), required=False)

    def __init__(
        self, values: Any = None, *, place: str = "", record: Action | None = None, initial: Any = None
    ) -> None:
        if record and record.state == ActionState.STOPPED:
            self.pairs = {**self.pairs, "reason": REASON}  # type: ignore[misc]
            self.sections = (*self.sections, Section(_("Stopped"), ("reason",)))  # type: ignore[assignment,misc]
        super().__init__(values, place=place, record=record, initial=initial)

    def prepare(self) -> None:
        plan = self.record.objective.plan if self.record else plan_in_force(self.place)
        objectives = (
            Objective.objects.filter(plan=plan).select_related("plan__source").order_by("position", "pk")
            if plan
            else []
        )
        fields: dict[str, Any] = self.fields
        first = ("", _("Choose …"))
        fields["objective"].choices = [first, *((str(one.pk), str(one.title)) for one in objectives)]
        owners = [(f"organization:{one.slug}", str(one.name)) for one in organizations_of(self.place)]
        fields["owner"].choices = [
            first,
            (_("Roles in the city"), [(f"role:{role.value}", str(role.label)) for role in OwnerRole]),
            *([(_("Organizations"), owners)] if owners else []),
        ]
        promises = Commitment.objects.filter(city__slug=self.place).select_related("organization").order_by("pk")
        fields["commitment"].choices = [
            ("", _("None")),
            *((one.slug, f"{one.organization}: {one}") for one in promises),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and last_day(ends.date, ends.precision) < starts.date:
            self.add_error("ends", ValidationError(_("The end lies before the start."), code="order"))
        return cleaned


class SmallWinForm(ContentForm):
    """A sentence about something that went well."""

    pairs = {
        "note": Pair(
            label=gettext_lazy("What went well"),
            hint=gettext_lazy("One or two sentences are enough."),
            example=gettext_lazy("Nine grandmothers came to the first evening class; two want to teach the next one."),
            rows=3,
            limit=80,
        )
    }
    sections = (Section(gettext_lazy("The small win"), ("note", "happened", "action", "photo")),)
    happened = VagueDateField(label=gettext_lazy("When"))
    action = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)
    photo = PhotoField()

    def prepare(self) -> None:
        plan = self.record.plan if self.record else plan_in_force(self.place)
        actions = (
            Action.objects.filter(objective__plan=plan)
            .select_related("objective__plan__source")
            .order_by("position", "pk")
            if plan
            else []
        )
        fields: dict[str, Any] = self.fields
        fields["photo"].offer(self.place)
        fields["action"].choices = [("", _("The plan as a whole")), *((str(one.pk), str(one.title)) for one in actions)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.record is None and not plan_in_force(self.place):
            raise ValidationError(_("Publish the plan first; small wins come after it."), code="no_plan")
        return cleaned


def organizations_of(place: str) -> list[Organization]:
    """Return the organizations that have to do with a city, by name."""
    here = Q(home__slug=place) | Q(presences__city__slug=place)
    promised = Commitment.objects.filter(city__slug=place).values("organization")
    found = Organization.objects.filter(here | Q(pk__in=promised) | Q(parties__agreement__city__slug=place))
    return list(found.distinct().order_by("sort_th", "pk"))
