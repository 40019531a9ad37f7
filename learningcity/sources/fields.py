"""The part of a form in which people say where something comes from: a source that is known, or a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm
from learningcity.common.forms import VagueDateField
from learningcity.common.thai.dates import Precision, iso_date
from learningcity.common.thai.reading import VagueDate
from learningcity.sources.models import Source
from learningcity.sources.queries import sources_for

NEW = "new"
# For `sections` of a form: the fields that belong together, in order.
SOURCE_FIELDS = ("source", "source_title", "source_publisher", "source_url", "source_date")
SOURCE_HEADING: Promise = gettext_lazy("Where this comes from")
SOURCE_HINT: Promise = gettext_lazy("Readers see it beside what you write. It is remembered for the next time.")


class SourceChoice(forms.ChoiceField):
    """Which source says it: one that is known, or a new one, which fields of their own describe once for the whole form."""

    def __init__(self, *, nothing: str | Promise = "", **options: Any) -> None:
        self.nothing = nothing or gettext_lazy("Choose …")
        super().__init__(**options)


class SourcedForm(ContentForm):
    """Content that names its source."""

    source = SourceChoice(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("The document or page in which it stands. One that is not in the list is a new one."),
    )
    source_title = forms.CharField(
        label=gettext_lazy("Title of the new source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "As the document or page calls itself, for instance: Annual report 2567, Khon Kaen City."
        ),
    )
    source_publisher = forms.CharField(
        label=gettext_lazy("Who published it"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The office, newspaper or organization."),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Web address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Begins with https://. Leave it empty for a paper document."),
    )
    source_date = VagueDateField(label=gettext_lazy("Published on"), required=False)

    def prepare(self) -> None:
        super().prepare()
        said = self.data or self.initial or {}
        chosen = filter(None, map(said.get, self.askers))
        known = [(source.slug, str(source.title)) for source in sources_for(self.place, *chosen)]
        for name in self.askers:
            field: Any = self.fields[name]
            field.choices = [("", field.nothing), *known, (NEW, _("A new source: fill in the fields below"))]

    @property
    def askers(self) -> list[str]:
        """The names of all fields that ask for a source."""
        return [name for name, field in self.fields.items() if isinstance(field, SourceChoice)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_new = any(cleaned.get(name) == NEW for name in self.askers)
        if is_new and not cleaned.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", ValidationError(_("A new source needs its title."), code="required"))
        return cleaned


def source_values(source: Source | None) -> dict[str, Any]:
    """Return what the form shows of a source."""
    return {"source": source.slug if source else "", **dict.fromkeys(SOURCE_FIELDS[1:], "")}


def day_value(day: Any, precision: str) -> str:
    """Return what a form shows of a date that may be known to the month or the year only."""
    return iso_date(day, precision) if day else ""


def day_columns(name: str, day: VagueDate | None) -> dict[str, Any]:
    """Return a date that was typed as the columns of a record: ``happened_on`` and ``happened_precision``."""
    said = (day.date, day.precision) if day else (None, Precision.DAY)
    return dict(zip((name, f"{name.removesuffix('_on')}_precision"), said, strict=True))
