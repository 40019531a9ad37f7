"""What is filled in about a dataset: the words of the Thai government catalogue, and everything that other catalogs ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm, Section
from learningcity.common.forms import NumberField
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.dates import christian_year
from learningcity.opendata.enums import Category, Coverage, DataType, License, Objective, Rhythm, Standing
from learningcity.opendata.forms.dataset_words import DATASET_HELP, DATASET_PAIRS
from learningcity.opendata.models import Upload
from learningcity.opendata.queries.suggesting import names_of_files, suggested

BETWEEN_KEYWORDS = re.compile(r"[,;、\n]+")
MOST_KEYWORDS, LONGEST_KEYWORD = 30, 100


class YearField(NumberField):
    """A year in either calendar and in the digits of whoever types it; a Christian year comes out."""

    def __init__(self, **options: Any) -> None:
        options["validators"] = [MinValueValidator(1), MaxValueValidator(2200)]
        super().__init__(digits=4, places=0, **options)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return number if number is None else christian_year(number)


class KnownChoicesField(forms.MultipleChoiceField):
    """Choices of which some may be gone by now: those are left out."""

    def to_python(self, value: Any) -> list[str]:
        return [chosen for chosen in super().to_python(value) if self.valid_value(chosen)]


def choice(name: str, label: object, choices: Any, **options: Any) -> forms.ChoiceField:
    """Return a field of one choice; nothing is chosen before somebody does."""
    chosen = [("", gettext_lazy("Choose …")), *choices.choices]
    return forms.ChoiceField(label=label, choices=chosen, help_text=DATASET_HELP[name], **options)  # type: ignore[arg-type]


def flag(name: str, label: object) -> forms.BooleanField:
    """Return a box to be ticked."""
    return forms.BooleanField(label=label, required=False, help_text=DATASET_HELP[name])  # type: ignore[arg-type]


def said_of(upload: Upload, others: Iterable[Upload]) -> str:
    """Return the name of a file; where another is called the same, with the day and the hour at which it came."""
    if sum(other.name == upload.name for other in others) < 2:
        return upload.name
    return f"{upload.name} ({timezone.localtime(upload.received_at):%d/%m %H:%M})"


class UploadsField(forms.MultipleChoiceField):
    """Files that wait. A proposal that was decided names some that do not wait any more."""

    unknown_choice = gettext_lazy("a file that is published already or was dropped")


class DatasetForm(ContentForm):
    """One form from which every catalog is fed."""

    pairs = DATASET_PAIRS
    sections = (
        Section(gettext_lazy("What it is"), ("title", "notes", "keywords", "data_type")),
        Section(gettext_lazy("The files"), ("uploads", "keeps", "news")),
        Section(gettext_lazy("Who may use it, and how"), ("category", "license", "allow_harvest")),
        Section(gettext_lazy("Where it comes from"), ("origin", "objectives", "maintainer", "maintainer_email")),
        Section(
            gettext_lazy("Where and when it holds"),
            ("coverage", "first_year", "last_year", "rhythm"),
            folds=(
                Section(
                    gettext_lazy("For those who keep a register of data"),
                    ("interval", "is_high_value", "is_reference", "is_official_statistics", "landing_page"),
                ),
            ),
        ),
    )

    data_type = choice("data_type", gettext_lazy("Kind of data"), DataType)
    uploads = UploadsField(
        label=gettext_lazy("Files for the next version"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=DATASET_HELP["uploads"],
        error_messages={
            "invalid_choice": gettext_lazy("A file that was chosen is published already or was dropped. Choose again.")
        },
    )
    keeps = KnownChoicesField(
        label=gettext_lazy("Files that stay as they are"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=DATASET_HELP["keeps"],
    )
    category = choice("category", gettext_lazy("Who may see it"), Category)
    license = choice("license", gettext_lazy("License"), License)
    allow_harvest = flag("allow_harvest", gettext_lazy("The government catalogue (GD Catalog) may take it over"))
    objectives = forms.MultipleChoiceField(
        label=gettext_lazy("What the data are kept for"),
        choices=Objective,
        widget=forms.CheckboxSelectMultiple,
        help_text=DATASET_HELP["objectives"],
    )
    maintainer_email = forms.EmailField(
        label=gettext_lazy("E-mail of the contact"), help_text=DATASET_HELP["maintainer_email"]
    )
    coverage = choice("coverage", gettext_lazy("Down to which places the data speak"), Coverage)
    first_year = YearField(label=gettext_lazy("First year"), required=False, help_text=DATASET_HELP["first_year"])
    last_year = YearField(label=gettext_lazy("Last year"), required=False, help_text=DATASET_HELP["last_year"])
    rhythm = choice("rhythm", gettext_lazy("Brought up to date"), Rhythm)
    interval = NumberField(
        label=gettext_lazy("How many times in this period"),
        digits=4,
        places=0,
        required=False,
        validators=[MinValueValidator(1)],
        help_text=DATASET_HELP["interval"],
    )
    is_high_value = flag("is_high_value", gettext_lazy("High-value dataset"))
    is_reference = flag("is_reference", gettext_lazy("Reference data"))
    is_official_statistics = flag("is_official_statistics", gettext_lazy("Official statistics"))
    landing_page = forms.URLField(
        label=gettext_lazy("Page about it elsewhere"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=DATASET_HELP["landing_page"],
    )

    def prepare(self) -> None:
        # One that was read and is just read once more counts too.
        read = Q(standing=Standing.READY) | Q(row_count__isnull=False)
        waiting = Upload.objects.filter(read, place=self.place).order_by("-received_at")
        self.fields["uploads"].choices = [(str(one.token), said_of(one, waiting)) for one in waiting]  # type: ignore[attr-defined]
        if not waiting:
            self.fields["uploads"].help_text = _("No file waits. Bring one under “Data” in the workspace first.")
        names = names_of_files(self.record) if self.record else []
        if names:
            self.fields["keeps"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["keeps"]
        # A page that nobody has typed into begins with what the platform knows.
        if self.record is None and not self.is_bound and not self.initial.keys() - {"source"}:
            self.initial = suggested(self.place, [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.record is not None and (self.record.is_live or self.record.is_withdrawn):
            raise ValidationError(_("What the platform itself knows, and what was withdrawn, is not described here."))
        for language in LANGUAGES:
            self._clean_keywords(f"keywords_{language}", cleaned)
        if cleaned.get("allow_harvest") and cleaned.get("category") not in (Category.PUBLIC, None):
            self.add_error("allow_harvest", _("Only public data may be handed on to the government catalogue."))
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year lies before the first."))
        if not (cleaned.get("uploads") or cleaned.get("keeps")) and not {"uploads", "keeps"} & self.errors.keys():
            self.add_error("uploads", _("Choose at least one file. If there is none to choose, bring it first."))
        return cleaned

    def _clean_keywords(self, name: str, cleaned: dict[str, Any]) -> None:
        """Make a list of what stands between the commas."""
        words = (" ".join(word.split()) for word in BETWEEN_KEYWORDS.split(cleaned.get(name) or ""))
        cleaned[name] = found = [*dict.fromkeys(word for word in words if word)]
        if len(found) > MOST_KEYWORDS or any(len(word) > LONGEST_KEYWORD for word in found):
            self.add_error(name, _("At most 30 keywords of at most 100 letters each, with commas between them."))
