"""The part of a form in which people say where something comes from: a source that is known, or a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import ContentForm
from learningcity.common.forms import VagueDateField
from learningcity.common.thai.dates import iso_date
from learningcity.sources.models import Source
from learningcity.sources.queries import sources_for

NEW = "new"
# For `sections` of a form: the fields that belong together, in order.
SOURCE_FIELDS = ("source", "source_title", "source_publisher", "source_url", "source_date")
SOURCE_HEADING: Promise = gettext_lazy("Where this comes from")
SOURCE_HINT: Promise = gettext_lazy("Readers see it beside what you write. It is remembered for the next time.")


class SourcedForm(ContentForm):
    """Content that names its source."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=[])
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
        chosen = (self.data or self.initial or {}).get("source") or ""
        known = [(source.slug, str(source.title)) for source in sources_for(self.place, chosen)]
        field: Any = self.fields["source"]
        field.choices = [("", _("Choose …")), *known, (NEW, _("A new source: fill in the fields below"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("source") == NEW and not cleaned.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", ValidationError(_("A new source needs its title."), code="required"))
        return cleaned


def source_values(source: Source | None) -> dict[str, Any]:
    """Return what the form shows of a source."""
    return {"source": source.slug if source else "", **dict.fromkeys(SOURCE_FIELDS[1:], "")}


def day_value(day: Any, precision: str) -> str:
    """Return what a form shows of a date that may be known to the month or the year only."""
    return iso_date(day, precision) if day else ""
