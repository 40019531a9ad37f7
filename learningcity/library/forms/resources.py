from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.enums import Theme
from learningcity.common.content import Pair, Section
from learningcity.library.enums import (
    Accessibility,
    Audience,
    Format,
    Language,
    Level,
    LifeStage,
    ResourceKind,
    Sense,
    Subject,
)
from learningcity.library.forms.fields import any_of, cost_field, one_of, original_field, some_of, url_field
from learningcity.library.models.resources import LONGEST
from learningcity.library.queries import datasets_to_choose
from learningcity.opendata.enums import License
from learningcity.pictures.fields import PhotoField
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm


class ResourceForm(SourcedForm):
    """Something from which people learn, in the words of LRMI."""

    pairs: ClassVar = {
        "title": Pair(
            label=gettext_lazy("Title"),
            hint=gettext_lazy("As the resource calls itself."),
            example=gettext_lazy("“Beijing Declaration on Building Learning Cities” (UNESCO)"),
            longest=200,
        ),
        "summary": Pair(
            label=gettext_lazy("Description"),
            hint=gettext_lazy("What it is, for whom and how it is used, in two or three sentences."),
            example=gettext_lazy(
                "“What cities agreed on in 2013, so that people of all ages have access to education …”"
            ),
            limit=120,
            required="",
            rows=4,
        ),
        "teaches": Pair(
            label=gettext_lazy("What one learns"),
            hint=gettext_lazy("What somebody knows or can do afterward, in a few words."),
            example=gettext_lazy("“To describe a learning city in its key features”"),
            required="",
            longest=300,
        ),
        "assesses": Pair(
            label=gettext_lazy("What it tests"),
            hint=gettext_lazy("Only for exercises and tests: which knowledge or skill one can check with it."),
            example=gettext_lazy("“Reading short texts aloud”"),
            required="",
            longest=300,
        ),
        "publisher": Pair(
            label=gettext_lazy("Publisher"),
            hint=gettext_lazy("The organization that brought it out."),
            example=gettext_lazy("“Office of Knowledge Management and Development (OKMD)”"),
            required="",
            longest=200,
        ),
    }
    sections = (
        Section(
            gettext_lazy("What it is"),
            ("title", "summary", "kind", "subject", "theme", "teaches", "assesses", "photo", "original"),
        ),
        Section(gettext_lazy("Whom it suits"), ("stages", "levels", "audiences", "languages", "senses", "access")),
        Section(gettext_lazy("Where it is"), ("url", "dataset", "format", "minutes", "cost")),
        Section(gettext_lazy("Whose it is"), ("authors", "publisher", "license")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    kind = one_of(
        gettext_lazy("Kind"),
        ResourceKind,
        gettext_lazy("A film with tasks to solve is a course, a film alone a video."),
    )
    subject = one_of(
        gettext_lazy("Subject"),
        Subject,
        gettext_lazy("What it is about most: a book on weaving is of arts, music and crafts."),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        required=False,
        choices=[("", gettext_lazy("none of them")), *Theme.choices],
        help_text=gettext_lazy(
            "The one of UNESCO’s three themes that it serves, if any: Zero Waste is of sustainability and health."
        ),
    )
    photo = PhotoField(
        help_text=gettext_lazy(
            "A picture of it, for instance its cover, if its license allows. Upload it first: it needs a description and a "
            "license of its own."
        )
    )
    original = original_field()
    stages = some_of(
        gettext_lazy("Life stages"),
        LifeStage,
        gettext_lazy("For whom it is. People of all ages, if it is for everybody; a picture book: early childhood."),
    )
    levels = any_of(
        gettext_lazy("Levels of education"), Level, gettext_lazy("Only if it was made for some, for instance primary.")
    )
    audiences = any_of(
        gettext_lazy("Who uses it"),
        Audience,
        gettext_lazy("A guide to reading aloud, for instance: parents and teachers."),
    )
    languages = some_of(
        gettext_lazy("Languages"),
        Language,
        gettext_lazy("Those in which it speaks; a film without words: without words."),
    )
    senses = any_of(
        gettext_lazy("What it takes"),
        Sense,
        gettext_lazy(
            "All that one must be able to do to follow it: a film with speech takes seeing and hearing, a podcast hearing alone. "
            "None, if you do not know."
        ),
    )
    access = any_of(
        gettext_lazy("Access"),
        Accessibility,
        gettext_lazy("What makes it usable with a disability, for instance captions. What is not ticked is not known."),
    )
    url = url_field(
        help_text=gettext_lazy(
            "Where everybody finds it. Begins with https://, for instance https://www.tkpark.or.th/."
        )
    )
    dataset = forms.ChoiceField(
        label=gettext_lazy("Dataset of this site"),
        required=False,
        help_text=gettext_lazy(
            "If its files are kept here: bring them as a dataset first, then choose it. A table of places for teaching maps, for "
            "instance."
        ),
    )
    format = one_of(gettext_lazy("Format"), Format, gettext_lazy("A PDF is a document to print."))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes needed"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("How long it takes to work through it, for instance 45; empty, if nobody says."),
    )
    cost = cost_field(gettext_lazy("What using it costs; registering alone costs nothing."))
    license = one_of(
        gettext_lazy("License"),
        License,
        gettext_lazy("What others may do with it, as it says itself. Not specified, if it does not say."),
    )
    authors = forms.CharField(
        label=gettext_lazy("Authors"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "As the resource names them, with commas between; empty, if it names none. For instance “UNESCO Institute for Lifelong Learning”."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["photo"].offer(self.place)  # type: ignore[attr-defined]
        said = self.data or self.initial or {}
        known = datasets_to_choose(self.place, str(said.get("dataset") or ""))
        choices = [(dataset.slug, str(dataset.title)) for dataset in known]
        self.fields["dataset"].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("url") and not cleaned.get("dataset") and not {"url", "dataset"} & self.errors.keys():
            said = _("Say where it is: a web address, or a dataset of this site.")
            self.add_error("url", ValidationError(said, code="required"))
        return cleaned
