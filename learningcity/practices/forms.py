from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.enums import Theme
from learningcity.common.content import Pair, Section
from learningcity.common.text import LANGUAGES
from learningcity.opendata.queries import in_words
from learningcity.practices.enums import QUESTIONS, Point
from learningcity.practices.models import Answer, Practice
from learningcity.practices.queries import first_answers, numbers_to_choose, practices_at
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourceChoice, SourcedForm


def answer_name(point: int) -> str:
    """Return the name of the field that holds what is told under a point."""
    return f"point_{point}"


def source_name(point: int) -> str:
    """Return the name of the field that says where the answer to a point is from."""
    return f"point_{point}_source"


def original_field() -> forms.ChoiceField:
    """Return the field that says in which of the two languages the source wrote."""
    return forms.ChoiceField(
        label=gettext_lazy("Language of the source"),
        choices=settings.LANGUAGES,
        initial="th",
        help_text=gettext_lazy(
            "Readers of the other language are told that they read a translation. Thai, if both are your own."
        ),
    )


class PracticeForm(SourcedForm):
    """Something a city does well, in eleven points; the first one is its name."""

    pairs: ClassVar = {
        "title": Pair(
            label=gettext_lazy("1. Name of the practice"),
            hint=gettext_lazy("As it is called in the city."),
            example=gettext_lazy("“ครู หมอ พ่อแม่”, “Teachers, Doctors and Parents” (UNESCO GNLC)"),
            longest=200,
        ),
        "summary": Pair(
            label=gettext_lazy("In short"),
            hint=gettext_lazy(
                "What it is, for whom, and what became of it: three or four sentences, at most 120 words."
            ),
            example=gettext_lazy(
                "“The project offers targeted support for students with special needs. In collaboration with health care and "
                "educational professionals, the municipality has screened 9,012 students …” (UNESCO GNLC)"
            ),
            limit=120,
            required="",
            rows=5,
        ),
        **{
            answer_name(point): Pair(
                label=format_lazy("{}. {}", point.value, point.label),
                hint=QUESTIONS[point].asks,
                example=QUESTIONS[point].example,
                required="",
                rich=True,
            )
            for point in Point
        },
    }
    sections = (
        Section(gettext_lazy("What it is"), ("title", "summary", "theme", "original")),
        Section(
            SOURCE_HEADING,
            SOURCE_FIELDS,
            gettext_lazy(
                "Readers see it beside what you write. A point that is from another source names its own below."
            ),
        ),
        Section(
            gettext_lazy("The points from the second to the eleventh"),
            tuple(name for point in Point for name in (answer_name(point), source_name(point))),
            gettext_lazy(
                "Leave a point empty until somebody can tell it. What a second source says under a point stays as it is; it is "
                "changed under “What other sources say”."
            ),
        ),
        Section(gettext_lazy("Numbers that it rests on"), ("figures",)),
    )

    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        required=False,
        help_text=gettext_lazy(
            "The one of UNESCO’s three themes that it serves most: Teachers, Doctors and Parents stands under sustainability "
            "and health."
        ),
    )
    original = original_field()
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Numbers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Chosen from the numbers of the city, with their sources. A new number is added under “Numbers” first. For "
            "instance: 9,012 students covered."
        ),
    )

    def prepare(self) -> None:
        for point in Point:
            self.fields[source_name(point)] = SourceChoice(
                label=format_lazy(gettext_lazy("Source of point {}"), point.value),
                nothing=gettext_lazy("The same as of the practice"),
                required=False,
                help_text=gettext_lazy("If this is told elsewhere, for instance in a report of a training."),
            )
        fields: Any = self.fields
        fields["theme"].choices = [("", _("none of them")), *Theme.choices]
        numbers = numbers_to_choose(self.place, self.record)
        fields["figures"].choices = [(str(number.pk), f"{in_words(number)}, {number.source}") for number in numbers]
        super().prepare()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if isinstance(self.record, Practice) and cleaned.get("source"):
            self._clean_answers(self.record, cleaned)
        return cleaned

    def _clean_answers(self, practice: Practice, cleaned: dict[str, Any]) -> None:
        """Find fault with an answer for which a second one from the same source stands there already."""
        first = first_answers(practice)
        others = practice.answers.exclude(pk__in=[answer.pk for answer in first.values()])
        taken = set(others.values_list("point", "source__slug"))
        for point in Point:
            told = any(cleaned.get(f"{answer_name(point)}_{language}") for language in LANGUAGES)
            source = cleaned.get(source_name(point)) or cleaned["source"]
            if told and (point.value, source) in taken:
                said = _("What this source says under this point stands there already.")
                self.add_error(source_name(point), ValidationError(said, code="unique"))


class AnswerForm(SourcedForm):
    """What a further source says under one of the points of a practice."""

    pairs: ClassVar = {
        "text": Pair(
            label=gettext_lazy("What it says"),
            hint=gettext_lazy("In the words of the source, or close to them."),
            example=gettext_lazy(
                "“Of 9,206 children screened, 535 were found at risk.” (Khon Kaen City Municipality; UNESCO GNLC gives other "
                "numbers under the same point)"
            ),
            rich=True,
        ),
    }
    sections = (
        Section(gettext_lazy("Under which point"), ("practice", "point", "text", "original")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    practice = forms.ChoiceField(
        label=gettext_lazy("Practice"),
        help_text=gettext_lazy("One that is on the site already, for instance “360 Classroom”."),
    )
    point = forms.TypedChoiceField(
        label=gettext_lazy("Point"),
        choices=[(point.value, format_lazy("{}. {}", point.value, point.label)) for point in Point],
        coerce=int,
        help_text=gettext_lazy("What one source says stands beside what the other says, for instance under outcomes."),
    )
    original = original_field()

    def prepare(self) -> None:
        super().prepare()
        choices = [(practice.slug, str(practice.title)) for practice in practices_at(self.place)]
        self.fields["practice"].choices = [("", _("Choose …")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"practice", "point", "source"} <= cleaned.keys():
            same = Answer.objects.filter(
                practice__slug=cleaned["practice"], point=cleaned["point"], source__slug=cleaned["source"]
            )
            if (same.exclude(pk=self.record.pk) if self.record else same).exists():
                said = _("What this source says under this point stands there already.")
                self.add_error("source", ValidationError(said, code="unique"))
        return cleaned
