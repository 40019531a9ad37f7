from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from learningcity.cities.enums import ComponentKind
from learningcity.cities.forms.profiles import original_field
from learningcity.common.content import Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.sources.enums import Certainty
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm


def certainty_field() -> forms.ChoiceField:
    """Return the field that says how far a reader may rely on a statement."""
    return forms.ChoiceField(
        label=gettext_lazy("Certainty"),
        choices=Certainty,
        initial=Certainty.STATED,
        help_text=gettext_lazy(
            "“Stated” if the source says just this; “inferred” if you drew it from what the source says, for instance a "
            "year from the date of a photograph; “uncertain” if the source itself doubts it."
        ),
    )


class MilestoneForm(SourcedForm):
    """Something that happened on the city's way."""

    pairs = {
        "text": Pair(
            label=gettext_lazy("What happened"),
            hint=gettext_lazy("One or two sentences, as a newspaper would begin: who did what."),
            example=gettext_lazy(
                "“Khon Kaen is admitted to UNESCO’s Global Network of Learning Cities.” (14 February 2024; Khon Kaen "
                "Learning City)"
            ),
            rows=4,
        ),
    }
    sections = (
        Section(gettext_lazy("What happened, and when"), ("happened_on", "text", "original", "certainty")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    happened_on = VagueDateField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy(
            "As exactly as the source says it and no more: 2567, ก.ย. 2567, 14 กุมภาพันธ์ 2567, 14/2/2567 or 2024-02-14."
        ),
    )
    original = original_field()
    certainty = certainty_field()


class ComponentForm(SourcedForm):
    """One of the things learning is made of in a city."""

    pairs = {
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("What it is called in the city."),
            example=gettext_lazy("“Ecosystem” (Chiang Mai Learning City)"),
            longest=200,
        ),
        "text": Pair(
            label=gettext_lazy("Description"),
            hint=gettext_lazy("What can be learned from it or there, and for whom; a few sentences."),
            example=gettext_lazy("“(cultural objects for learning)”, under objects (Chiang Mai Learning City)"),
            required="",
            rich=True,
        ),
    }
    sections = (
        Section(gettext_lazy("What it is"), ("kind", "name", "text", "original")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("Component"),
        choices=ComponentKind,
        help_text=gettext_lazy(
            "Chiang Mai named these five in 2023: people, places and objects to learn from, programs, and the ecosystem "
            "that holds them together."
        ),
    )
    original = original_field()
