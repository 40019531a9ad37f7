"""What people type around a proposal: a note, a time, a reason, an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.models import City
from learningcity.moderation.enums import Why
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import kinds
from learningcity.workspace.queries.places import cities_like

SOONEST = dt.timedelta(minutes=1)


class TimeField(forms.DateTimeField):
    """A moment to come, in Thai time; empty for now."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        options.setdefault("help_text", gettext_lazy("Thai time. Leave it empty to publish at once."))
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> dt.datetime | None:
        moment = super().clean(value)
        if moment and moment < timezone.now() + SOONEST:
            raise ValidationError(_("This time is over. Leave the field empty to publish at once."), code="over")
        return moment


class SubmitForm(forms.Form):
    """What the author says to whoever approves."""

    note = forms.CharField(
        label=gettext_lazy("Note for whoever approves"),
        help_text=gettext_lazy("What is new, and how you know it. Visitors do not see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    publish_at = TimeField(label=gettext_lazy("Publish at"))


class ApproveForm(forms.Form):
    """When to publish."""

    publish_at = TimeField(label=gettext_lazy("Publish at"))


class ReasonForm(forms.Form):
    """Why a proposal goes back."""

    reason = forms.CharField(
        label=gettext_lazy("What is missing or wrong"),
        help_text=gettext_lazy("Write it so that it can be mended: which field, and what you expect there."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say what is missing, so that it can be mended.")},
    )


class EraseForm(forms.Form):
    """Why who is named in a history is erased from it."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[choice for choice in Why.choices if choice[0] != Why.WITHDRAWN],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say why it is erased.")},
    )


class AnswerForm(forms.Form):
    """What a visitor is told who reported an error."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("What you found, and what was done. It is sent to the visitor if they left an address."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write what you found, and what was done.")},
    )


class CitySearch(forms.Form):
    """Cities by name, in any script; with hundreds of them a list to choose from would be longer than the page."""

    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)

    def narrowed(self, cities: QuerySet[City]) -> QuerySet[City]:
        """Return those of the cities that were asked for."""
        text = self.cleaned_data["city"] if self.is_valid() else ""
        return cities_like(cities, text)


class QueueFilter(CitySearch):
    """Which part of the queue to show."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        found = [(kind.name, str(kind.plural)) for kind in kinds()]
        self.fields["kind"].choices = [("", _("all")), *found]  # type: ignore[attr-defined]

    def chosen(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Return those of the proposals that were asked for; what is not on offer asks for nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("kind"):
            proposals = proposals.filter(kind=said["kind"])
        if said.get("city"):
            proposals = proposals.filter(place__in=cities_like(City.objects.all(), said["city"]).values("slug"))
        return proposals
