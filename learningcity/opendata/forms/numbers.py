from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.models import Network
from learningcity.common.content import ContentForm, Pair, Section
from learningcity.common.forms import NumberField, VagueDateField
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.forms.people import DISTRICT, PEOPLE, clean_people, people_fields
from learningcity.opendata.models import DIMENSIONS, Indicator
from learningcity.opendata.queries import indicators_in_order, same_statements
from learningcity.sources.enums import Certainty
from learningcity.sources.fields import NEW, SOURCE_FIELDS, SOURCE_HEADING, SourcedForm


class FactForm(SourcedForm):
    """One number: of what, where, when, and who says so."""

    pairs = {
        "note": Pair(
            label=gettext_lazy("Note"),
            hint=gettext_lazy("What a reader must know to read the number rightly; empty if it speaks for itself."),
            example=gettext_lazy(
                "“The source bears no date; the year is that of the city’s admission.” (population of Khon Kaen, UNESCO GNLC)"
            ),
            required="",
            rows=3,
        ),
        "district": DISTRICT,
    }
    sections = (
        Section(
            gettext_lazy("The number"),
            ("network", "indicator", "qualifier", "value", "observed_on", "certainty", "note"),
        ),
        PEOPLE,
        Section(
            SOURCE_HEADING,
            SOURCE_FIELDS,
            gettext_lazy(
                "If you correct a number and leave the source as it is, the number is put right. If you name another source, "
                "what that one says comes to stand beside it, and readers see both."
            ),
        ),
    )

    network = forms.ChoiceField(
        label=gettext_lazy("Network"),
        help_text=gettext_lazy("Which network the number is about, for instance UNESCO GNLC."),
    )
    indicator = forms.ChoiceField(
        label=gettext_lazy("What is counted"),
        help_text=gettext_lazy(
            "From the list, so that cities can be compared, for instance “Population (people)”. If it is missing, ask the "
            "secretariat."
        ),
    )
    qualifier = forms.ChoiceField(
        label=gettext_lazy("How exact the source is"),
        choices=Qualifier,
        initial=Qualifier.EXACT,
        help_text=gettext_lazy(
            "“More than” if it writes, for instance, “กว่า 59 หน่วยงาน”; then only 59 stands in the number."
        ),
    )
    value = NumberField(
        label=gettext_lazy("Number"),
        digits=20,
        places=4,
        help_text=gettext_lazy("Without the unit, in Thai or Arabic digits: 102909, 102,909, ๑๐๒,๙๐๙ or 13.75."),
    )
    observed_on = VagueDateField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy(
            "For when the number holds, as exactly as the source says: 2567, ก.ย. 2567, 17/9/2567 or 2024-09-17."
        ),
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"),
        choices=Certainty,
        initial=Certainty.STATED,
        help_text=gettext_lazy(
            "“Stated” if the source says just this number; “inferred” if you worked it out, for instance by adding up a "
            "table; “uncertain” if the source itself doubts it."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields |= people_fields()
        if self.place:
            # A city speaks for itself, never for a network.
            del self.fields["network"]
        else:
            names = [(network.slug, str(network.name)) for network in Network.objects.order_by("pk")]
            self.fields["network"].choices = names  # type: ignore[attr-defined]
        choices = [
            (one.slug, f"{one.name} ({one.unit})" if one.unit else str(one.name)) for one in indicators_in_order()
        ]
        self.fields["indicator"].choices = [("", _("Choose …")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        clean_people(cleaned, self.place, self.add_error)
        wanted = {"indicator", "qualifier", "observed_on", "source", *DIMENSIONS}
        if wanted <= cleaned.keys() and cleaned["source"] != NEW:
            same = same_statements(self.place or cleaned.get("network", ""), cleaned)
            if self._is_put_right(cleaned):
                same = same.exclude(pk=self.record.pk)
            if same.exists():
                said = _("This source already gives a number of this for this date; put that one right instead.")
                self.add_error("source", ValidationError(said, code="unique"))
        return cleaned

    def _is_put_right(self, cleaned: dict[str, Any]) -> bool:
        """Tell whether the number in hand itself is put right: its source still is the one named."""
        return bool(self.record) and self.record.source.slug == cleaned["source"]


class IndicatorForm(ContentForm):
    """What can be counted, defined once for all cities."""

    pairs = {
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("What is counted, in a few words."),
            example=gettext_lazy("“ประชากร”, “Population”"),
            required="both",
            longest=200,
        ),
        "definition": Pair(
            label=gettext_lazy("Definition"),
            hint=gettext_lazy("What exactly counts and what does not, so that two cities count alike."),
            example=gettext_lazy(
                "“How many people live in the city, as the source says. Sources may count differently …”"
            ),
            required="both",
            rows=4,
        ),
        "unit": Pair(
            label=gettext_lazy("Unit"),
            hint=gettext_lazy("As it is written after the number; empty if the name says it."),
            example=gettext_lazy("“คน”, “people”; “ตารางกิโลเมตร”, “km²”"),
            required="",
            longest=60,
        ),
    }
    sections = (Section(gettext_lazy("What is counted"), ("name", "definition", "unit", "counts_people", "position")),)

    counts_people = forms.ChoiceField(
        label=gettext_lazy("Does it count people?"),
        required=False,
        choices=[
            ("", gettext_lazy("Yes, if the unit is “people”")),
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No: schools, areas, shares in percent …")),
        ],
        help_text=gettext_lazy(
            "Small numbers of people are not shown to the public, because somebody could be recognized in them."
        ),
    )

    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        min_value=1,
        max_value=9999,
        initial=Indicator._meta.get_field("position").default,
        help_text=gettext_lazy("Where it stands among the figures of a city, the smallest first: population has 10."),
    )
