from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import Pair, Section
from learningcity.plans.enums import Field
from learningcity.plans.forms.targets import Slot, clean_slot, slot_fields, target_choices
from learningcity.plans.queries import plan_in_force
from learningcity.sources.fields import SOURCE_FIELDS, SourcedForm

# More than three numbers for one objective nobody keeps in view.
SLOTS = 3


class ObjectiveForm(SourcedForm):
    """What the city wants to change, why, and the numbers that will tell whether it did."""

    pairs = {
        "title": Pair(
            label=gettext_lazy("Objective"),
            hint=gettext_lazy("One sentence: what will be different for whom."),
            example=gettext_lazy("Older people in every community find a course within walking distance."),
        ),
        "why": Pair(
            label=gettext_lazy("Why"),
            hint=gettext_lazy("What you know that makes this matter now."),
            rows=4,
            required="",
        ),
    }
    field = forms.ChoiceField(label=gettext_lazy("Field of action"), choices=Field.choices)
    position = forms.IntegerField(
        label=gettext_lazy("Place in its field"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=gettext_lazy("1 stands first. Leave it empty to stand last."),
    )

    # Each target asks for its own.
    source = None  # type: ignore[assignment]

    def prepare(self) -> None:
        taken = self.record.targets.aggregate(most=Max("position"))["most"] if self.record else 0
        self.slots = [Slot(position) for position in range(1, max(SLOTS, taken or 0) + 1)]
        choices = target_choices(self.place)
        for slot in self.slots:
            self.fields |= slot_fields(slot, choices)
        hint = _("Leave all of it empty if there is no such target.")
        targets = [Section(_("Target %(number)s") % {"number": slot.position}, slot.names, hint) for slot in self.slots]
        new_source = _("Only if you chose “a new source” for a starting number above.")
        self.sections = (  # type: ignore[misc]
            Section(_("The objective"), ("field", "title", "why", "position")),
            *targets,
            Section(_("The new source"), SOURCE_FIELDS[1:], new_source),
        )
        super().prepare()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.record is None and not plan_in_force(self.place):
            raise ValidationError(_("Publish the plan first; its objectives come after it."), code="no_plan")
        self.filled = [slot for slot in self.slots if clean_slot(slot, cleaned, self.place, self.add_error)]
        told = set()
        for slot in self.filled:
            one = cleaned.get(slot.name("indicator")), cleaned.get(slot.name("due"))
            if one in told:
                said = _("This objective already has a target for this number and date.")
                self.add_error(slot.name("indicator"), ValidationError(said, code="twice"))
            told.add(one)
        return cleaned
