from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.enums import Theme
from learningcity.common.content import Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.common.text import LANGUAGES
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm

# UNESCO's form of application asks for motivation and implementation in at most so many words each.
UNESCO_WORDS = 200
# One sentence is what UNESCO publishes of a city by way of introduction; the limit is ours.
INTRODUCTION_WORDS = 50
EXAMPLES = {
    Theme.SUSTAINABILITY_HEALTH: gettext_lazy(
        "Khon Kaen tells of health screening for its students, and that good health and effective learning support "
        "each other (UNESCO GNLC)."
    ),
    Theme.EQUITY_INCLUSION: gettext_lazy(
        "Khon Kaen tells of the 360 Classroom, which leaves nobody behind, and of help for learners with special needs "
        "(UNESCO GNLC)."
    ),
    Theme.DECENT_WORK: gettext_lazy(
        "Khon Kaen tells of TUNG TUA Market and the Rom Yen Fabric Group, which join knowledge, a market and "
        "entrepreneurship in the community (UNESCO GNLC)."
    ),
}


def original_field(what: Any = "") -> forms.ChoiceField:
    """Return the field that says in which of the two languages the source wrote."""
    hint = gettext_lazy(
        "Readers of the other language are told that they read a translation. Thai, if both are your own."
    )
    return forms.ChoiceField(
        label=gettext_lazy("Language of the source"), choices=settings.LANGUAGES, initial="th", help_text=what or hint
    )


class ProfileForm(SourcedForm):
    """What a city says about itself. Each time it is published, a new version stands beside the older ones."""

    pairs = {
        "introduction": Pair(
            label=gettext_lazy("Introduction"),
            hint=gettext_lazy("One sentence: where the city lies, and what it is. At most 50 words."),
            example=gettext_lazy("“Khon Kaen is a city in the Isan region of north-eastern Thailand …” (UNESCO GNLC)"),
            limit=INTRODUCTION_WORDS,
            required="",
            rows=3,
        ),
        "vision": Pair(
            label=gettext_lazy("Vision"),
            hint=gettext_lazy(
                "What the city wants to be as a learning city. At most 200 words; one sentence stands out."
            ),
            example=gettext_lazy(
                "“Chiang Mai – A cultural Learning City for developing local economy and better quality of lives for "
                "Chiang Mai people” (Chiang Mai Learning City)"
            ),
            limit=UNESCO_WORDS,
            required="",
            rows=6,
        ),
        "mission": Pair(
            label=gettext_lazy("Mission"),
            hint=gettext_lazy("How the city goes about it. At most 200 words."),
            example=gettext_lazy(
                "“Establish a learning ecosystem, promote innovative learning space based on cultural foundations …” "
                "(Chiang Mai Learning City)"
            ),
            limit=UNESCO_WORDS,
            required="",
            rows=6,
        ),
        **{
            theme.value: Pair(
                label=theme.label,
                hint=gettext_lazy(
                    "Policies, plan and implementation under this theme. At most 200 words, as in UNESCO’s form."
                ),
                example=example,
                limit=UNESCO_WORDS,
                required="",
                rich=True,
            )
            for theme, example in EXAMPLES.items()
        },
    }
    sections = (
        Section(gettext_lazy("In the city’s own words"), ("introduction", "vision", "mission", "original")),
        Section(gettext_lazy("Policies, plan and implementation"), tuple(theme.value for theme in EXAMPLES)),
        Section(SOURCE_HEADING, ("as_of", *SOURCE_FIELDS), SOURCE_HINT),
    )

    original = original_field()
    as_of = VagueDateField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy(
            "Since when the city says this. A year, a month or a day, Buddhist or Christian: 2567, ก.ย. 2567, 17/9/2567 "
            "or 2024-09-17."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = [cleaned.get(f"{name}_{language}") for name in self.pairs for language in LANGUAGES]
        if not any(texts) and not self.errors.keys() & self.all_of_pairs():
            self.add_error("vision_th", ValidationError(_("Write at least one of these texts."), code="required"))
        return cleaned

    def all_of_pairs(self) -> set[str]:
        """Return the names of the fields that hold texts."""
        return {f"{name}_{language}" for name in self.pairs for language in LANGUAGES}
